"""Reading what a concept keeps on hash IRIs of its own: former labels, records, provisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from listkeeper.graph import RDF_TYPE, Graph, URINode
from listkeeper.legislation import Enactment, Evidence, Provision, Rule
from listkeeper.model import FormerLabel, NoneKnown, Text, TextRecord
from listkeeper.namespaces import SKOSXL
from listkeeper.store import properties as table
from listkeeper.uris import URI, Minter, natural_key

if TYPE_CHECKING:
    from collections.abc import Mapping


class PartsReader:
    """Reads the parts of concepts in one graph."""

    def __init__(self, graph: Graph, minter: Minter) -> None:
        """Bind the tables to the minter's terms."""
        self._graph = graph
        self._former = URINode(SKOSXL + "hiddenLabel")
        self._record = URINode(minter.term("textRecord"))
        self._none_known = URINode(minter.term("noneKnown"))
        self._provision_link = URINode(minter.term("provision"))
        self._legislation_type = URINode(minter.term("legislationType"))
        self._rules = {URINode(minter.term(name)) for name in ("Power", "Duty")}
        self._fields = {
            FormerLabel: table.bind(table.FORMER_LABEL_FIELDS, minter),
            TextRecord: table.bind(table.TEXT_RECORD_FIELDS, minter),
            NoneKnown: table.bind(table.NONE_KNOWN_FIELDS, minter),
            Provision: table.bind(table.PROVISION_FIELDS, minter),
            Evidence: table.bind(table.EVIDENCE_FIELDS, minter),
            Enactment: table.bind(table.ENACTMENT_FIELDS, minter),
            Rule: table.bind(table.RULE_FIELDS, minter),
        }

    def read(self, properties: Mapping[URINode, table.Terms]) -> dict[str, Any]:
        """Read the parts that a concept's properties name, as fields of the concept."""
        found: dict[str, Any] = {}
        if self._former in properties:
            found["former_labels"] = tuple(map(self._label, self._nodes(properties, self._former)))
        if self._record in properties:
            found["text_records"] = tuple(map(self._text, self._nodes(properties, self._record)))
        if self._none_known in properties:
            found["none_known"] = tuple(map(self._none, self._nodes(properties, self._none_known)))
        if self._legislation_type in properties:
            found["enactment"] = self._enactment(properties)
        if self._rules.intersection(properties.get(RDF_TYPE, ())):
            found["rule"] = self._rule(properties)
        return found

    def _nodes(
        self, properties: Mapping[URINode, table.Terms], predicate: URINode
    ) -> list[URINode]:
        nodes = (term for term in properties.get(predicate, ()) if isinstance(term, URINode))
        return sorted(nodes, key=lambda node: natural_key(node.value))

    def _values(self, kind: type, node: URINode) -> dict[str, Any]:
        return table.fill(self._fields[kind], self._graph.properties(node))

    def _label(self, node: URINode) -> FormerLabel:
        values = self._values(FormerLabel, node)
        return FormerLabel(uri=URI(node.value), **{"label": Text(value=""), **values})

    def _text(self, node: URINode) -> TextRecord:
        empty = dict.fromkeys(("about", "language", "status", "date", "author_role"), "")
        return TextRecord(uri=URI(node.value), **{**empty, **self._values(TextRecord, node)})

    def _none(self, node: URINode) -> NoneKnown:
        empty = dict.fromkeys(("link_type", "date", "looked_at"), "")
        return NoneKnown(uri=URI(node.value), **{**empty, **self._values(NoneKnown, node)})

    def _provision(self, node: URINode) -> Provision:
        empty = dict.fromkeys(("legislation", "kind", "number", "role"), "")
        values = {**empty, **self._values(Provision, node)}
        return Provision(uri=URI(node.value), evidence=self._evidence(node), **values)

    def _evidence(self, node: URINode) -> Evidence:
        empty = dict.fromkeys(("address", "date", "heading", "version"), "")
        return Evidence(**{**empty, **self._values(Evidence, node)})

    def _enactment(self, properties: Mapping[URINode, table.Terms]) -> Enactment:
        empty = dict.fromkeys(("type", "year", "number"), "")
        return Enactment(**{**empty, **table.fill(self._fields[Enactment], properties)})

    def _rule(self, properties: Mapping[URINode, table.Terms]) -> Rule:
        provisions = tuple(map(self._provision, self._nodes(properties, self._provision_link)))
        return Rule(provisions=provisions, **table.fill(self._fields[Rule], properties))
