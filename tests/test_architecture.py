"""The house: layers import one way, functions stay small, modules stay short."""

from __future__ import annotations

import ast
import statistics
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAYERS = (
    ("shacl",),
    ("errors", "namespaces", "collecting", "characters", "workers"),
    ("uris",),
    ("legislation",),
    ("settings", "model"),
    ("graph",),
    ("citation",),
    ("store",),
    ("inference",),
    ("edition", "editions"),
    ("search", "changes"),
    ("editing",),
    ("exchange",),
    ("validate",),
    ("publish",),
    ("sparql", "reconciliation"),
    ("release",),
    ("web",),
    ("cli",),
)
"""Lowest first; a module may import from lower layers and from its own package."""

ONLY_IN = {
    "pyshacl": ("validate/reference.py",),
    "rdflib": ("validate/", "shacl/", "sparql/inspection.py"),
    "fastapi": ("web/",),
    "jinja2": ("publish/",),
    "rapidfuzz": ("search/repair.py",),
    "snowballstemmer": ("search/wording.py",),
    "xlsxwriter": ("publish/",),
    "openpyxl": ("publish/",),
    "click": ("cli/",),
    "uvicorn": ("web/", "cli/"),
}
"""Where a library may be imported."""


def modules(root: Path) -> list[Path]:
    return sorted((root / "src" / "listkeeper").rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every imported module, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(name: str) -> int | None:
    """The rank of the layer a module belongs to."""
    first = name.removeprefix("listkeeper.").split(".")[0]
    return next((rank for rank, names in enumerate(LAYERS) if first in names), None)


def own_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root / "src").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def test_every_module_belongs_to_a_layer(root: Path) -> None:
    """A new package is given its place here before it is used."""
    names = [own_name(path, root) for path in modules(root)]
    strangers = [name for name in names if name != "listkeeper" and layer(name) is None]

    assert strangers == []


def test_layers_import_one_way(root: Path) -> None:
    """No module imports from a layer above its own, lazily or not."""
    upward = [
        f"{own_name(path, root)} imports {name}"
        for path in modules(root)
        for name in imports(path)
        if name.startswith("listkeeper.")
        and (above := layer(name)) is not None
        and (own := layer(own_name(path, root))) is not None
        and above > own
    ]

    assert upward == []


@pytest.mark.parametrize(("library", "places"), ONLY_IN.items())
def test_a_library_is_used_in_its_place_only(
    library: str, places: tuple[str, ...], root: Path
) -> None:
    """RDF libraries, web frameworks and template engines stay at their edge."""
    package = root / "src" / "listkeeper"
    strays = [
        str(path.relative_to(package))
        for path in modules(root)
        if any(name.split(".")[0] == library for name in imports(path))
        and not str(path.relative_to(package)).startswith(places)
    ]

    assert strays == []


def bodies(root: Path) -> list[tuple[int, str]]:
    """Length of each function's body without its docstring, and its name."""
    found = []
    for path in modules(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                start = first.lineno
                if ast.get_docstring(node) is not None:
                    start = (first.end_lineno or first.lineno) + 1
                found.append(((node.end_lineno or start) - start + 1, f"{path.name}:{node.name}"))
    return found


def test_functions_stay_small(root: Path) -> None:
    """Median body at most 8 lines, 90th percentile at most 25, none over 50."""
    lengths = sorted(length for length, _ in bodies(root))

    assert statistics.median(lengths) <= 8
    assert lengths[int(len(lengths) * 0.9)] <= 25
    assert [name for length, name in bodies(root) if length > 50] == []


def test_modules_stay_short(root: Path) -> None:
    """No module has more than 300 lines."""
    counts = {p.name: p.read_text(encoding="utf-8").count("\n") for p in modules(root)}

    assert {name: count for name, count in counts.items() if count > 300} == {}
