"""The static build against its parts: rendering the same pages by Jinja alone, writing the bytes.

Everything happens on tmpfs where there is one. Four formats of 12,000 entries (pages, Turtle,
JSON-LD, JSON), and then the whole site; ten entries edited and built again.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from large import write_large
from listkeeper.edition import load
from listkeeper.publish.page_concept import concept_view
from listkeeper.publish.page_data import term_data
from listkeeper.publish.page_downloads import downloads
from listkeeper.publish.page_entries import Linker
from listkeeper.publish.page_frame import frame
from listkeeper.publish.page_index import PageIndex
from listkeeper.publish.pages import Pages
from listkeeper.publish.publication import Publication
from listkeeper.publish.resources import ResourceKind
from listkeeper.publish.site import build
from listkeeper.store.workspace import open_workspace
from listkeeper.workers import processors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from listkeeper.publish.publication import Document
    from listkeeper.publish.site import Built

ROOT: Final = Path(__file__).resolve().parent.parent
TEMPLATES: Final = ROOT / "site_templates"
FORMATS: Final = frozenset({"html", "turtle", "json-ld", "json"})
EDITS: Final = 10
FASTEST: Final = Path("/dev/shm")  # noqa: S108 - tmpfs, in a folder of our own


class FourFormats(Publication):
    """The entries alone, in four formats."""

    @property
    def documents(self) -> Mapping[str, Document]:  # type: ignore[override] # cached there
        """Every document of an entry in one of the formats."""
        found = {d.path: d for d in self._formats() if d.kind == "format"}
        return {path: d for path, d in found.items() if _is_counted(d)}


def _is_counted(document: Document) -> bool:
    resource, row = document.resource, document.representation
    is_concept = resource is not None and resource.kind is ResourceKind.CONCEPT
    return is_concept and row is not None and row.name in FORMATS


@contextmanager
def clock(seconds: dict[str, float], name: str) -> Iterator[None]:
    """Time what is done."""
    start = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - start


def jinja_alone(publication: Publication) -> float:
    """Render the pages of all entries from views that are ready; give the seconds."""
    edition = publication.edition
    index, pages = PageIndex(edition), Pages(edition, TEMPLATES)
    ready = []
    for concept in edition.vocabulary.concepts.values():
        linker = Linker(index, f"/{concept.address}")
        offered = downloads(ResourceKind.CONCEPT, concept.address, linker)
        around = frame(linker, concept.notation, (), offered, "")
        view, data = concept_view(concept, linker, ""), term_data(edition, concept)
        ready.append({"frame": around, "downloads": offered, "page": view, "data": data})
    render = pages._template("concept.html")  # noqa: SLF001 - the template and nothing around it
    start = time.perf_counter()
    for view in ready:
        render(**view)
    return time.perf_counter() - start


def write_alone(site: Path, folder: Path) -> float:
    """Write the bytes of a site once more, as plainly as can be; give the seconds."""
    files = [(f.relative_to(site).as_posix(), f.read_bytes()) for f in site.rglob("*.*")
             if f.is_file()]  # fmt: skip
    start = time.perf_counter()
    made: set[Path] = set()
    for name, data in files:
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)
    return time.perf_counter() - start


def publication_of(lists: Path, kind: type[Publication]) -> Publication:
    """Read the lists and publish them."""
    edition = load(open_workspace(lists))
    _ = edition.published
    return kind(edition, templates=TEMPLATES)


def edit(lists: Path, seed: int, names: tuple[str, ...]) -> None:
    """Change the definition of ten entries of some lists."""
    files = sorted(f for name in names for f in (lists / "vocabularies" / name).glob("*/*.ttl"))
    for file in random.Random(seed).sample(files, EDITS):  # noqa: S311 - which files is no secret
        text = file.read_text("utf-8")
        file.write_text(text.replace('skos:definition "', f'skos:definition "{seed} ', 1), "utf-8")


def told(name: str, seconds: float, built: Built) -> str:
    """Write a line about a build."""
    return (
        f"  {name:44} {seconds:7.2f} s  {built.files:7,} files  {built.bytes / 1e6:6.1f} MB"
        f"  {built.rendered:7,} rendered"
    )


def measure(lists: Path, folder: Path, kind: type[Publication], title: str) -> None:
    """Print the figures of one selection of documents."""
    print(f"{title}, {processors()} processors")
    seconds: dict[str, float] = {}
    publication = publication_of(lists, kind)
    jinja = jinja_alone(publication)
    for name, processes in (("one process", 1), ("all processors", processors())):
        fresh = publication_of(lists, kind)
        with clock(seconds, name):
            built = build(fresh, folder / name, processes=processes)
        print(told(f"build, {name}", seconds[name], built))
    writing = write_alone(folder / "one process", folder / "plain")
    floor = jinja + writing
    pages = len(publication.edition.vocabulary.concepts)
    print(
        f"  {'Jinja alone, the same pages':44} {jinja:7.2f} s  {pages / jinja:,.0f} pages a second"
    )
    print(f"  {'writing alone, the same bytes':44} {writing:7.2f} s")
    for name in ("one process", "all processors"):
        print(f"  {'build / (Jinja + writing), ' + name:44} {seconds[name] / floor:7.2f} x")
    print(f"  bytes a file: {built.bytes / built.files:,.0f};"
          f" files a second: {built.files / seconds['all processors']:,.0f}")  # fmt: skip
    for number, (where, names) in enumerate(EDITED.items(), 1):
        edit(lists, number, names)
        fresh = publication_of(lists, kind)
        with clock(seconds, where):
            again = build(fresh, folder / "one process")
        share = seconds[where] / seconds["one process"]
        print(told(f"{EDITS} edits {where}", seconds[where], again), f" {share:.1%} of all")


EDITED: Final = {
    "in a list of a twelfth": ("functions",),
    "in all lists": ("services", "needs", "circumstances", "functions"),
}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=12_000)
    entries = parser.parse_args().entries
    parent = FASTEST if FASTEST.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="listkeeper-build-", dir=parent))
    try:
        lists = write_large(folder / "lists", entries)
        measure(lists, folder / "four", FourFormats, f"{entries:,} entries in 4 formats")
        measure(lists, folder / "whole", Publication, "The whole site")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
