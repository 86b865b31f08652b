"""``listkeeper new``: a new entry, with its links by the kinds that definitions.ttl declares."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from listkeeper.cli.editing import Output, carry_out, desk, edit_options
from listkeeper.cli.new_law import LAW, law, law_options, missing
from listkeeper.editing.creating import EDITOR, NewEntry, create
from listkeeper.editing.kinds import link_kind, link_kinds, starts_in
from listkeeper.editing.numbers import list_of
from listkeeper.edition import load
from listkeeper.errors import ListkeeperError, UsageError
from listkeeper.model import CURRENT, PROPOSED
from listkeeper.search.filters import scheme_of
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from listkeeper.cli.editing import Desk
    from listkeeper.editing.kinds import LinkKind
    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme

LINK: Final = "link_to_by_"
"""How the names of parameters begin that stand for kinds of links."""

WORDS: Final = "listkeeper.words"
"""Where the words of the command are kept while its options are made."""


class NewCommand(click.Command):
    """A command with an option for each kind of link that the lists at hand declare."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words: they say where the lists are."""
        ctx.meta[WORDS] = list(args)
        return super().parse_args(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Give the options, those of links too, where the lists can be read."""
        params = super().get_params(ctx)
        try:
            edition = load(open_workspace(_root(ctx.meta.get(WORDS, ()))))
        except ListkeeperError:
            return params  # the command itself says what is wrong
        known = {name for param in params for name in param.opts}
        return [*params, *(o for o in _link_options(edition) if known.isdisjoint(o.opts))]


def _root(words: Sequence[str]) -> Path:
    """Find the folder that -C names among the words of a command."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word.startswith("-C"):
            return Path(word[2:] or following)
    return Path()


def _link_options(edition: Edition) -> Iterator[click.Option]:
    kinds = link_kinds(edition)
    names = {kind.name: kind.label for kind in kinds}
    for kind in kinds:
        if not kind.is_inverse and kind.other_class:
            names.setdefault(kind.other_class, f"what it is linked to among {kind.other_list}")
    for name, label in names.items():
        yield click.Option(
            [f"--{name}", LINK + name.replace("-", "_")],
            multiple=True,
            metavar="CODE",
            help=f"{label}.",
        )


@click.command(cls=NewCommand)
@click.argument("list_name", metavar="LIST")
@click.option("--label", required=True, help="Its preferred label.")
@click.option("--definition", default="", help="A sentence or two: what is meant, for whom.")
@click.option("--alt-label", "alt_labels", multiple=True, help="Another name it is known by.")
@click.option("--scope-note", "scope_notes", multiple=True, help="What belongs here, or does not.")
@click.option("--code", default="", help="Its code; the next free number unless told.")
@click.option("--unnumbered", is_flag=True, help="Leave the number out until it is merged.")
@click.option("--exact-match", "matches", multiple=True, metavar="URI", help="The same elsewhere.")
@click.option("--author-role", default=EDITOR, help="Who wrote the definition.")
@click.option(
    "--status", type=click.Choice([CURRENT, PROPOSED]), help="current, unless unnumbered."
)
@law_options
@edit_options
def new(  # noqa: PLR0913 - each is an option of the command
    list_name: str,
    *,
    label: str,
    code: str,
    unnumbered: bool,
    status: str | None,
    matches: tuple[str, ...],
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
    **said: Any,  # noqa: ANN401 - texts, the law, and the codes of each kind of link
) -> None:
    """Add an entry to LIST, with the next free number, and links to others by their codes."""
    with desk(root, today) as at:
        scheme = scheme_of(at.edition.vocabulary, list_name)
        links = {name: codes for name, codes in said.items() if name.startswith(LINK) and codes}
        further, parts = law(at, scheme, said)
        entry = NewEntry(
            scheme=scheme,
            notation=at.code(scheme, label, code, unnumbered=unnumbered),
            label=label,
            links=tuple(_links(at, scheme, links)),
            exact_matches=matches,
            status=status or (PROPOSED if unnumbered else CURRENT),
            further=further,
            parts=parts,
            **{name: value for name, value in said.items() if not name.startswith((LINK, LAW))},
        )
        create(at.draft, entry)
        carry_out(at, Output(dry_run=dry_run, format_=format_), missing(scheme, said))


def _links(
    at: Desk, scheme: ConceptScheme, links: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[LinkKind, Concept]]:
    home = list_of(at.draft, scheme).name
    for name, codes in links.items():
        kind = link_kind(at.edition, name.removeprefix(LINK), scheme.name)
        if not starts_in(at.edition, kind, scheme.name):
            raise UsageError(f"--{kind.name} is for entries of {kind.own_list}, not of {home}")
        yield from ((kind, at.entry(code, kind.other_list or home)) for code in codes)
