"""Changes as people and programs read them: safe wherever they are shown."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
import pytest
from markdown_it import MarkdownIt

from compared import Edit, changed, edit, loaded
from listkeeper.changes.compare import compare
from listkeeper.changes.model import Changes
from listkeeper.publish.change_reports import (
    FORMATS,
    MARKER,
    changelog,
    csv_report,
    html_report,
    json_report,
    markdown_report,
    text_report,
)
from sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE: Final = (
    "</q><script>alert(1)</script> `@admin` #1 | ![x](http://evil.example) \\u202E \\u001B[31m"
)
EDITS: Final[tuple[Edit, ...]] = (
    ("services/05/559.ttl", '"Libraries"@en', '"Public libraries"@en'),
    ("services/05/559.ttl", "<need/69>, <need/71>", "<need/69>"),
    (
        "services/06/603.ttl",
        "adms:status <status/current>",
        (
            'adms:status <status/retired> ; def:endDate "2026-11-30"^^xsd:date ; '
            'def:retirementReason "Closed."@en ; dct:isReplacedBy <service/602>'
        ),
    ),
    (
        "services/06/602.ttl",
        "adms:status",
        "def:requiredByDuty <power-or-duty/10001> ; adms:status",
    ),
    ("powers-and-duties/10001.ttl", "A library authority must", "An authority must"),
    ("functions/112.ttl", "    skos:broader <function/110> ;\n", ""),
)
USES: Final = """\
<list/services#use-gov> a def:Use ; rdfs:label "GOV.UK"@en ; dct:source "a file" ;
    dct:date "2026-01-01"^^xsd:date ; def:usesConcept <service/559>, <service/603> .
"""


@pytest.fixture
def some(tmp_path: Path) -> Changes:
    """A few changes of several kinds, with a known user."""
    folder = write_sample(tmp_path)
    uses = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n" + USES
    edit(folder, [("services/uses.ttl", "", uses)])
    before = loaded(folder)
    edit(folder, EDITS)
    return compare(before, loaded(folder))


@pytest.fixture
def hostile(tmp_path: Path) -> Changes:
    """A label that attacks whoever shows it."""
    return changed(
        tmp_path,
        ("services/05/559.ttl", '"Libraries"@en', f'"=cmd|{HOSTILE}"@en'),
        ("services/06/602.ttl", '"Allotments"@en', '"+1"@en'),
    )


TEXT = """\
Functions (functions)
  Moved in the hierarchy [compatible]
    112 Libraries: from 110 Leisure and culture to the top

Powers and duties (powers-and-duties)
  Definitions changed [compatible]
    10001 Provide a library service: definition (en): A library authority must provide libraries \
for all who wish to use them. → An authority must provide libraries for all who wish to use them.
      affects 2 entries of Services (link: is required by duty)

Services (services)
  Retired [breaking]
    603 Smallholdings: 2026-11-30; Closed.; use 602 Allotments
  Renamed [compatible]
    559: Libraries → Public libraries (en)
      affects 1 entry of Life events (link: calls for service)
  Links added [compatible]
    602 Allotments: is required by duty: 10001 Provide a library service
  Links removed [compatible]
    559 Public libraries: meets need: 71 Community facilities

GOV.UK uses 2 of these codes: 559, 603
6 changes: 1 breaking, 5 compatible
"""


def test_a_terminal_is_told_list_by_list(some: Changes) -> None:
    assert text_report(some) == TEXT


def test_a_terminal_obeys_nothing_that_a_label_says(hostile: Changes) -> None:
    text = text_report(hostile)

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\u001b[31m" in text


CHANGELOG = """\
## 2026.11 (2026-11-30)

6 changes: 1 breaking, 5 compatible.

* `GOV.UK` uses 2 of these codes: `559`, `603`

### `Services`

**Retired** (breaking)

* `603` `Smallholdings`: `2026-11-30`; `Closed.`; use `602` `Allotments`

**Renamed**

* `559`: `Libraries` → `Public libraries` (en)
  * affects 1 entry of `Life events` (link: `calls for service`)

**Links added**

* `602` `Allotments`: `is required by duty`: `10001` `Provide a library service`

**Links removed**

