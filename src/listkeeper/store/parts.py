"""Reading what a concept keeps on hash IRIs of its own: former labels, records, provisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from listkeeper.graph import URINode
from listkeeper.legislation import Enactment, Evidence, Provision, Rule
from listkeeper.model import FormerLabel, NoneKnown, Text, TextRecord
from listkeeper.namespaces import SKOSXL
from listkeeper.store import properties as table
from listkeeper.uris import URI, natural_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from listkeeper.graph import Graph
    from listkeeper.uris import Minter


class PartsReader:
    """Reads the parts of concepts in one graph."""

    def __init__(self, graph: Graph, minter: Minter) -> None:
        """Bind the tables to the minter's terms."""
        self._graph = graph
        self._provisions = URINode(minter.term("provision"))
        self._legislation = minter.term("Legislation")
        self._rules = {minter.term(name) for name in ("Power", "Duty")}
        self._fields = {
            FormerLabel: table.bind(table.FORMER_LABEL_FIELDS, minter),
            TextRecord: table.bind(table.TEXT_RECORD_FIELDS, minter),
            NoneKnown: table.bind(table.NONE_KNOWN_FIELDS, minter),
            Provision: table.bind(table.PROVISION_FIELDS, minter),
            Evidence: table.bind(table.EVIDENCE_FIELDS, minter),
            Enactment: table.bind(table.ENACTMENT_FIELDS, minter),
            Rule: table.bind(table.RULE_FIELDS, minter),
        }
        self.fields: table.BoundFields = {
            URINode(SKOSXL + "hiddenLabel"): ("former_labels", self._each(self._label)),
            URINode(minter.term("textRecord")): ("text_records", self._each(self._text)),
            URINode(minter.term("noneKnown")): ("none_known", self._none_known),
        }
        """Fields of a concept that are filled from its parts."""

    def whole(self, types: Collection[str], properties: table.Properties) -> dict[str, Any]:
        """Read what fills a field from several properties: an enactment, a rule."""
        found: dict[str, Any] = {}
        if self._legislation in types:
            empty = dict.fromkeys(("type", "year", "number"), "")
            filled = table.fill(self._fields[Enactment], properties)
            found["enactment"] = Enactment(**{**empty, **filled})
        if not self._rules.isdisjoint(types):
            found["rule"] = self._rule(properties)
        return found

    def _each(self, read: Callable[[URINode], object]) -> Callable[[table.Terms], object]:
        """Make a reader of the nodes that a property names, in the order of their numbers."""
        return lambda terms: tuple([read(node) for node in _nodes(terms)])

    def _values(self, kind: type, node: URINode) -> dict[str, Any]:
        return table.fill(self._fields[kind], self._graph.properties(node))

    def _label(self, node: URINode) -> FormerLabel:
        values = self._values(FormerLabel, node)
        return FormerLabel(uri=URI(node.value), **{"label": Text(value=""), **values})

    def _text(self, node: URINode) -> TextRecord:
        empty = dict.fromkeys(("about", "language", "status", "date", "author_role"), "")
        return TextRecord(uri=URI(node.value), **{**empty, **self._values(TextRecord, node)})

    def _none_known(self, terms: table.Terms) -> tuple[NoneKnown, ...]:
        """Read records that none is known, one for each kind of link that a node names."""
        return tuple(record for node in _nodes(terms) for record in self._records(node))

    def _records(self, node: URINode) -> list[NoneKnown]:
        values = {"date": "", "looked_at": "", **self._values(NoneKnown, node)}
        kinds: tuple[URI, ...] = values.pop("link_types", ()) or (URI(""),)
        return [NoneKnown(uri=URI(node.value), link_type=kind, **values) for kind in kinds]

    def _provision(self, node: URINode) -> Provision:
        empty = dict.fromkeys(("legislation", "kind", "number", "role"), "")
        values = {**empty, **self._values(Provision, node)}
        return Provision(uri=URI(node.value), evidence=self._evidence(node), **values)

    def _evidence(self, node: URINode) -> Evidence:
        empty = dict.fromkeys(("address", "date", "heading", "version"), "")
        return Evidence(**{**empty, **self._values(Evidence, node)})

    def _rule(self, properties: table.Properties) -> Rule:
        nodes = _nodes(properties.get(self._provisions, ()))
        provisions = tuple([self._provision(node) for node in nodes])
        return Rule(provisions=provisions, **table.fill(self._fields[Rule], properties))


def _nodes(terms: table.Terms) -> list[URINode]:
    nodes = [term for term in terms if isinstance(term, URINode)]
    return sorted(nodes, key=lambda node: natural_key(node.value)) if len(nodes) > 1 else nodes
