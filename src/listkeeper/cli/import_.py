"""``listkeeper import``: bring in sheets that were edited, and what others publish."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from listkeeper.cli.import_rdf import RdfWanted, import_rdf, is_rdf
from listkeeper.cli.options import require_aside, root_option
from listkeeper.edition import load
from listkeeper.errors import ListkeeperError, UsageError
from listkeeper.exchange.formats import Reading, read_foreign
from listkeeper.exchange.importing import Imported, Request, import_files
from listkeeper.exchange.linking import Subset
from listkeeper.exchange.plain_tables import as_csv, plain_columns, sheet_in_bytes
from listkeeper.exchange.report import as_json, as_text, rejects_csv
from listkeeper.store.changing import change_lists
from listkeeper.store.files import write_atomically
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from listkeeper.exchange.foreign import ForeignFile
    from listkeeper.exchange.sheets.reading import Incoming
    from listkeeper.store.workspace import Workspace

FORMATS: Final = {"text": as_text, "json": as_json}
KEYS: Final = {"codes": frozenset({"code", "label"}), "pairs": frozenset({"from", "to"})}
"""Keys of --column for a file of codes, and for one of pairs."""

EXAMPLES: Final = """\b
Examples:
  listkeeper import services.xlsx --dry-run
  listkeeper import --list rocks simplelithology.ttl
  listkeeper import --list functions functions.csv
  listkeeper import --list services services.csv functions_services.xml
  listkeeper import --list services --unconfirmed \\
      --column code=LGSL --column label=Description govuk_local_services.csv
  listkeeper import --list services --pairs hasInteraction \\
      --column from=LGSL --column to=LGIL service_interactions.csv
"""


class Assignment(click.ParamType[tuple[str, str]]):
    """NAME=VALUE."""

    name = "NAME=VALUE"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Part a word at its first equals sign."""
        name, sign, rest = value.partition("=")
        if not (name.strip() and sign and rest.strip()):
            self.fail(f"{value!r} has to be NAME=VALUE", param, ctx)
        return name.strip(), rest.strip()


