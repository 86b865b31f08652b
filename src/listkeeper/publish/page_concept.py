"""What the page of an entry shows, as plain data in the order it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.namespaces import SKOS
from listkeeper.publish.page_law import EnactmentView, RuleView, enactment_view, rule_view
from listkeeper.publish.page_links import Link, outside_link
from listkeeper.publish.page_relations import LinkGroup, Trail, link_groups, trails
from listkeeper.publish.page_retired import Retirement, retirement
from listkeeper.publish.page_words import Words, date_in_words, first_words, language_name, word
from listkeeper.publish.standing import DROPPED, dropped_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.model import Concept, FormerLabel, Use
    from listkeeper.publish.page_entries import Entry, Linker, Shown
    from listkeeper.publish.page_words import Tag

DEFINITION: Final = SKOS + "definition"

DRAFT_DEFINITION: Final = "Definition by the editors of these lists, not the LGA's text; draft."
UNCONFIRMED: Final = (
    "Label unconfirmed: it was seen only in the wording of another body, "
    "not in a list of the body that gave the code."
)
NOT_REVIEWED: Final = "Not reviewed: no editor of these lists has checked this entry yet."
SUGGESTED: Final = "Review suggested: an editor should look at this entry; the notes say why."
PROPOSED: Final = "Proposed: not yet part of the list; do not use this code."

MATCHES: Final = {
    "exactMatch": "Same as",
    "closeMatch": "Close to",
    "broadMatch": "Narrower than",
    "narrowMatch": "Broader than",
    "relatedMatch": "Related to",
}
"""SKOS mapping property to what a page says before the other address."""

FORGES: Final = (
    ("gitlab", "/-/edit/main/"),
    ("codeberg", "/_edit/main/"),
    ("forgejo", "/_edit/main/"),
    ("gitea", "/_edit/main/"),
)
"""A word in a forge's address and where it opens a file for editing; others as GitHub does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FormerName:
    """A name an entry once had, and until when."""

    label: Words
    until: str
    """Version and date in which it was replaced; empty where unknown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherText:
    """A label or definition in another language than the page's."""

    language: str
    """The language's name."""
    words: Words
    draft: bool = False
    kind: str = "label"
    """``label`` or ``definition``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """The same or a like thing elsewhere."""

    relation: str
    target: Link


@dataclass(frozen=True, kw_only=True, slots=True)
class UserView:
    """Who is known to use a code."""

    name: Words
    source: Link
    date: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConceptView:
    """The page of an entry."""

    code: str
    label: Words
    tag: Tag
    list_: Link
    parts: tuple[Link, ...]
    """Parts of the list that it is in, such as the duties among powers and duties."""
    uri: str
    retirement: Retirement | None
    notices: tuple[str, ...]
    definition: Words | None
    definition_note: str
    scope_notes: tuple[Words, ...]
    other_names: tuple[Words, ...]
    former_names: tuple[FormerName, ...]
    other_texts: tuple[OtherText, ...]
    trails: tuple[Trail, ...]
    narrower: Shown[Entry]
    link_groups: tuple[LinkGroup, ...]
    nations: str
    rule: RuleView | None
    enactment: EnactmentView | None
    history: tuple[Words, ...]
    notes: tuple[Words, ...]
    """What the editors noted about the entry."""
    dates: tuple[tuple[str, str], ...]
    """What happened and on which day, in words."""
    matches: tuple[Match, ...]
    collections: tuple[Words, ...]
    users: tuple[UserView, ...]
    cited_in: str
    """Site, list and version, for a citation that goes on with code, label and URI."""
    file: str
    edit_href: str


def concept_view(concept: Concept, linker: Linker, release: str) -> ConceptView:
    """Show a concept.

    Args:
        concept: the entry.
        linker: makes the links of its page.
        release: name of the release shown; empty for the working copy.
    """
    return _Builder(concept, linker, release).view()


class _Builder:
    def __init__(self, concept: Concept, linker: Linker, release: str) -> None:
        self.concept = concept
        self.linker = linker
        self.release = release
        self.index = linker.index
        self.language = linker.index.language
        self.scheme = self.index.vocabulary.schemes.get(concept.list_name)

    def parts(self) -> tuple[Link, ...]:
        subsets = self.index.subsets(self.concept.list_name)
        return tuple(self.linker.list_(s) for s in subsets if s.uri in self.concept.in_schemes)

    def view(self) -> ConceptView:
        concept, linker = self.concept, self.linker
        return ConceptView(
            code=concept.notation,
            label=self.index.label(concept),
            tag=self.index.tag(concept.status),
            list_=linker.list_(self.scheme) if self.scheme else Link(text=concept.list_name),
            parts=self.parts(),
            uri=concept.uri,
            retirement=retirement(concept, linker),
            notices=self.notices(),
            definition=first_words(concept.definitions, self.language),
            definition_note=self.definition_note(),
            scope_notes=tuple(word(text, self.language) for text in concept.scope_notes),
            other_names=tuple(word(text, self.language) for text in concept.alt_labels),
            former_names=tuple(map(self.former_name, concept.former_labels)),
            other_texts=tuple(self.other_texts()),
            trails=trails(concept, linker),
            narrower=linker.entries(concept.narrower, concept.list_name),
            link_groups=link_groups(concept, linker),
            nations=", ".join(map(self.index.term, concept.nations)),
            rule=rule_view(concept, linker),
            enactment=enactment_view(concept, linker),
            history=tuple(word(text, self.language) for text in concept.history_notes),
            notes=tuple(word(text, self.language) for text in concept.editorial_notes),
            dates=self.dates(),
            matches=self.matches(),
            collections=self.collections(),
            users=tuple(map(self.user, self.index.uses_of.get(concept.uri, ()))),
            cited_in=self.cited_in(),
            file=concept.path,
            edit_href=self.edit_href(),
        )

    def notices(self) -> tuple[str, ...]:
        dropped = self.scheme and self.scheme.status == DROPPED
        cases = (
            (dropped, dropped_words(self.scheme) if self.scheme else ""),
            (self.concept.status == "proposed", PROPOSED),
            (self.concept.label_unconfirmed, UNCONFIRMED),
            (self.concept.review == "not-reviewed", NOT_REVIEWED),
            (self.concept.review == "review-suggested", SUGGESTED),
        )
        return tuple(notice for holds, notice in cases if holds)

    def definition_note(self) -> str:
        records = self.concept.text_records
        record = next((r for r in records if r.about == DEFINITION), None)
        if record is None or not self.concept.definitions:
            return ""
        if record.status == "draft":
            return DRAFT_DEFINITION
        role = f" by {record.author_role}" if record.author_role else ""
        return f"Definition {record.status}{role}, {date_in_words(record.date)}."

    def former_name(self, former: FormerLabel) -> FormerName:
        version = f"in version {former.replaced_in}" if former.replaced_in else ""
        date = f"on {date_in_words(former.replaced_on)}" if former.replaced_on else ""
        return FormerName(
            label=word(former.label, self.language),
            until=", ".join(part for part in (version, date) if part),
        )

    def other_texts(self) -> Iterator[OtherText]:
        concept, shown = self.concept, concept_language(self.concept, self.language)
        rows = (
            *((text, False, "label", shown) for text in concept.pref_labels),
            *((text, True, "label", "") for text in concept.draft_labels),
            *((text, False, "definition", self.language) for text in concept.definitions),
        )
        for text, draft, kind, page_language in rows:
            if text.language and text.language != page_language:
                words = word(text, self.language)
                name = language_name(text.language)
                yield OtherText(language=name, words=words, draft=draft, kind=kind)

    def dates(self) -> tuple[tuple[str, str], ...]:
        concept = self.concept
        rows = (
            ("In use from", concept.start_date),
            ("In use until", concept.end_date),
            *(("In use again from", day) for day in sorted(concept.reinstated_on)),
            ("Created", concept.created),
            ("Modified", concept.modified),
        )
        return tuple((label, date_in_words(date)) for label, date in rows if date)

    def matches(self) -> tuple[Match, ...]:
        return tuple(
            Match(relation=MATCHES[name], target=outside_link(target))
            for name, target in sorted(self.concept.mappings, key=lambda m: [*MATCHES].index(m[0]))
        )

    def collections(self) -> tuple[Words, ...]:
        found = (
            first_words(collection.pref_labels, self.language)
            for collection in self.index.collections_of.get(self.concept.uri, ())
        )
        return tuple(words for words in found if words)

    def user(self, use: Use) -> UserView:
        return UserView(
            name=word(use.user, self.language),
            source=outside_link(use.source),
            date=date_in_words(use.date),
        )

    def cited_in(self) -> str:
        version = self.scheme.version if self.scheme else ""
        title = self.index.title(self.scheme).value if self.scheme else self.concept.list_name
        edition = f"release {self.release}" if self.release else "working copy"
        site = self.index.edition.settings.site_name
        return f"{site}, {title}, {f'version {version}' if version else edition}"

    def edit_href(self) -> str:
        forge = self.index.edition.settings.forge_url.rstrip("/")
        where = next((place for name, place in FORGES if name in forge), "/edit/main/")
        return outside_link(f"{forge}{where}{self.concept.path}").href if forge else ""


def concept_language(concept: Concept, language: str) -> str:
    """Tell the language of the label that a page shows."""
    return concept.label(language).language