* `559` `Public libraries`: `meets need`: `71` `Community facilities`
"""


def test_a_changelog_tells_list_by_list_and_kind_by_kind(some: Changes) -> None:
    text = changelog(some, "2026.11 (2026-11-30)")

    functions, services = text.index("\n### `Functions`"), text.index("\n### `Services`")
    assert text[:functions] + text[services:] == CHANGELOG


def test_a_changelog_counts_the_entries_of_a_new_list(tmp_path: Path) -> None:
    """A first release does not tell its thousands of entries one by one."""
    text = changelog(compare(None, loaded(write_sample(tmp_path))))

    assert "**Added**: 13" in text
    assert "Allotments" not in text


def test_nothing_changed() -> None:
    assert text_report(Changes()) == "no changes\n"
    assert changelog(Changes()) == "No changes.\n"


def test_markdown_begins_with_its_marker_and_the_gravest(some: Changes) -> None:
    text = markdown_report(some)

    assert text.splitlines()[0] == MARKER
    assert re.findall(r"### (\w+)", text) == ["Breaking", "Compatible"]
    assert (
        "| `services` | 1 | 3 | 0 | retired 1, renamed 1, links added 1, links removed 1 |" in text
    )


def test_markdown_shows_a_hostile_label_as_text(hostile: Changes) -> None:
    """Rendered as forges do, it makes no element, no link and no mention."""
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown_report(hostile))

    outside = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert "script" not in outside
    assert "@admin" not in outside
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert len(re.findall(r"<tr>", html)) == 2


@pytest.mark.parametrize("most", [64_000, 9_000, 3_000])
def test_markdown_fits_and_counts_what_it_leaves_out(most: int, tmp_path: Path) -> None:
    """What is told and what is counted make up the whole; breaking changes are told first."""
    folder = write_sample(tmp_path, more=600)
    before = loaded(folder)
    for number in range(300000, 300600):
        file = f"services/{number // 100}/{number}.ttl"
        edit(folder, [(file, f"Sample service {number}", f"{number} é" * 12)])
    edit(folder, EDITS[2:3])

    changes = compare(before, loaded(folder))
    text = markdown_report(changes, most)

    assert len(text.encode()) <= most
    assert len(changes.changes) == 601
    told = len(re.findall(r"^\* ", text, flags=re.MULTILINE))
    rest = re.search(r"^(\d+) compatible more: run", text, flags=re.MULTILINE)
    assert told + int(rest[1] if rest else 0) == 601
    assert rest is not None
    assert "`603` `Smallholdings`" in text


class Page(HTMLParser):
    """The elements of a page and what they refer to."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self.elements: set[str] = set()
        self.references: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.add(tag)
        self.references += [name for name, _ in attrs if name in {"src", "href", "action"}]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


def test_html_needs_nothing_else_and_runs_nothing(hostile: Changes) -> None:
    page = Page()
    page.feed(html_report(hostile))

    assert page.elements <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3"),
        *("p", "ul", "li", "q", "small"),
    }
    assert page.references == []
    assert "<script>alert(1)</script>" in page.text
    assert "\u202e" not in page.text
    assert "default-src 'none'" in html_report(hostile)


def test_csv_holds_no_formula(hostile: Changes) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_report(hostile).decode("utf-8-sig"))))

    assert [row["Identifier"] for row in rows] == ["559", "602"]
    assert [row["Before"] for row in rows] == ["Libraries", "Allotments"]
    assert rows[1]["After"] == "'+1"
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert "\x1b" not in "".join(cells)


def shape(value: Any) -> Any:  # noqa: ANN401 - JSON is of any type
    """Give the keys and types of JSON; a list by the shape of all that is in it."""
    if isinstance(value, dict):
        return {key: shape(found) for key, found in sorted(value.items())}
    if isinstance(value, list):
        shapes = {json.dumps(shape(found), sort_keys=True) for found in value}
        return [json.loads(found) for found in sorted(shapes)]
    return type(value).__name__


def test_the_shape_of_the_json_is_kept(some: Changes, root: Path) -> None:
    """Programs rely on it: keys may be added, and then the golden file is written anew."""
    golden = json.loads((root / "tests/golden/changes_shape.json").read_text("utf-8"))

    assert shape(json.loads(json_report(some))) == golden


def test_the_json_tells_what_the_words_tell(some: Changes) -> None:
    document = json.loads(json_report(some))

    assert document["impacts"] == {"breaking": 1, "compatible": 5, "editorial": 0}
    assert document["users"][0]["user"] == "GOV.UK"
    renamed = next(c for c in document["changes"] if c["kind"] == "renamed")
    assert renamed["subject"] == {
        "uri": "https://lists.example.org/id/service/559",
        "code": "559",
        "list": "services",
        "label": "Public libraries",
    }
    assert renamed["lists"] == ["services", "englishAndWelshServices"]
    assert renamed["before"] == [{"text": "Libraries", "language": "en", "reference": None}]


def test_the_statements_in_the_json_are_n_triples(hostile: Changes) -> None:
    """Every one parses to the triple it was made of."""
    document = json.loads(json_report(hostile))

    for side in ("removed", "added"):
        lines = [line for change in document["changes"] for line in change[side]]
        quads = ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
        parsed = {(quad.subject, quad.predicate, quad.object) for quad in quads}
        assert parsed == getattr(hostile.difference, side)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_says_what_could_not_be_compared(format_: str, tmp_path: Path) -> None:
    """A table of changes has no place for it; the command says it besides."""
    changes = changed(tmp_path, ("services/05/559.ttl", "skos:notation", "oops oops"))

    assert ("559.ttl" in FORMATS[format_](changes).decode()) is (format_ != "csv")