@click.command("import", epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--list", "list_name", default="", help="Name of the list, such as services.")
@click.option(
    "--rebase", "is_rebase", is_flag=True, help="Merge an older sheet with what was changed since."
)
@click.option(
    "--input-format",
    "syntax",
    default="",
    metavar="SYNTAX",
    help="turtle, n-triples, n-quads, trig, json-ld or rdf-xml, where endings do not tell.",
)
@click.option(
    "--context",
    "contexts",
    type=Assignment(),
    multiple=True,
    help="ADDRESS=FILE: read a context of JSON-LD from a copy; nothing is fetched.",
)
@click.option("--language", default="", help="Language of RDF's texts that do not say theirs.")
@click.option(
    "--column",
    "columns",
    type=Assignment(),
    multiple=True,
    help="Column of a CSV file that is not an LGA list: code=… and label=…, or from=… and to=….",
)
@click.option(
    "--unconfirmed", is_flag=True, help="Labels of such files are another body's wording."
)
@click.option(
    "--pairs", "pairs", default="", metavar="LINK", help="Read pairs joined by this link."
)
@click.option("--link", "link", default="", help="The link that nesting and mappings stand for.")
@click.option(
    "--subset", "subsets", type=Assignment(), multiple=True, help="NAME=FILE with its codes."
)
@click.option(
    "--subset-note",
    "phrases",
    type=Assignment(),
    multiple=True,
    help="NAME=WORDS in history notes that say an entry is a member.",
)
@click.option(
    "--origin",
    "origins",
    type=Assignment(),
    multiple=True,
    help="FILE=NAME: how to call a file as the source of a former name.",
)
@click.option("--rejects", type=click.Path(path_type=Path), help="CSV for the rows not taken.")
@click.option("--dry-run", is_flag=True, help="Write nothing; report what would be done.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="For people or programs.",
)
@root_option
def import_(  # noqa: PLR0913 - one argument for each option of the command
    *,
    files: tuple[Path, ...],
    list_name: str,
    is_rebase: bool,
    syntax: str,
    contexts: tuple[tuple[str, str], ...],
    language: str,
    columns: tuple[tuple[str, str], ...],
    unconfirmed: bool,
    pairs: str,
    link: str,
    subsets: tuple[tuple[str, str], ...],
    phrases: tuple[tuple[str, str], ...],
    origins: tuple[tuple[str, str], ...],
    rejects: Path | None,
    dry_run: bool,
    form: str,
    root: Path,
) -> None:
    """Bring FILES into a list: an edited sheet, another body's list, or a vocabulary in RDF.

    A sheet that `listkeeper export` made changes what was edited in it, and nothing else; it is
    refused as a whole where a cell is damaged or the check finds new errors.

    SKOS in RDF becomes a list with one file for each concept; the list is made if need be.

    The LGA's files and other tables are read in order of precedence: the first that has a code
    gives its label, and another label in a later file becomes a former name. The kind of each is
    told by its content: the LGA's CSV, mapped CSV, nested XML and controlled lists are known; of
    any other CSV say the columns. What entries of the list say already is never changed and
    nothing is deleted.

    Every row that is not taken, or taken with a change, is reported with its line. Ends with 1
    when a row was not taken.
    """
    workspace = open_workspace(root)
    if rejects:
        require_aside(rejects, workspace.root)
        if rejects.resolve() in {path.resolve() for path in files}:
            raise UsageError(f"{rejects}: is one of the files to be imported; choose another")
    reading = _reading(dict(columns), pairs, unconfirmed=unconfirmed)
    if is_rdf(files[0], syntax):
        wanted = RdfWanted(
            list_name=list_name, syntax=syntax, contexts=dict(contexts), language=language,
            rejects=rejects, dry_run=dry_run, form=form,
        )  # fmt: skip
        import_rdf(files, workspace, wanted)
    incoming = sheet_in(files, is_told=bool(columns or pairs))
    if incoming is not None:
        # what brings in other files has no use for history and the check
        from listkeeper.cli.import_sheet import import_sheet  # noqa: PLC0415 - see above

        import_sheet(
            incoming, root, list_name=list_name, is_rebase=is_rebase, dry_run=dry_run, form=form
        )
        return
    if not list_name:
        raise UsageError("which list? add --list NAME")
    request = Request(
        list_name=list_name,
        files=_read(files, reading),
        subsets=_subsets(subsets, phrases, reading),
        link=pairs or link,
        origins=dict(origins),
    )
    imported = import_files(load(workspace), request)
    click.echo(FORMATS[form](imported.report), nl=False)
    if not dry_run:
        _write(imported, workspace, rejects)
    sys.exit(1 if imported.report.rejected else 0)


def _reading(columns: Mapping[str, str], pairs: str, *, unconfirmed: bool) -> Reading:
    wanted = KEYS["pairs" if pairs else "codes"]
    if (columns or pairs) and columns.keys() != wanted:
        raise UsageError("--column: say " + " and ".join(f"{key}=…" for key in sorted(wanted)))
    if unconfirmed and not columns:
        raise UsageError("--unconfirmed: is about files read by --column; there is none")
    return Reading(columns=columns, pairs=pairs, unconfirmed=unconfirmed)


def _read(files: Sequence[Path], reading: Reading) -> tuple[ForeignFile, ...]:
    """Read files under their names alone, unless two have one name.

    Reports and the sources of former names then do not depend on the folder they lie in.
    """
    names = Counter(path.name for path in files)
    return tuple(
        _foreign(path, path.name if names[path.name] == 1 else str(path), reading) for path in files
    )


def sheet_in(files: Sequence[Path], *, is_told: bool) -> Incoming | None:
    """Read the one file as a sheet, if it is one; None for everything else.

    Args:
        files: those named.
        is_told: whether options say how to read them otherwise.
    """
    found = [
        incoming
        for path in files
        if not is_told and (incoming := sheet_in_bytes(_bytes(path), path.name)) is not None
    ]
    if found and len(files) > 1:
        raise UsageError("bring back one sheet at a time: each is one change")
    return found[0] if found else None


def _foreign(path: Path, name: str, reading: Reading) -> ForeignFile:
    """Read a file; of a plain table of two columns, which is which is told by their names."""
    data = as_csv(_bytes(path), name)
    if not (reading.columns or reading.pairs):
        reading = replace(reading, columns=plain_columns(data, name))
    return read_foreign(data, name, reading)


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise UsageError(f"{path}: is no regular file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ListkeeperError(f"{path}: cannot be read: {error.strerror}") from error


def _subsets(
    files: Iterable[tuple[str, str]], phrases: Iterable[tuple[str, str]], reading: Reading
) -> tuple[Subset, ...]:
    by_file = [
        Subset(name=name, evidence=read_foreign(_bytes(Path(path)), Path(path).name, reading))
        for name, path in files
    ]
    return (*by_file, *(Subset(name=name, phrase=words) for name, words in phrases))


def _write(imported: Imported, workspace: Workspace, rejects: Path | None) -> None:
    change_lists(workspace, imported.contents)
    rejected = imported.report.rejected
    if rejected and rejects:
        write_atomically(rejects, rejects_csv(imported.report.notes))
    elif rejected:
        click.echo(f"{rejected} rows were not taken; --rejects FILE keeps them whole", err=True)
