"""A Linked Data Event Stream: the versions of everything that changed, a page for each release.

https://semiceu.github.io/LinkedDataEventStreams/ and https://treecg.github.io/specification/. A
member is what an entry was in a release. Pages never change; the view grows by a relation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pyoxigraph as ox

from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import DCT, PROV, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.graph import Term, Triple
    from listkeeper.publish.feeds.announcing import Announced, Issue

LDES: Final = "https://w3id.org/ldes#"
TREE: Final = "https://w3id.org/tree#"
AS: Final = "https://www.w3.org/ns/activitystreams#"
CONTENT_TYPE: Final = "text/turtle; charset=utf-8"
DATE_TIME: Final = URINode(XSD + "dateTime")
TIMESTAMP: Final = URINode(PROV + "generatedAtTime")
VERSION_OF: Final = URINode(DCT + "isVersionOf")


def view(base: str, name: str, issues: Sequence[Issue]) -> bytes:
    """Write the first node: the stream, and a relation to the page of each release.

    Args:
        base: the base URI.
        name: the list or subset; empty for all.
        issues: the releases, the oldest first.
    """
    stream, node = _stream(base, name), URINode(_folder(base, name) + "ldes.ttl")
    triples: list[Triple] = list(_described(stream, node))
    for issue in issues:
        page = URINode(_page(base, name, issue))
        relation = URINode(f"{node.value}#{issue.name}")
        facts: list[tuple[str, Term]] = [
            (RDF + "type", URINode(TREE + "GreaterThanOrEqualToRelation")),
            (TREE + "node", page),
            (TREE + "path", TIMESTAMP),
            (TREE + "value", _moment(issue)),
        ]
        triples.append((node, URINode(TREE + "relation"), relation))
        triples += [(relation, URINode(name_), term) for name_, term in facts]
    return _written(triples, base)


def page(base: str, name: str, issue: Issue, edition: Edition) -> bytes:
    """Write the page of one release: what each thing that changed was in it.

    Args:
        base: the base URI.
        name: the list or subset; empty for all.
        issue: the release, with what is about the list alone.
        edition: the release opened.
    """
    stream, node = _stream(base, name), URINode(_page(base, name, issue))
    triples: list[Triple] = list(_described(stream, node))
    for about in issue.announced:
        version = URINode(_version_uri(base, about.uri, issue.name))
        triples.append((stream, URINode(TREE + "member"), version))
        triples += _version(version, about, issue, edition)
    return _written(triples, base)


def _version_uri(base: str, uri: str, release: str) -> str:
    """Name what something was in a release: by where that is answered, for what is ours."""
    if uri.startswith(base):
        return f"{base}release/{release}/{uri.removeprefix(base)}"
    return f"{base}release/{release}/#{quote(uri, safe='')}"


def _version(
    version: URINode, about: Announced, issue: Issue, edition: Edition
) -> Iterator[Triple]:
    """Tell what something was: its statements, said of the version."""
    thing = URINode(about.uri)
    yield version, VERSION_OF, thing
    yield version, TIMESTAMP, _moment(issue)
    if about.act == "Delete":
        yield version, RDF_TYPE, URINode(AS + "Delete")
        return
    for predicate, terms in edition.published.properties(thing).items():
        for term in terms:
            if predicate not in {VERSION_OF, TIMESTAMP}:
                yield version, predicate, term


def _described(stream: URINode, node: URINode) -> Iterator[Triple]:
    yield stream, RDF_TYPE, URINode(LDES + "EventStream")
    yield stream, URINode(LDES + "timestampPath"), TIMESTAMP
    yield stream, URINode(LDES + "versionOfPath"), VERSION_OF
    yield stream, URINode(TREE + "view"), node
    yield node, RDF_TYPE, URINode(TREE + "Node")


def _stream(base: str, name: str) -> URINode:
    return URINode(f"{_folder(base, name)}ldes.ttl#stream")


def _folder(base: str, name: str) -> str:
    return f"{base}feeds/{f'{name}/' if name else ''}"


def _page(base: str, name: str, issue: Issue) -> str:
    return f"{_folder(base, name)}ldes/{issue.name}.ttl"


def _moment(issue: Issue) -> Literal:
    return Literal(f"{issue.date:%Y-%m-%dT%H:%M:%SZ}", datatype=DATE_TIME)


def _written(triples: Sequence[Triple], base: str) -> bytes:
    prefixes = {"ldes": LDES, "tree": TREE, "dct": DCT, "prov": PROV, "xsd": XSD}
    written = ox.serialize(
        [ox.Triple(*triple) for triple in triples],
        format=ox.RdfFormat.TURTLE,
        prefixes=prefixes,
        base_iri=base,
    )
    return bytes(written or b"")
