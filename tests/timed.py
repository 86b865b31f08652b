"""Lists with a past, for tests: three releases, one that is broken, and a draft; and their site."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from asking import Site
from checkout import Checkout, make_checkout
from listkeeper.edition import load
from listkeeper.publish.publication import Publication
from listkeeper.release.past import Past
from listkeeper.store.workspace import open_workspace
from listkeeper.web.app import create_app
from listkeeper.web.serving import Serving
from published import DEFINITIONS, LIST, TEMPLATES, need

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listkeeper.store.cache import Cache

FIRST, SECOND, THIRD, BROKEN = "2026.01", "2026.02", "2026.03", "2026.04"
ONE, TWO, DRAFT = "needs/10001.ttl", "needs/10002.ttl", "needs/10003.ttl"


def released_lists(folder: Path) -> Checkout:
    """Release three times; 10001 is renamed in the second, 10002 comes with the third."""
    made = make_checkout(folder)
    made.commit({"definitions.ttl": DEFINITIONS, "needs/list.ttl": LIST, ONE: need(10001)}, "Begin")
    made.release(FIRST)
    made.commit({ONE: need(10001, label="Fellowship")}, "Call it fellowship")
    made.release(SECOND)
    made.commit({TWO: need(10002, label="<b>Shelter</b> & more")}, "Add shelter")
    made.release(THIRD)
    made.commit({DRAFT: need(10003, label="Warmth")}, "Add warmth")
    return made


def broken_release(made: Checkout) -> None:
    """Release a commit whose settings are no settings, and put them right again."""
    made.commit({}, "Break the settings", settings="format = ")
    made.release(BROKEN)
    made.commit({}, "Put them right")


@contextmanager
def timed_site(made: Checkout, cache: Cache | None = None) -> Iterator[Site]:
    """Serve the working tree with its past, in this process."""
    with made.open() as repository:
        edition = load(open_workspace(made.root))
        serving = Serving(Publication(edition, templates=TEMPLATES, timed=True))
        serving.past = Past(repository, TEMPLATES, cache)
        yield Site(serving=serving, app=create_app(serving))
