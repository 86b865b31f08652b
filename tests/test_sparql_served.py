"""The endpoint as it is run: a server with its worker, clients that mean no good, releases."""

from __future__ import annotations

import csv
import io
import statistics
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode

from checkout import make_checkout
from sample import write_sample
from test_cli_serve import Served, serving

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = " ".join(map(str, range(30)))
EXPENSIVE = (
    f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?v{i} {{ {NUMBERS} }}' for i in range(8))} }}"
)
CLIENTS = 20


def ask(served: Served, path: str) -> tuple[int, float]:
    """Status of an answer, and the milliseconds it took."""
    began = time.perf_counter()
    try:
        with served.open(path) as reply:
            reply.read()
            status = reply.status
    except HTTPError as error:
        status = error.code
        error.close()
    return status, (time.perf_counter() - began) * 1000


def typical(served: Served) -> float:
    """Median of the milliseconds that a description takes."""
    return statistics.median(ask(served, "/service/559.ttl")[1] for _ in range(100))


def test_the_server_stays_at_speed(tmp_path: Path) -> None:
    """Twenty clients ask for too much: each is told so, and others notice nothing."""
    with serving(folder=write_sample(tmp_path)) as served:
        served.said_next()
        assert ask(served, "/sparql?query=ASK%7B%7D")[0] == 200
        before = typical(served)
        statuses: Counter[int] = Counter()
        path = f"/sparql?{urlencode({'query': EXPENSIVE})}"
        clients = [
            threading.Thread(target=lambda: statuses.update([ask(served, path)[0]]))
            for _ in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        during = typical(served)
        for client in clients:
            client.join()

        assert statuses == {503: CLIENTS}
        assert during < 10 * before + 20
        assert ask(served, "/sparql?query=ASK%7B%7D")[0] == 200


LIST = '<list/needs> a skos:ConceptScheme ; def:segment "need" .\n'
NEED = '<need/{0}> a skos:Concept ; skos:notation "{0}" ; skos:prefLabel "{1}"@en .\n'

RENAMED = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?was ?is {
  ?need skos:prefLabel ?is .
  GRAPH <release/2026.01> { ?need skos:prefLabel ?was }
  FILTER(?was != ?is)
}"""


def test_releases_are_asked_beside_the_lists_of_today(tmp_path: Path) -> None:
    """What was renamed since a release is one query; the description names the release."""
    checkout = make_checkout(tmp_path)
    checkout.commit({"needs/list.ttl": LIST, "needs/1.ttl": NEED.format(1, "Company")})
    checkout.release("2026.01")
    checkout.commit({"needs/1.ttl": NEED.format(1, "Social contact")})
    release = "https://lists.example.org/release/2026.01"
    asked = {
        "query": RENAMED,
        "default-graph-uri": "https://lists.example.org/id/catalogue",
        "named-graph-uri": release,
        "format": "csv",
    }
    with serving("--allow-findings", folder=checkout.root) as served:
        with served.open("/sparql") as description:
            told = description.read().decode()
        with served.open(f"/sparql?{urlencode(asked)}") as reply:
            found = reply.read().decode()

    assert f"sd:name <{release}>" in told
    assert list(csv.reader(io.StringIO(found)))[1:] == [["Company", "Social contact"]]
