"""Whatever a file holds, a check ends within seconds and bounded memory: with a finding at a place.

Each case is run against a file of others (``check FILE``) and, where it is Turtle, as an entry of a
lists repository. Nothing ever ends in a traceback, hangs, or asks the network.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from listkeeper.edition import load
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import check
from repository import write_repository
from seeded import CLEAN, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.validate import Finding

LISTKEEPER: Final = str(Path(sys.executable).with_name("listkeeper"))
SECONDS: Final = 30
MEGABYTES: Final = 1_500
HEAD: Final = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "<https://v.example/a> a skos:Concept ; skos:prefLabel 'a'@en .\n"
)

BROKEN: Final = [
    *("<", "<urn:a", "<urn:a>", "<urn:a> <urn:b>", "<urn:a> <urn:b> <urn:c>", "<urn:a> <urn:b> ."),
    *("<urn:a> <urn:b> 'c", '<urn:a> <urn:b> "c', "<urn:a> <urn:b> '''c", '<urn:a> <urn:b> """c'),
    *("<urn:a> <urn:b> 'c\nd' .", "<urn:a> <urn:b> 'c\\q' .", "<urn:a> <urn:b> '\\u12' ."),
    *("<urn:a> <urn:b> '\\ud800' .", "<urn:a> <urn:b> 'c'@ .", "<urn:a> <urn:b> 'c'@1 ."),
    *("<urn:a> <urn:b> 'c'^^ .", "<urn:a> <urn:b> 'c'^^'d' .", "<urn:a> <urn:b> 'c'@en@cy ."),
    *("<urn:a b> <urn:b> <urn:c> .", "<urn:a\n> <urn:b> <urn:c> .", "<urn:{> <urn:b> <urn:c> ."),
    *("<a> <b> c .", "x:a x:b x:c .", "@prefix", "@prefix x", "@prefix x:", "@prefix x: <urn:x>"),
    *("@prefix x: 'urn:x' .", "@base", "@base <urn:a>", "@base 'a' .", "@nonsense <urn:a> ."),
    *("'a' <urn:b> <urn:c> .", "<urn:a> 'b' <urn:c> .", "<urn:a> _:b <urn:c> .", "7 a 7 ."),
    *("[", "]", "(", ")", "<urn:a> <urn:b> [ .", "<urn:a> <urn:b> ( .", "<urn:a> <urn:b> ] ."),
    *("<urn:a> <urn:b> <urn:c> ;; , .", "<urn:a> <urn:b> , <urn:c> .", "; .", ", .", ". .", "a"),
    *("<urn:a> a a .", "<urn:a> <urn:b> 1.2.3 .", "<urn:a> <urn:b> 1e .", "<urn:a> <urn:b> tru ."),
    *(
        "{ <urn:a> <urn:b> <urn:c> }",
        "<< <urn:a> <urn:b> <urn:c> >> <urn:d> <urn:e> .",
        "_: a _:b .",
    ),
    *(
        "PREFIX x: <urn:x> .",
        "\x00",
        "\x01\x02",
        "\N{ZERO WIDTH SPACE}",
        "é",
        "<html></html>",
        "{}",
    ),
]
"""Turtle that is none, each in its own way."""


class Run(NamedTuple):
    """What a command did, and what it took."""

    code: int
    findings: list[dict[str, Any]]
    stderr: str
    seconds: float
    megabytes: float


