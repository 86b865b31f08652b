"""Rendering documents of the lists, against making the same entry's JSON."""

from __future__ import annotations

from pathlib import Path

from listkeeper.edition import load
from listkeeper.publish.publication import Publication
from listkeeper.store.workspace import open_workspace
from timing import in_turn, table

ROOT = Path(__file__).resolve().parent.parent
ENTRY, LIST = "/service/437", "/list/services"


def main() -> None:
    """Print the figures."""
    edition = load(open_workspace(ROOT))
    publication = Publication(edition, templates=ROOT / "site_templates", cache_bytes=0)
    paths = {
        "an entry's JSON": f"{ENTRY}.json",
        "an entry's page": ENTRY,
        "an entry's Turtle": f"{ENTRY}.ttl",
        "the list's page, 100 of 1,521 rows": LIST,
        "the list's CSV": f"{LIST}.csv",
        "the list's XLSX": f"{LIST}.xlsx",
        "the list's Turtle": f"{LIST}.ttl",
    }
    documents = {name: publication.documents[path] for name, path in paths.items()}
    acts = {
        name: lambda document=document: publication.render(document)
        for name, document in documents.items()
    }
    print(table("Rendering, nothing cached", in_turn(acts, 7)))


if __name__ == "__main__":
    main()
