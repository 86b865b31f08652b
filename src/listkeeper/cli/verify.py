"""``listkeeper verify``: whether a download is what a release published."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import click

from listkeeper.cli.options import root_option
from listkeeper.errors import UsageError
from listkeeper.release.archive import LATEST, Releases, archive_of
from listkeeper.release.artifact import compare_folder
from listkeeper.release.fetching import fetch, is_address
from listkeeper.release.names import is_name
from listkeeper.release.verification import (
    Asked,
    Outcome,
    Verdict,
    verify_file,
    verify_release,
)
from listkeeper.store.assets import find_assets
from listkeeper.store.history import open_repository
from listkeeper.store.workspace import find_root

FORMATS: Final = ("text", "json")
SAVED: Final = "saved again by a spreadsheet or an editor"


@click.command()
@click.argument("what")
@click.option("--as", "published_as", default="", help="What it was published as: list/x.csv.")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Ask this manifest, and no repository.",
)
@click.option("--exact", is_flag=True, help="Only the same bytes will do, not the same text.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text")
@root_option
def verify(
    what: str, published_as: str, manifest: Path | None, format_: str, root: Path, *, exact: bool
) -> None:
    """Tell whether WHAT is as a release published it: a file, an address or a release's name.

    A folder that `listkeeper build --release` wrote is held against the manifest in it. Nothing is
    fetched but the address. Ends with 1 when it is not.
    """
    verdict = _verdict(what, published_as, manifest, root)
    if isinstance(verdict, Verdict):
        text, told, is_good = _text(verdict, what), _record(verdict), verdict.is_good
        is_good = is_good and (verdict.outcome is Outcome.PUBLISHED or not exact)
    else:
        text, told, is_good = str(verdict), asdict(verdict), not verdict.problems
    if format_ == "json":
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    click.echo(text, nl=False)
    sys.exit(0 if is_good else 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """What came of a release as a whole, or of the folder of one."""

    release: str
    manifest: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        """Write it for people."""
        end = "cannot be relied on" if self.problems else "is as it was released"
        lines = (*self.problems, f"{self.release}: {end}", f"manifest: {self.manifest or 'none'}")
        return "".join(f"{line}\n" for line in lines)


def _verdict(what: str, published_as: str, manifest: Path | None, root: Path) -> Verdict | Whole:
    """Find out what was asked about, and verify it."""
    if Path(what).is_dir():
        return _folder(Path(what))
    asked = None if _is_release(what) else _asked(what, published_as)
    if asked and manifest:
        return verify_file(asked, archive_of(manifest))
    with open_repository(find_root(root)) as repository:
        releases = Releases(repository, find_assets("site_templates", None))
        if asked:
            return verify_file(asked, releases.archive())
        record = releases.record(what)
        problems = verify_release(releases, what)
    return Whole(release=record.name, manifest=record.sha256, problems=problems)


def _is_release(what: str) -> bool:
    return (is_name(what) or what == LATEST) and not Path(what).exists()


def _asked(what: str, published_as: str) -> Asked:
    """Read the file, or fetch it."""
    if is_address(what):
        data, name = fetch(what)
    elif not Path(what).is_file():
        raise UsageError(f"{what}: is no file, no address and no release's name")
    else:
        data, name = Path(what).read_bytes(), Path(what).name
    return Asked(data=data, name=name, published_as=published_as)


def _folder(path: Path) -> Whole:
    manifest, compared = compare_folder(path)
    problems = (f"{path}: differs from its manifest: {compared}",) if compared else ()
    return Whole(release=manifest.release, manifest=manifest.sha256, problems=problems)


def _record(verdict: Verdict) -> dict[str, object]:
    differing = verdict.differences
    return {
        "outcome": verdict.outcome.value,
        "sha256": verdict.sha256,
        "path": verdict.path,
        "releases": list(verdict.releases),
        "newer": verdict.newer,
        "differences": differing.count if differing else 0,
        "examples": list(differing.examples if differing else ()),
        "manner": list(differing.manner if differing else ()),
        "remark": verdict.remark,
    }


def _text(verdict: Verdict, what: str) -> str:
    place = f"{verdict.path} of {_releases(verdict)}"
    differing = verdict.differences
    manner = "; ".join(differing.manner) if differing else ""
    count = differing.count if differing else 0
    heads = {
        Outcome.PUBLISHED: f"{what}: is {place}, byte for byte",
        Outcome.SAME_TEXT: f"{what}: is {place}: same text, {SAVED} ({manner})",
        Outcome.ALTERED: f"{what}: is not {place}: {count:,} of its rows or lines differ",
        Outcome.REPLACED: f"{what}: was published and has been replaced since",
        Outcome.UNKNOWN: f"{what}: was not published by any release known here",
    }
    more = [*(differing.examples if differing else ()), verdict.remark]
    if verdict.newer:
        more.append(f"release {verdict.newer} has another content there")
    return "\n".join((heads[verdict.outcome], *(f"  {line}" for line in more if line))) + "\n"


def _releases(verdict: Verdict) -> str:
    names = verdict.releases
    return f"release {names[0]}" if len(names) == 1 else f"releases {', '.join(reversed(names))}"