def run(*words: str | Path, cwd: Path) -> Run:
    """Run a check as a process of its own, and measure it with its workers."""
    out, err = cwd / ".out", cwd / ".err"
    command = [LISTKEEPER, "check", "--format", "json", *map(str, words)]
    start = time.monotonic()
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr, cwd=cwd)
        timer = threading.Timer(SECONDS, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    text = out.read_text()
    return Run(
        code=process.returncode,
        findings=json.loads(text)["findings"] if text else [],
        stderr=err.read_text(),
        seconds=time.monotonic() - start,
        megabytes=usage.ru_maxrss / 1024,
    )


def is_calm(done: Run) -> bool:
    """Say whether a run ended with findings that all have places, soon, and without much memory."""
    return (
        done.code == 1
        and done.stderr == ""
        and bool(done.findings)
        and all(f["path"] and f["line"] >= 1 and f["column"] >= 1 for f in done.findings)
        and done.seconds < SECONDS
        and done.megabytes < MEGABYTES
    )


def test_broken_turtle_of_others(tmp_path: Path) -> None:
    """Seventy ways to break a file: each is told at a place, and a sound one beside them is not."""
    for number, text in enumerate(BROKEN):
        (tmp_path / f"{number}.ttl").write_text(text)
    (tmp_path / "sound.ttl").write_text(HEAD)
    done = run(*sorted(p.name for p in tmp_path.glob("*.ttl")), cwd=tmp_path)
    told = {f["path"] for f in done.findings if f["code"] == "LK001"}

    assert is_calm(done)
    assert told == {f"{number}.ttl" for number in range(len(BROKEN))}


def test_broken_turtle_among_our_lists(tmp_path: Path) -> None:
    """The same as entries of a list."""
    files = {f"services/b{number}.ttl": "" for number in range(len(BROKEN))}
    root = write_repository(tmp_path, {**CLEAN, **files}, SETTINGS)
    for number, text in enumerate(BROKEN):
        (root / f"vocabularies/services/b{number}.ttl").write_text(text)
    done = run(cwd=root)
    told = {f["path"] for f in done.findings if f["code"] == "LK001"}

    assert is_calm(done)
    assert told == {f"vocabularies/services/b{number}.ttl" for number in range(len(BROKEN))}


def deep(opened: str, closed: str, number: int = 50_000) -> bytes:
    return (HEAD + "<urn:a> <urn:b> " + opened * number + "1" + closed * number + " .").encode()


LARGE: Final[dict[str, bytes]] = {
    "a 50 MB literal": (HEAD + "<urn:a> <urn:b> '" + "x" * 50_000_000 + "' .").encode(),
    "a 50 MB literal without an end": (HEAD + '<urn:a> <urn:b> """' + "x" * 50_000_000).encode(),
    "a 50 MB name": (HEAD + "<urn:" + "x" * 50_000_000 + "> a <urn:b> .").encode(),
    "50,000 nested nodes": deep("[ <urn:p> ", "]"),
    "50,000 nested nodes without an end": deep("[ <urn:p> ", ""),
    "50,000 nested lists": deep("( ", ")"),
    "50,000 nested lists without an end": deep("( ", ""),
    "100,000 errors": (HEAD + "<urn:a> <urn:b> .\n" * 100_000).encode(),
    "a number of 100,000 digits": (HEAD + "<urn:a> <urn:b> " + "7" * 100_000 + " .").encode(),
    "random bytes": bytes(range(256)) * 4_000,
    "a program": Path(sys.executable).resolve().read_bytes()[:1_000_000],
    "nothing": b"",
}
HARMLESS: Final = {"50,000 nested lists", "50,000 nested nodes", "a number of 100,000 digits"}
"""What is odd and allowed in vocabularies of others."""


@pytest.mark.parametrize("name", LARGE)
def test_large_and_deep_files_of_others(tmp_path: Path, name: str) -> None:
    """Told at a place, within seconds and bounded memory."""
    (tmp_path / "a.ttl").write_bytes(LARGE[name])
    done = run("a.ttl", cwd=tmp_path)

    if name == "nothing":
        assert [f["code"] for f in done.findings] == ["LK401"]
    elif name in HARMLESS:
        assert (done.code, done.stderr) == (0, "")
        assert done.seconds < SECONDS
    else:
        assert is_calm(done)
        assert "LK400" not in {f["code"] for f in done.findings}  # what is wrong is known


@pytest.mark.parametrize("name", ["a 50 MB literal", "50,000 nested nodes", "100,000 errors"])
def test_large_and_deep_entries(tmp_path: Path, name: str) -> None:
    """The same among our lists."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / "vocabularies/services/7.ttl").write_bytes(LARGE[name])
    done = run("--no-cache", cwd=root)

    assert is_calm(done)
    assert "vocabularies/services/7.ttl" in {f["path"] for f in done.findings}


def bomb(depth: int) -> str:
    rest = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    return (
        f'<!DOCTYPE rdf:RDF [<!ENTITY e0 "0123456789">{rest}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
        f'<rdf:Description rdf:about="urn:a"><e:b>&e{depth - 1};</e:b></rdf:Description></rdf:RDF>'
    )


OTHERS: Final[dict[str, bytes]] = {
    "bomb.rdf": bomb(9).encode(),
    "wide.rdf": bomb(9).encode("utf-16"),
    "outside.rdf": bomb(2).replace('"0123456789"', 'SYSTEM "file:///etc/passwd"').encode(),
    "cut.rdf": bomb(1)[:-20].encode(),
    "empty.rdf": b"",
    "deep.rdf": b"<a>" * 200_000,
    "deep.jsonld": b'{"a":' * 200_000,
    "list.jsonld": b"[" * 200_000 + b"]" * 200_000,
    "remote.jsonld": b'{"@context": "http://127.0.0.1:9/", "@id": "urn:a"}',
    "empty.json": b"",
    "bytes.nt": bytes(range(256)) * 400,
    "bytes.nq": bytes(range(256)) * 400,
    "bytes.trig": bytes(range(256)) * 400,
}


def test_hostile_files_of_other_syntaxes(tmp_path: Path) -> None:
    """Each is told; none is waited for."""
    for name, data in OTHERS.items():
        (tmp_path / name).write_bytes(data)
    done = run(*OTHERS, cwd=tmp_path)

    assert is_calm(done)
    assert {f["path"] for f in done.findings} == set(OTHERS)


def test_what_is_no_file(tmp_path: Path) -> None:
    """A pipe, a folder, a device, and a file that may not be read."""
    os.mkfifo(tmp_path / "pipe.ttl")
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "secret.ttl").write_text(HEAD)
    (tmp_path / "secret.ttl").chmod(0)
    names = ["pipe.ttl", "folder.ttl", "/dev/zero", "x" * 300 + ".ttl"]
    if os.geteuid() != 0:
        names.append("secret.ttl")  # nothing is secret from the one who may do everything
    done = run(*names, "--input-format", "turtle", cwd=tmp_path)

    assert is_calm(done)
    assert {f["code"] for f in done.findings} == {"LK003"}
    assert {f["path"] for f in done.findings} == set(names)


SHAPE: Final = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "<urn:s> a sh:NodeShape ; sh:targetClass skos:Concept ;\n"
)
CROSS: Final = (
    "sh:sparql [ sh:select 'SELECT $this WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l ."
    " FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i), STR(?l))) < 0) $this a ?m }' ] ."
)
SHAPES: Final = [
    ("", "<urn:a>", "LK342", 1),
    ("", "<urn:a> <urn:b> <urn:c> .", "LK342", 1),
    (SHAPE, "sh:property [ sh:path skos:notation ; sh:pattern '(a+)+\\\\1$' ] .", "LK341", 4),
    (SHAPE, "sh:node <urn:s> .", "LK342", 3),
    (SHAPE, "sh:property [ sh:path skos:broader ; sh:node <urn:s> ] .", "LK342", 3),
    (SHAPE, "sh:minCount true .", "LK342", 3),
    (SHAPE, "<http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/> .", "LK340", 4),
    (SHAPE, "sh:js [ sh:jsLibrary <http://127.0.0.1:9/> ] .", "LK340", 4),
    (SHAPE, "sh:sparql [ sh:select 'SELECT $this WHERE {' ] .", "LK342", 3),
    (SHAPE, CROSS, "LK343", 3),
]


def found(root: Path, shapes: str) -> tuple[Finding, ...]:
    """Check lists with some shapes and little patience."""
    folder = root / "shapes"
    folder.mkdir(exist_ok=True)
    (folder / "own.ttl").write_text(shapes)
    return check(load(open_workspace(root)), shapes_folder=folder, patience=1).findings


@pytest.mark.parametrize(("head", "shape", "code", "line"), SHAPES)
def test_hostile_shapes(tmp_path: Path, head: str, shape: str, code: str, line: int) -> None:
    """Each is told at its place in the file of shapes, and stopped in time."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    start = time.monotonic()
    told = {(f.code, f.path, f.line) for f in found(root, head + shape)}

    assert (code, "shapes/own.ttl", line) in told
    assert time.monotonic() - start < 10


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """Listen on a port of this machine; give its address and who asked."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()
        thread = threading.Thread(target=_accept, args=(server, asked, stop))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", asked
        stop.set()
        thread.join()


def _accept(server: socket.socket, asked: list[str], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            connection, address = server.accept()
        except TimeoutError:
            continue
        asked.append(str(address))
        connection.close()


SERVICES: Final = [
    "SERVICE <{url}> {{ ?a ?b ?c }} $this a ?d",
    "\\\\u0053ERVICE <{url}> {{ ?a ?b ?c }} $this a ?d",
    "$this ?p true.SERVICE <{url}> {{ ?a ?b ?c }}",
    "SERVICE SILENT <{url}> {{ ?a ?b ?c }} $this a ?d",
    "{{ SELECT $this {{ SERVICE <{url}> {{ $this ?b ?c }} }} }}",
]


@pytest.mark.parametrize("where", SERVICES)
def test_no_shape_asks_another_machine(tmp_path: Path, where: str) -> None:
    """Planning a query with SERVICE would ask it already; it is refused before."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / "shapes").mkdir()
    with listener() as (url, asked):
        query = f"SELECT $this WHERE {{ {where.format(url=url)} }}"
        (root / "shapes/own.ttl").write_text(SHAPE + f"sh:sparql [ sh:select '{query}' ] .")
        done = run(cwd=root)

    assert asked == []
    assert "Traceback" not in done.stderr
    assert [f["code"] for f in done.findings] == ["LK342"]


def test_no_file_asks_another_machine(tmp_path: Path) -> None:
    """Contexts, entities and document types are not fetched."""
    with listener() as (url, asked):
        (tmp_path / "a.jsonld").write_text(f'{{"@context": "{url}", "@id": "urn:a"}}')
        text = bomb(1).replace('"0123456789"', f'SYSTEM "{url}"')
        (tmp_path / "b.rdf").write_text(text)
        (tmp_path / "c.rdf").write_text(f'<!DOCTYPE a SYSTEM "{url}">{bomb(1).split("]>")[1]}')
        done = run("a.jsonld", "b.rdf", "c.rdf", cwd=tmp_path)

    assert asked == []
    assert sorted(f["path"] for f in done.findings) == ["a.jsonld", "b.rdf", "c.rdf"]
