"""The ``Link`` header of a resource (RFC 8288), made of its signposts and its profiles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from listkeeper.publish.profiles import PROFILES, profile_of, profiled
from listkeeper.publish.representations import offers
from listkeeper.publish.signposts import (
    DESCRIBED_BY,
    HTML,
    Signpost,
    alternates,
    document_url,
    identity,
    landing_page,
    of_format,
)
from listkeeper.web.headers import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.publish.publication import Document, Publication
    from listkeeper.publish.representations import Representation
    from listkeeper.publish.resources import Resource

__all__ = ["DESCRIBED_BY", "HTML", "document_links", "document_profile", "resource_links", "url"]

CSVW: Final = "csvw"
PROFILE_CLASS: Final = "http://www.w3.org/ns/dx/prof/Profile"


def url(publication: Publication, resource: Resource, row: Representation) -> str:
    """Give the absolute URL of a resource in a format: for HTML the plain one."""
    return reference(document_url(publication, resource, row))


def document_links(publication: Publication, document: Document) -> str:
    """Write the header for a document; empty for a page that is about nothing we identify."""
    resource, sent = document.resource, document.representation
    if resource is None or sent is None:
        return ""
    posts = [
        *_of_resource(publication, resource, sent),
        *of_format(publication, resource, offers(resource.kind), sent),
    ]
    links = list(_written(posts))
    if document.kind == "plain":
        links += [*profile_links(publication, resource), *time_links(publication, resource)]
    return ", ".join(links)


def document_profile(document: Document) -> str:
    """Write the ``Content-Profile`` of a document: what it is known to conform to."""
    if document.resource is None or document.representation is None:
        return ""
    found = profile_of(document.resource.kind, document.representation)
    return f"<{found.uri}>" if found else ""


def resource_links(
    publication: Publication, resource: Resource, sent: Representation | None = None
) -> Iterator[str]:
    """Give the links that hold for a resource in every format.

    Args:
        publication: what is published.
        resource: what the answer is about.
        sent: the format of the answer, which is no alternate of itself; None for a redirect.
    """
    return _written(_of_resource(publication, resource, sent))


def _of_resource(
    publication: Publication, resource: Resource, sent: Representation | None
) -> Iterator[Signpost]:
    rows = offers(resource.kind)
    for row in rows:
        for post in alternates(publication, resource, [row], sent):
            conforms = profile_of(resource.kind, row)
            yield replace(post, profile=conforms.uri) if conforms else post
    yield from identity(publication, resource, rows, sent)


def profile_links(publication: Publication, resource: Resource) -> Iterator[str]:
    """List what a resource is had as in further profiles, and which token means which.

    https://www.w3.org/TR/dx-prof-conneg/#http-listprofiles, and #http-tokens there.
    """
    page = landing_page(publication, resource)
    found = profiled(publication, resource)
    extra = dict.fromkeys(each.profile for each in found if each.is_extra)
    for profile in extra:
        target = f"{page}?_profile={profile.token}"
        yield _link(Signpost(relation="alternate", target=target, profile=profile.uri))
    offered = {each.profile.token for each in found}
    for profile in PROFILES:
        if profile.token in offered:
            token = f'rel="type"; token="{profile.token}"; anchor="{profile.uri}"'
            yield f"<{PROFILE_CLASS}>; {token}"


def time_links(publication: Publication, resource: Resource) -> Iterator[str]:
    """Say where a resource is negotiated in time (RFC 7089), where the server tells of the past."""
    if publication.timed:
        base = publication.edition.minter.base
        for relation in ("timegate", "timemap"):
            yield f'<{reference(f"{base}{relation}/{resource.address}")}>; rel="{relation}"'


def _written(posts: Iterable[Signpost]) -> Iterator[str]:
    """Write links, those to one target as one: a header has to stay within 4 KiB.

    A reverse proxy refuses an answer whose headers are longer than its buffer, commonly one page
    of memory (https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffer_size).
    """
    found: dict[tuple[str, str], Signpost] = {}
    for post in posts:
        key = (post.target, post.media_type)
        known = found.setdefault(key, post)
        if known is not post:
            relation = f"{known.relation} {post.relation}"
            profile = known.profile or post.profile
            found[key] = replace(known, relation=relation, profile=profile)
    return (_link(post) for post in found.values())


def _link(post: Signpost) -> str:
    media_type = f'; type="{post.media_type}"' if post.media_type else ""
    profile = f'; profile="{post.profile}"' if post.profile else ""
    return f'<{reference(post.target)}>; rel="{post.relation}"{media_type}{profile}'
