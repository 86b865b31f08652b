"""Profiles: the same resource as different communities' specifications describe it.

``skos`` is how everything here is described anyway, and ``dcat`` how the catalogue is; the
others are made of the model when they are asked for (https://www.w3.org/TR/dx-prof-conneg/).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from listkeeper.publish import rdf
from listkeeper.publish.catalogue import describe_catalogue
from listkeeper.publish.profile_cpsv import cpsv_ap, has_cpsv_class
from listkeeper.publish.profile_schema import schema_org
from listkeeper.publish.publication import Document
from listkeeper.publish.representations import REPRESENTATIONS, distributions
from listkeeper.publish.resources import ResourceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from listkeeper.graph import Triple
    from listkeeper.publish.publication import Publication
    from listkeeper.publish.representations import Representation
    from listkeeper.publish.resources import Resource

CONCEPT, LIST, DEFINITIONS, CATALOGUE = ResourceKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """A specification that descriptions conform to."""

    token: str
    """Its name in ``?_profile=``."""
    uri: str
    label: str
    media_types: tuple[str, ...] = ("text/turtle", "application/ld+json")
    """Formats it is had in, in the server's order."""
    own: frozenset[ResourceKind] = frozenset()
    """Kinds of resources whose usual documents conform to it."""
    describe: Callable[[Publication, Resource], Sequence[Triple]] | None = None
    """Describes resources of other kinds; empty where it has nothing to say of one."""


def _dcat(publication: Publication, resource: Resource) -> Sequence[Triple]:
    """Take what the catalogue says of one list."""
    if resource.kind is not LIST:
        return ()
    everything = publication.resources.values()
    graph = describe_catalogue(publication.edition, everything, distributions())
    catalogue = publication.edition.vocabulary.catalogue
    about = (resource.uri, f"{resource.uri}#", f"{catalogue.uri if catalogue else ''}#")
    return tuple(t for t in graph if t[0].value == about[0] or t[0].value.startswith(about[1:]))


RDF_TYPES: Final = (
    "text/turtle",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-triples",
)

PROFILES: Final = (
    Profile(
        token="skos",  # noqa: S106 - the name of a specification
        uri="http://www.w3.org/2004/02/skos/core",
        label="SKOS",
        media_types=RDF_TYPES,
        own=frozenset({CONCEPT, LIST}),
    ),
    Profile(
        token="schema.org",  # noqa: S106 - the name of a vocabulary
        uri="https://schema.org/",
        label="schema.org",
        media_types=("application/ld+json", "text/turtle"),
        describe=schema_org,
    ),
    Profile(
        token="cpsv-ap",  # noqa: S106 - the name of a specification
        uri="https://semiceu.github.io/CPSV-AP/releases/3.2.0/",
        label="CPSV-AP 3.2.0",
        describe=cpsv_ap,
    ),
    Profile(
        token="dcat",  # noqa: S106 - the name of a specification
        uri="https://www.w3.org/TR/vocab-dcat-3/",
        label="DCAT 3",
        own=frozenset({CATALOGUE}),
        describe=_dcat,
    ),
)
"""Every profile, in the order the server prefers them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Profiled:
    """A resource in a profile and a format."""

    profile: Profile
    row: Representation
    address: str
    """Path and query of its URL, without the leading slash."""
    is_extra: bool
    """Whether it is a document of its own, beside those that the resource has anyway."""

    @property
    def content_type(self) -> str:
        """The ``Content-Type`` of its document."""
        return self.row.content_type


def profile_of(kind: ResourceKind, row: Representation) -> Profile | None:
    """Give the profile that the usual documents of a kind in a format conform to."""
    found = (p for p in PROFILES if kind in p.own and row.media_type in p.media_types)
    return next(found, None)


def profiled(publication: Publication, resource: Resource) -> tuple[Profiled, ...]:
    """Give every profile and format that a resource can be had in, in the server's order."""
    return tuple(
        Profiled(
            profile=profile,
            row=row,
            address=_address(resource, profile, row),
            is_extra=resource.kind not in profile.own,
        )
        for profile in PROFILES
        if _offers(publication, resource, profile)
        for media_type in profile.media_types
        for row in (_row(media_type),)
    )


def profile_document(publication: Publication, resource: Resource, wanted: Profiled) -> Document:
    """Make the document of a resource in a profile that it is not usually described by."""
    return Document(
        path=f"/{wanted.address}",
        content_type=wanted.content_type,
        file=wanted.address,
        kind="format",
        resource=resource,
        representation=wanted.row,
        make=partial(_render, publication, resource, wanted),
    )


def _offers(publication: Publication, resource: Resource, profile: Profile) -> bool:
    """Say whether a profile has something to say of a resource; nothing is described for it."""
    if resource.kind in profile.own:
        return True
    if profile.describe is cpsv_ap:
        return has_cpsv_class(publication, resource)
    if profile.describe is _dcat:
        return resource.kind is LIST
    return profile.describe is not None and resource.kind in {CONCEPT, LIST}


def _address(resource: Resource, profile: Profile, row: Representation) -> str:
    if resource.kind in profile.own:
        return resource.address + row.extension
    return f"{resource.address}?_profile={profile.token}&_mediatype={quote(row.media_type)}"


def _row(media_type: str) -> Representation:
    return next(row for row in REPRESENTATIONS if row.media_type == media_type)


def _render(publication: Publication, resource: Resource, wanted: Profiled) -> bytes:
    assert wanted.profile.describe is not None  # noqa: S101 - only such have documents of their own
    triples = wanted.profile.describe(publication, resource)
    return WRITERS[wanted.row.media_type](publication, triples)


def _turtle(publication: Publication, triples: Iterable[Triple]) -> bytes:
    edition = publication.edition
    return rdf.turtle(tuple(triples), edition.minter, edition.settings.default_language)


def _json_ld(publication: Publication, triples: Iterable[Triple]) -> bytes:
    return publication.json_ld.write(triples)


WRITERS: Final = {"text/turtle": _turtle, "application/ld+json": _json_ld}
