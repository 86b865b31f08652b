"""``listkeeper check-feed``: what the taxonomy terms of a directory's feed are today."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import IO, TYPE_CHECKING, Final

import click

from listkeeper.cli.options import root_option
from listkeeper.edition import load
from listkeeper.exchange.feed import read_services
from listkeeper.exchange.feed_check import FeedCheck
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from listkeeper.exchange.feed_check import Finding

COLUMNS: Final = ("service", "name", "state", "code", "problem", "message", "replaced by")


@click.command("check-feed")
@click.argument("file", type=click.File("rb"))
@click.option("--format", "format_", type=click.Choice(["text", "json", "csv"]), default="text")
@click.option("--strict", is_flag=True, help="End with 1 for advice too.")
@root_option
def check_feed(file: IO[bytes], *, format_: str, strict: bool, root: Path) -> None:
    """Check the taxonomy terms of a feed of services: FILE is JSON, or - for standard input.

    Ends with 1 when a term was renamed, is retired or unknown, or a service has none.
    """
    check = FeedCheck(load(open_workspace(root)))
    write = WRITERS[format_]
    if format_ == "csv":
        click.echo(",".join(COLUMNS))
    for finding in check.findings(read_services(file, file.name)):
        click.echo(write(finding))
    click.echo(
        f"{check.services} services with {check.terms} terms, {check.others} of other vocabularies:"
        f" {check.problems} problems, {check.advice} pieces of advice",
        err=True,
    )
    sys.exit(1 if check.problems or (strict and check.advice) else 0)


def _text(finding: Finding) -> str:
    who = " ".join(part for part in (finding.service, finding.name) if part) or "a service"
    code = f" {finding.code}" if finding.code else ""
    return f"{who}:{code} {finding.state.value}: {finding.message}"


def _json(finding: Finding) -> str:
    return json.dumps(_record(finding), ensure_ascii=False)


def _csv(finding: Finding) -> str:
    stream = io.StringIO(newline="")
    # The texts are the feed's: none of them may be taken for a formula.
    cells = [
        f"'{c}" if c[:1] in "=+-@\t\r" and c else c for c in map(str, _record(finding).values())
    ]
    csv.writer(stream, lineterminator="").writerow(cells)
    return stream.getvalue()


def _record(finding: Finding) -> Mapping[str, object]:
    values = (
        finding.service,
        finding.name,
        finding.state.value,
        finding.code,
        "yes" if finding.is_problem else "no",
        finding.message,
        "; ".join(concept.notation for concept in finding.replacements),
    )
    return dict(zip(COLUMNS, values, strict=True))


WRITERS: Final[Mapping[str, Callable[[Finding], str]]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
}
