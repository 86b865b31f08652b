"""What ``listkeeper import`` does with RDF: any SKOS becomes a list."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from listkeeper.edition import load
from listkeeper.errors import UsageError
from listkeeper.exchange.reading import STANDARD_INPUT, open_source, read_source
from listkeeper.exchange.reading.syntaxes import syntax_of
from listkeeper.exchange.skos.ledger import Fate
from listkeeper.store.changing import change_files
from listkeeper.store.files import write_atomically
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.store.workspace import Workspace

AMBIGUOUS: Final = ".xml"
"""An ending that RDF/XML and other XML share; the root tells."""

ROOT: Final = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LOOKED_AT: Final = 4_000


@dataclass(frozen=True, kw_only=True, slots=True)
class RdfWanted:
    """How RDF is to be brought in."""

    list_name: str
    syntax: str
    contexts: Mapping[str, str] = field(default_factory=dict)
    """Address of a context of JSON-LD to the file with a copy."""
    language: str
    rejects: Path | None
    """File for the statements that were left out."""
    dry_run: bool
    form: str


def is_rdf(path: Path, syntax: str) -> bool:
    """Say whether a file is RDF: by what the user says, its ending, and the root of XML."""
    if syntax or str(path) == STANDARD_INPUT:
        return True
    if path.suffix.lower() == AMBIGUOUS:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return ROOT in stream.read(LOOKED_AT)
    return syntax_of(path.name) is not None


def import_rdf(files: Sequence[Path], workspace: Workspace, wanted: RdfWanted) -> NoReturn:
    """Bring a vocabulary in as a list; ends the process: with 1 when something was left out.

    Raises:
        UsageError: when no list is named, or several files are.
        ContentError: when the file can not be read, or holds no concepts.
    """
    # reading tables has no use for what reads RDF
    from listkeeper.editing.draft import Draft  # noqa: PLC0415 - see above
    from listkeeper.exchange.skos.importing import Request, import_vocabulary  # noqa: PLC0415 - see above
    from listkeeper.exchange.skos.report import as_json, as_text  # noqa: PLC0415 - see above

    if len(files) != 1:
        raise UsageError("bring in one vocabulary at a time")
    if not wanted.list_name:
        raise UsageError("what is the list to be called? add --list NAME")
    source = open_source(str(files[0]), wanted.syntax, sys.stdin.buffer)
    contexts = {name: Path(file).read_bytes() for name, file in wanted.contexts.items()}
    graph = read_source(source, contexts=contexts)
    today = dt.datetime.now().astimezone().date().isoformat()
    request = Request(
        list_name=wanted.list_name, graph=graph, source=files[0].name, language=wanted.language
    )
    imported = import_vocabulary(Draft(load(workspace), today), request)
    click.echo(
        as_json(imported) if wanted.form == "json" else visible_lines(as_text(imported)), nl=False
    )
    if not wanted.dry_run:
        change_files(workspace.root, imported.edit.contents, imported.edit.before)
        if wanted.rejects:
            write_atomically(wanted.rejects, imported.left_out)
    left = imported.counts[Fate.LEFT]
    if left and not wanted.rejects:
        click.echo(f"{left} statements were left out; --rejects FILE keeps them", err=True)
    sys.exit(1 if left else 0)


def visible_lines(text: str) -> str:
    """Write what a terminal would obey by its numbers; lines stay."""
    return "\n".join(map(visible, text.split("\n")))
