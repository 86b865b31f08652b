"""The forms in which people without Git ask for changes, and reading one that was filled in.

A forge writes a filled form as Markdown: the title of each field as a third-level heading, what
was entered below it (https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms).
Anyone may fill one in, and edit the text afterwards, so all of it is bounded and checked here.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from listkeeper.characters import FORBIDDEN, label_problem
from listkeeper.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST: Final = 65_536
"""Characters of a whole form; GitHub takes no more."""

LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 5_000

BLANK: Final = frozenset({"", "_No response_", "None"})
"""What a forge writes for a field that was left empty."""

HEADING: Final = "### "
OPENING, CLOSING = "<!--", "-->"
"""Round the advice in a template of GitLab's, which stays in what people send."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing that a form asks for."""

    name: str
    title: str
    """Heading, by which it is found in a filled form."""
    help: str
    is_required: bool = False
    is_long: bool = False
    """Whether it may have several lines."""
    of_lists: bool = False
    """Whether one of the lists is to be chosen."""
    is_name: bool = False
    """Whether it becomes the name of an entry."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form: what it is called, and what it asks for."""

    kind: str
    title: str
    about: str
    fields: tuple[Field, ...]

    def field(self, title: str) -> Field | None:
        """Find the field below a heading."""
        return next((field for field in self.fields if field.title == title), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """A filled form: what was entered, by the names of fields; empty where nothing was."""

    form: Form
    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Give what was entered."""
        return self.values[name]

    def lines(self, name: str) -> tuple[str, ...]:
        """Give what was entered line by line, without bullets."""
        stripped = (line.strip() for line in self.values[name].split("\n"))
        plain = (line.removeprefix("- ").removeprefix("* ").strip() for line in stripped)
        return tuple(line for line in plain if line)


_ENTRY: Final = Field(
    name="entry",
    title="Entry",
    help="Its code, with the list where several have it: 559, service/559, or its address.",
    is_required=True,
)
_REASON: Final = Field(
    name="reason",
    title="Reason",
    help="Why, and where it can be read: who asks for it, an address, a law.",
    is_required=True,
    is_long=True,
)

FORMS: Final = (
    Form(
        kind="new",
        title="New entry",
        about="Ask for an entry that is missing from a list.",
        fields=(
            Field(
                name="list",
                title="List",
                help="The list that it belongs to.",
                is_required=True,
                of_lists=True,
            ),
            Field(
                name="name",
                title="Name",
                help="What people who have never seen the list would call it.",
                is_required=True,
                is_name=True,
            ),
            Field(
                name="definition",
                title="Definition",
                help="One or two sentences: what belongs under it, and what does not.",
                is_long=True,
            ),
            Field(
                name="others",
                title="Other names",
                help="What else it is called, one name on each line.",
                is_long=True,
            ),
            Field(
                name="parent",
                title="Part of",
                help="Code of the broader entry in the same list, if there is one.",
            ),
            Field(
                name="links",
                title="Links",
                help="Entries of other lists, each on its own line: need/69, power-or-duty/10001.",
                is_long=True,
            ),
            _REASON,
        ),
    ),
    Form(
        kind="change",
        title="Change an entry",
        about="Ask for another name or definition of an entry.",
        fields=(
            _ENTRY,
            Field(
                name="name",
                title="New name",
                help="Leave it empty if the name is right.",
                is_name=True,
            ),
            Field(
                name="definition",
                title="New definition",
                help="Leave it empty if the definition is right.",
                is_long=True,
            ),
            _REASON,
        ),
    ),
    Form(
        kind="retire",
        title="Retire an entry",
        about="Say that an entry should not be used any more.",
        fields=(
            _ENTRY,
            Field(
                name="end_date",
                title="Last day",
                help="The day from which it is not to be used, as 2026-11-30.",
                is_required=True,
            ),
            Field(
                name="replaced_by",
                title="Use instead",
                help="Codes of what takes its place, each on its own line; none if nothing does.",
                is_long=True,
            ),
            _REASON,
        ),
    ),
    Form(
        kind="question",
        title="Question",
        about="Ask what an entry means, which one to use, or anything else.",
        fields=(
            Field(
                name="question",
                title="Question",
                help="What you would like to know.",
                is_required=True,
                is_long=True,
            ),
            Field(name="about", title="About", help="Codes of the entries that it is about."),
        ),
    ),
)
"""Every form; the forge's own files are written from this table."""


def read_form(text: str) -> Filled:
    """Read a filled form.

    Args:
        text: the body of the issue, as the forge's interface gives it.

    Raises:
        ContentError: when it is none of :data:`FORMS`, or something entered can not be taken.
    """
    if len(text) > LONGEST:
        raise ContentError(f"the form has more than {LONGEST:,} characters")
    sections = _sections(text.replace("\r\n", "\n"))
    form = _form_of(sections)
    values = {field.name: _entered(field, sections.get(field.title, "")) for field in form.fields}
    return Filled(form=form, values=MappingProxyType(values))


def _sections(text: str) -> dict[str, str]:
    """Cut a form at its headings; a heading that no form has is a line of what was entered."""
    titles = {field.title for form in FORMS for field in form.fields}
    found: dict[str, list[str]] = {}
    title = ""
    for line in _without_comments(text).split("\n"):
        heading = line.removeprefix(HEADING).strip() if line.startswith(HEADING) else ""
        if heading in titles:
            title = heading
            if title in found:
                raise ContentError(f"the form has two headings {title!r}; rename one of them")
            found[title] = []
        elif title:
            found[title].append(line)
    return {title: "\n".join(lines).strip() for title, lines in found.items()}


def _without_comments(text: str) -> str:
    """Take out comments; one that is never closed is what somebody wrote."""
    first, *others = text.split(OPENING)
    parted = [part.partition(CLOSING) for part in others]
    kept = (after if closed else OPENING + inside for inside, closed, after in parted)
    return first + "".join(kept)


def _form_of(sections: Mapping[str, str]) -> Form:
    """Tell which form it is: every field is there, and nothing that is of none of its fields."""
    for form in FORMS:
        required = {field.title for field in form.fields if field.is_required}
        if required <= sections.keys() <= {field.title for field in form.fields}:
            return form
    told = ", ".join(sections) or "no heading that a form has"
    kinds = ", ".join(form.title for form in FORMS)
    raise ContentError(f"this is none of the forms ({kinds}): it has {told}")


def _entered(field: Field, text: str) -> str:
    """Check what was entered into a field."""
    if text in BLANK:
        if field.is_required:
            raise ContentError(f"{field.title}: is empty")
        return ""
    problem = next(_problems(field, text), None)
    if problem:
        raise ContentError(f"{field.title}: {problem}")
    return text if field.is_long else " ".join(text.split())


def _problems(field: Field, text: str) -> Iterator[str]:
    longest = LONGEST_TEXT if field.is_long else LONGEST_LINE
    if len(text) > longest:
        yield f"has more than {longest:,} characters"
    found = FORBIDDEN.search(text)
    if found:
        yield f"holds U+{ord(found[0]):04X}, which can not be seen or acts on text"
    if not field.is_long and "\n" in text:
        yield "has several lines; give one"
    problem = label_problem(text) if field.is_name else None
    if problem:
        yield problem
