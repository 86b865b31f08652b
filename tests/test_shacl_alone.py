"""The engine stands alone: the folder can be lifted out."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

OUTSIDE = {"pyoxigraph", "pyparsing", "rdflib", "re2"}


def imported(folder: Path) -> Iterator[str]:
    """Give every module that the engine's modules import."""
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield str(node.module)


def test_nothing_of_ours_is_imported(root: Path) -> None:
    """It imports the standard library, pyoxigraph, RE2 and rdflib's SPARQL parser alone."""
    names = set(imported(root / "src" / "listkeeper" / "shacl"))
    ours = {name for name in names if name.startswith("listkeeper")}
    assert {name for name in ours if not name.startswith("listkeeper.shacl")} == set()
    others = {name.partition(".")[0] for name in names - ours}
    assert others - set(sys.stdlib_module_names) == OUTSIDE
    assert {name for name in names if name.startswith("rdflib.")} <= {
        "rdflib.plugins.sparql.algebra",
        "rdflib.plugins.sparql.parser",
        "rdflib.plugins.sparql.parserutils",
    }


def test_core_shapes_do_not_wait_for_a_sparql_parser() -> None:
    """The parser is imported only where shapes have SPARQL."""
    code = "import sys, listkeeper.shacl; print('rdflib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_example_of_the_docs_runs(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What docs/shacl.md shows works as it stands."""
    example = (root / "docs" / "shacl.md").read_text().split("```python\n")[1].split("```")[0]
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:targetNode <urn:a> ; sh:in ( ) ."
    )
    (tmp_path / "data.ttl").write_text("<urn:a> <urn:p> 1 .")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "docs/shacl.md", "exec"), {})  # noqa: S102 - our own documentation
    assert "ValidationReport" in capsys.readouterr().out
