"""The namespaces in use, their prefixes, and the fixed order predicates are written in.

Our own terms live under the base URI of the lists (``{base}def/``), so they move with it:
a term is named here by its local name and minted by :mod:`listkeeper.uris`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

ADMS: Final = "http://www.w3.org/ns/adms#"
CPSV: Final = "http://purl.org/vocab/cpsv#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCT: Final = "http://purl.org/dc/terms/"
ELI: Final = "http://data.europa.eu/eli/ontology#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "https://schema.org/"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SKOSXL: Final = "http://www.w3.org/2008/05/skos-xl#"
SPDX: Final = "http://spdx.org/rdf/terms#"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
VOID: Final = "http://rdfs.org/ns/void#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final = MappingProxyType(
    {
        "adms": ADMS,
        "cpsv": CPSV,
        "dcat": DCAT,
        "dct": DCT,
        "eli": ELI,
        "foaf": FOAF,
        "owl": OWL,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "sh": SH,
        "skos": SKOS,
        "skosxl": SKOSXL,
        "spdx": SPDX,
        "vcard": VCARD,
        "void": VOID,
        "xsd": XSD,
    }
)
"""Prefix to namespace; ``def`` is added by :func:`listkeeper.uris.Minter.prefixes`."""

FORMER_ADDRESS: Final = "http://id.esd.org.uk/"
"""Where the Local Government Association's own identifiers live."""
