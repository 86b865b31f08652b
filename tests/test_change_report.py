"""The report of a change: the verdict, what it means, what it causes, and nothing but text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from markdown_it import MarkdownIt

from checkout import ENVIRONMENT, Checkout, make_checkout
from listkeeper.edition import load
from listkeeper.release.change_report import MARKER, MOST, ChangeReport, markdown, report_change
from listkeeper.release.kit.comment import LONGEST, body
from listkeeper.store.workspace import open_workspace
from listkeeper.validate.against import choose
from seeded import CLEAN, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTKEEPER: Final = str(Path(sys.executable).with_name("listkeeper"))
SHAPES: Final = Path(__file__).resolve().parent.parent / "shapes"
NEED: Final = "needs/10002.ttl"
RETIRED: Final = CLEAN[NEED].replace("<status/current>", "<status/retired>")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Lists without a finding, committed on main."""
    started = make_checkout(tmp_path / "lists")
    started.commit(dict(CLEAN), "Start", SETTINGS)
    started.git("switch", "--quiet", "--create", "change")
    return started


def report(checkout: Checkout, files: Mapping[str, str | None], base: str = "main") -> ChangeReport:
    checkout.write(files, SETTINGS)
    with checkout.open() as repository:
        against = choose(repository, base)
        return report_change(load(open_workspace(checkout.root)), against, checkout.root)


def run(checkout: Checkout, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LISTKEEPER, "pr-report", "-C", str(checkout.root), *words],
        env={**ENVIRONMENT, "LISTKEEPER_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_change(checkout: Checkout) -> None:
    """The check passes, and nothing changed."""
    assert report(checkout, {}).verdict == "The check passes; changes: none"


def test_what_a_change_means_and_causes(checkout: Checkout) -> None:
    """A finding in a file that nobody touched is the change's, if it was not there before."""
    found = report(checkout, {NEED: RETIRED})
    text = markdown(found)

    assert not found.passes
    assert found.verdict.startswith("The change causes ")
    assert text.startswith(f"{MARKER}\n**The change causes ")
    assert "**Retired** in `needs`" in text
    assert "LK043" in text
    assert "vocabularies/services/1.ttl" in text
    assert "affects 1 entry of `Services`" in text


def test_known_users_are_named(checkout: Checkout) -> None:
    """Of the codes that the change is felt by."""
    renamed = CLEAN["services/1.ttl"].replace('"Libraries"@en', '"Library services for all"@en')

    assert "`A council` uses 1 of these codes: `1`" in markdown(
        report(checkout, {"services/1.ttl": renamed})
    )


def test_what_was_there_before_is_not_the_changes(checkout: Checkout) -> None:
    """Somebody else's finding keeps nobody from merging."""
    checkout.commit({NEED: RETIRED}, "Bad", SETTINGS)
    checkout.git("branch", "--force", "main", "HEAD")
    label = 'skos:prefLabel "Learning"@en ;'
    named = CLEAN["needs/10001.ttl"].replace(label, f'{label} skos:altLabel "Studying"@en ;')

    found = report(checkout, {"needs/10001.ttl": named})

    assert found.passes, found.checked.findings
    assert "LK043" not in markdown(found)


def test_edits_of_shapes_are_told_apart(checkout: Checkout) -> None:
    """They decide nothing; what they would find otherwise is shown."""
    (checkout.root / "shapes").mkdir()
    for shape in SHAPES.glob("*.ttl"):
        (checkout.root / "shapes" / shape.name).write_bytes(shape.read_bytes())
    checkout.record("Shapes")
    checkout.git("branch", "--force", "main", "HEAD")
    for shape in (checkout.root / "shapes").glob("*.ttl"):
        shape.write_text("", encoding="utf-8")
    nameless = CLEAN[NEED].replace('    skos:prefLabel "Reading"@en ;\n', "")

    found = report(checkout, {NEED: nameless})

    assert not found.passes
    assert "What the change asks otherwise" in markdown(found)


HOSTILE: Final = (
    "`` [approve](https://evil.example) ``",
    "a` <img src=x onerror=alert(1)> `b",
    "| a | b |",
    "@everyone #1 <!-- listkeeper report -->",
    "](javascript:alert(1))",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_nothing_but_text(checkout: Checkout, name: str) -> None:
    """No link, picture or HTML comes of them, whatever they hold."""
    quoted = json.dumps(name)
    renamed = CLEAN[NEED].replace('"Reading"', quoted)
    text = markdown(report(checkout, {NEED: renamed}))

    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    inline = [part for token in tokens for part in (token.children or [])]

    assert not [part for part in inline if part.type in {"link_open", "image", "html_inline"}]
    assert [token.content for token in tokens if token.type == "html_block"] == [f"{MARKER}\n"]
    plain = "".join(part.content for part in inline if part.type == "text")
    assert name not in plain


def test_a_report_fits_into_a_comment(checkout: Checkout) -> None:
    """Thousands of changes and findings are cut, and what is left out is counted."""
    entry = CLEAN[NEED].replace('"Reading"', '"Reading {0} ' + "x" * 200 + '"')
    entry = entry.replace("<status/current>", "<status/retired>")
    many: dict[str, str | None] = {
        f"needs/{n}.ttl": entry.replace("10002", str(n)).format(n) for n in range(20000, 20600)
    }

    text = markdown(report(checkout, many))

    assert len(text.encode()) <= MOST
    assert len(body(text, "failure", "https://forge.example")) < 65_536
    assert MOST <= LONGEST
    assert "errors more" in text
    assert text.rstrip().endswith("```")


def test_the_command(checkout: Checkout) -> None:
    """It ends as the check does; the base is the main branch unless told."""
    checkout.write({NEED: RETIRED}, SETTINGS)

    shown = run(checkout, "--base", "main")
    written = run(checkout, "--base", "main", "--out", str(checkout.top.parent / "report.md"))
    machine = json.loads(run(checkout, "--base", "main", "--format", "json").stdout)

    assert (shown.returncode, shown.stdout.startswith(MARKER)) == (1, True)
    assert (written.returncode, written.stdout) == (1, "")
    assert (checkout.top.parent / "report.md").read_text(encoding="utf-8") == shown.stdout
    assert machine["passes"] is False
    assert machine["against"] == checkout.git("rev-parse", "main")
    assert machine["changes"]["changes"]
    assert machine["check"]["findings"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--base", "--output=x"), 2),
        (("--base", "mian"), 2),
        (("--out", "vocabularies/report.md"), 2),
    ],
)
def test_words_that_are_off(checkout: Checkout, words: tuple[str, ...], code: int) -> None:
    """One line, and nothing written."""
    done = subprocess.run(
        [LISTKEEPER, "pr-report", *words],
        cwd=checkout.root,
        env={**ENVIRONMENT, "LISTKEEPER_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert checkout.git("status", "--porcelain") == ""
