"""``listkeeper init``: a lists repository that works at once, and the kit for its forge."""

from __future__ import annotations

from pathlib import Path

import click

from listkeeper import __version__
from listkeeper.editing.starter import list_names, require_empty, require_free, starter_files
from listkeeper.errors import UsageError
from listkeeper.release.kit import EXECUTABLE, FORGES, OWNERS, kit_files
from listkeeper.settings import FILE_NAME
from listkeeper.store.files import write_all
from listkeeper.store.workspace import open_workspace


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--base-uri", help="Where identifiers begin, such as https://lists.example.gov.uk/.")
@click.option("--forge", type=click.Choice(list(FORGES)), help="Add the pull request kit for it.")
@click.option("--owner", help="Who owns the lists at the forge: @person or @organisation/team.")
@click.option(
    "--package",
    default=f"listkeeper=={__version__}",
    show_default=True,
    help="What the checks at the forge install.",
)
@click.option("--into", is_flag=True, help="Add to a folder in use; no file of it is changed.")
@click.option("--replace", is_flag=True, help="Write over files of the kit that are there.")
@click.option("--dry-run", is_flag=True, help="Write nothing; name the files.")
def init(  # noqa: PLR0913 - each is an option of the command
    folder: Path,
    *,
    base_uri: str | None,
    forge: str | None,
    owner: str | None,
    package: str,
    into: bool,
    replace: bool,
    dry_run: bool,
) -> None:
    """Start a lists repository in FOLDER, with an example list to change.

    With --forge, write what the forge needs to check and report changes and to take proposals;
    in a folder that is a lists repository already, write that alone.
    """
    begun = (folder / FILE_NAME).is_file()
    files = {} if begun else _started(folder, base_uri, into=into)
    if begun and forge is None:
        raise UsageError(f"{folder}: is a lists repository already; --forge adds the kit")
    require_free(folder, files)
    paths = [file.path for file in open_workspace(folder).files] if begun else files
    kit = kit_files(forge, list_names(paths), package, owner) if forge else {}
    kit = _without_owners(folder, kit)
    if not replace:
        require_free(folder, kit)
    if not dry_run:
        _write(folder, {**files, **kit})
    number = len(files) + len(kit)
    click.echo(f"{'would write' if dry_run else 'wrote'} {number} files in {folder}")
    for path in (*files, *kit) if dry_run else ():
        click.echo(path)
    click.echo(f"next: {'git diff' if begun else f'listkeeper serve -C {folder}'}", err=True)


def _started(folder: Path, base: str | None, *, into: bool) -> dict[str, bytes]:
    if not into:
        require_empty(folder)
    return starter_files(base)


def _without_owners(folder: Path, kit: dict[str, bytes]) -> dict[str, bytes]:
    """Leave alone who owns what: nobody else can say."""
    kept = [path for path in kit if path.endswith(OWNERS) and (folder / path).exists()]
    for path in kept:
        click.echo(f"{path} is there already, and stays as it is", err=True)
    return {path: data for path, data in kit.items() if path not in kept}


def _write(folder: Path, files: dict[str, bytes]) -> None:
    write_all(folder, files)
    for path in EXECUTABLE & files.keys():
        (folder / path).chmod(0o755)
