"""``listkeeper build``, as typed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from checkout import make_checkout
from listkeeper.cli.hints import hints
from published import DEFINITIONS, LIST, need, published, text
from repository import write_repository
from sample import write_sample


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small lists repository."""
    return write_sample(tmp_path / "lists")


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Type a command."""
    command = [str(Path(sys.executable).parent / "listkeeper"), "build", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_it_writes_the_site_and_says_how_much(repository: Path, tmp_path: Path) -> None:
    """From any folder of the repository; what it says goes to stderr."""
    done = run("--out", str(tmp_path / "site"), cwd=repository / "vocabularies" / "services")

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("wrote ")
    assert (tmp_path / "site" / "service" / "559.ttl").is_file()


def test_the_repository_may_be_named(repository: Path, tmp_path: Path) -> None:
    """With -C."""
    done = run("-C", str(repository), "--out", "site", cwd=tmp_path)

    assert done.returncode == 0
    assert (tmp_path / "site" / "index.html").is_file()


def test_a_dry_run_writes_nothing(repository: Path, tmp_path: Path) -> None:
    """It says what it would do."""
    done = run("--dry-run", "--out", str(tmp_path / "site"), cwd=repository)

    assert (done.returncode, done.stderr[:12]) == (0, "would write ")
    assert not (tmp_path / "site").exists()


def test_a_file_that_cannot_be_read_stops_the_build(repository: Path, tmp_path: Path) -> None:
    """Every such file is told at its place; nothing is written."""
    broken = repository / "vocabularies" / "needs" / "69.ttl"
    broken.write_text(broken.read_text().replace('"69"', '"69'))

    done = run("--out", str(tmp_path / "site"), cwd=repository)

    assert done.returncode == 1
    assert done.stderr.startswith("vocabularies/needs/69.ttl:")
    assert done.stderr.splitlines()[-1].startswith("listkeeper: not built for ")
    assert not (tmp_path / "site").exists()


def test_lists_that_break_the_load_rules_may_be_built_all_the_same(
    repository: Path, tmp_path: Path
) -> None:
    """When asked for: a link that leads nowhere is then published as it stands."""
    need_file = repository / "vocabularies" / "needs" / "69.ttl"
    need_file.write_text(need_file.read_text().replace('"69" ;', '"69" ; skos:broader <need/1> ;'))

    refused = run("--out", str(tmp_path / "site"), cwd=repository)
    allowed = run("--allow-findings", "--out", str(tmp_path / "site"), cwd=repository)

    assert (refused.returncode, allowed.returncode) == (1, 0)
    assert "vocabularies/needs/69.ttl:" in refused.stderr
    assert (tmp_path / "site" / "need" / "69.ttl").is_file()


def test_a_format_that_cannot_carry_the_lists_is_told(tmp_path: Path) -> None:
    """The others are written, and the exit code tells that something is missing."""
    files = {"definitions.ttl": DEFINITIONS, "needs/list.ttl": LIST}
    write_repository(tmp_path, {**files, "needs/6.ttl": need(6, label="-1")})

    done = run("--out", "site", cwd=tmp_path)

    assert done.returncode == 1
    assert "need/6.csv left out: vocabularies/needs/6.ttl: need/6: Label begins" in done.stderr
    assert (tmp_path / "site" / "need" / "6.ttl").is_file()


@pytest.mark.parametrize(
    ("words", "message"),
    [((), "Missing option '--out'"), (("--out", "."), "is not an earlier build")],
)
def test_wrong_words(words: tuple[str, ...], message: str, repository: Path) -> None:
    """Exit code 2 and one line that says what to do."""
    done = run(*words, cwd=repository)

    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_build_makes_only_what_changed(repository: Path, tmp_path: Path) -> None:
    """And says how much that was."""
    site = str(tmp_path / "site")
    run("--out", site, cwd=repository)
    entry = repository / "vocabularies" / "needs" / "69.ttl"
    entry.write_text(entry.read_text().replace('"69" ;', '"69" ; skos:scopeNote "New."@en ;'))

    done = run("--out", site, cwd=repository)

    counts = re.search(r"wrote ([\d,]+) files.*: ([\d,]+) made anew, ([\d,]+) changed", done.stderr)
    assert counts
    files, anew, changed = (int(count.replace(",", "")) for count in counts.groups())
    assert 5 < changed <= anew < files / 3


@pytest.mark.parametrize("host", ["nginx", "caddy", "apache"])
def test_rules_are_printed_and_nothing_is_built(host: str, tmp_path: Path) -> None:
    """For the folder that is named; no lists are needed."""
    done = run("--rules", host, "--out", "site", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "text/turtle; charset=utf-8" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_releases_are_part_of_the_site(tmp_path: Path) -> None:
    """Each below its own address, as it was; left out on request."""
    checkout = make_checkout(tmp_path / "lists")
    files = {"definitions.ttl": DEFINITIONS, "needs/list.ttl": LIST, "needs/6.ttl": need(6)}
    checkout.commit(files)
    checkout.release("2026.11")
    checkout.commit({**files, "needs/6.ttl": need(6, label="Renamed")})

    done = run("--out", str(tmp_path / "site"), cwd=checkout.root)
    run("--no-releases", "--out", str(tmp_path / "bare"), cwd=checkout.root)

    assert done.returncode == 0, done.stderr
    released = tmp_path / "site" / "release" / "2026.11"
    assert '"Company"@en' in (released / "need" / "6.ttl").read_text()
    assert '"Renamed"@en' in (tmp_path / "site" / "need" / "6.ttl").read_text()
    assert (released / "index.html").is_file()
    assert not (tmp_path / "bare" / "release").exists()


def test_the_lines_to_begin_with_work_for_a_vocabulary_of_others(tmp_path: Path) -> None:
    """Its identifiers are not answered here, so nothing leads to one below /id/."""
    whole = """<http://rocks.example/s> a skos:ConceptScheme . <http://rocks.example/basalt>
        a skos:Concept ; skos:inScheme <http://rocks.example/s> ; skos:notation "basalt" ;
        skos:prefLabel "Basalt"@en ."""
    publication = published(tmp_path, {"rocks.ttl": whole}, lists=LIST)

    lines = hints(publication, "http://127.0.0.1:8000", tmp_path)
    addresses = re.findall(r"http://127\.0\.0\.1:8000(\S+)", "\n".join(lines))
    about = text(publication, "/about")

    assert addresses
    assert all(publication.find(address) for address in addresses)
    assert "/id/" not in "".join(addresses)
    (shown,) = re.findall(r"curl -sL [^\n]*?http://127\.0\.0\.1:8000(/[^\s<]+)", about)
    assert publication.find(shown)
