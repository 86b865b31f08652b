"""The addresses that software of councils already calls at the LGA, answered the same way.

Answers are 200 at once, without a byte order mark: an importer that calls them follows no redirect.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Query, Response

from listkeeper.errors import UsageError, refuse_unknown_parameters
from listkeeper.publish.compatibility import (
    Compatible,
    compatible_csv,
    compatible_mappings_csv,
    list_name,
    mapping_record,
)
from listkeeper.publish.compatible_xml import controlled_list, item_mappings, nested_xml
from listkeeper.publish.mapped import named_lists
from listkeeper.publish.records import to_json
from listkeeper.search.identify import Identifier
from listkeeper.web.answers import answer, redirect
from listkeeper.web.downloads import read_query
from listkeeper.web.headers import CACHING, location
from listkeeper.web.negotiation import negotiate
from listkeeper.web.problems import HTML, JSON, Problem, ProblemError
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.routes import response
from listkeeper.web.shapes import ListAnswer, ListsAnswer, MappingAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from listkeeper.web.requests import Call

CSV_TYPE: Final = "text/csv; charset=utf-8; header=present"
XML_TYPE: Final = "application/xml"
JSON_TYPE: Final = "application/json"

IGNORED: Final = ("tag", "fromTag", "toTag", "ApplicationKey", "Signature")
"""Parameters that clients of the LGA's services send and that choose nothing here: selections
that councils keep there, and keys, which nobody needs to read open lists."""

CONTROLLED_LIST: Final = "controlled-list"
FORMS: Final = ("nested", CONTROLLED_LIST)

ListURI = Annotated[str, Query(examples=["list/englishAndWelshServices"])]
OptionalListURI = Annotated[str, Query(examples=["list/interactions"])]
Name = Annotated[str, Query(examples=["needs"])]
Tag = Annotated[str, Query(description="Accepted and ignored.")]

router = APIRouter(tags=["Addresses of the LGA's services"])


@router.get(
    "/csv",
    summary="A list, or its links to another, as CSV",
    responses={200: {"content": {"text/csv": {}}}},
    response_class=Response,
)
async def csv_(call: CallOf, uri: ListURI = "", mappedToUri: OptionalListURI = "") -> Response:  # noqa: N803 - the LGA's name
    """Answer the current entries of a list, as `standards.esd.org.uk/csv` does.

    With `mappedToUri` there is a row for each link to that list.
    """
    names = _names(call, uri, mappedToUri, ("uri", "mappedToUri"))
    make = partial(compatible_csv, call.publication.edition, *names)
    return await _sent(call, make, CSV_TYPE)


@router.get(
    "/csv/mappings",
    summary="The links of one entry as CSV",
    responses={200: {"content": {"text/csv": {}}}},
    response_class=Response,
)
async def csv_mappings(
    call: CallOf, uri: Annotated[str, Query(examples=["service/559"])] = ""
) -> Response:
    """Answer the links of an entry to all lists, a row for each."""
    _check_query(call, ("uri",))
    identifier = await call.shelf.made(Identifier)
    found = identifier.concepts(uri)
    if not found:
        raise ProblemError(_not_here(f"{uri[:100]}: no such entry"))
    make = partial(compatible_mappings_csv, call.publication.edition, found[0])
    return await _sent(call, make, CSV_TYPE)


@router.get(
    "/xml",
    summary="A list, or its links to another, as XML",
    responses={200: {"content": {"application/xml": {}}}},
    response_class=Response,
)
async def xml(
    call: CallOf,
    uri: ListURI = "",
    mappedToUri: OptionalListURI = "",  # noqa: N803 - the LGA's name
    form: Annotated[str, Query(examples=[CONTROLLED_LIST])] = "nested",
) -> Response:
    """Answer the current entries of a list, as `standards.esd.org.uk/xml` does.

    The usual form is nested, with the linked entries inside; `form=controlled-list` is the older
    one, flat, or with `mappedToUri` the pairs of codes.
    """
    name, mapped_to = _names(call, uri, mappedToUri, ("uri", "mappedToUri", "form"))
    if form not in FORMS:
        raise UsageError(f"form={form[:100]}: must be one of {', '.join(FORMS)}")
    edition = call.publication.edition
    make = partial(nested_xml, edition, name, mapped_to)
    if form == CONTROLLED_LIST:
        make = (
            partial(item_mappings, edition, name, mapped_to)
            if mapped_to
            else partial(controlled_list, edition, name)
        )
    return await _sent(call, make, XML_TYPE)


@router.get("/lists", include_in_schema=False)
async def lists_page(call: CallOf) -> Response:
    """Answer the index of lists: the page, or the way to the same as JSON."""
    document = call.publication.find("/lists")
    if document is not None and negotiate(call.accept, (HTML, JSON)) is not JSON:
        return response(await call.shelf.answer(document), call)
    return response(redirect(location(call.root_path, "lists.json")), call)


@router.get("/lists.json", summary="Every list", responses={200: {"model": ListsAnswer}})
async def lists(call: CallOf) -> Response:
    """Describe every list and subset, with the nine quality fields."""
    _check_query(call, IGNORED)
    return await _sent(call, lambda: to_json(Compatible(call.publication.edition).lists()))


@router.get(
    "/lists/mapping", summary="Links between lists", responses={200: {"model": MappingAnswer}}
)
async def mapping(
    call: CallOf,
    from_: Annotated[str, Query(alias="from", examples=["needs"])] = "",
    to: Annotated[str, Query(examples=["services"])] = "",
) -> Response:
    """Give each current entry of a list with those of another that it is linked to.

    From a list to itself each entry is its own. `tag`, `fromTag`, `toTag`, `ApplicationKey` and
    `Signature` are accepted and choose nothing.
    """
    _check_query(call, ("from", "to", *IGNORED))
    ends = [
        _known(call, list_name(call.publication.edition, end), name)
        for name, end in (("from", from_), ("to", to))
    ]
    record = partial(mapping_record, call.publication.edition, *ends)
    return await _sent(call, lambda: to_json(record()))


@router.get("/lists/{name}", summary="A list", responses={200: {"model": ListAnswer}})
async def list_(name: str, call: CallOf) -> Response:
    """Describe a list with its current entries: codes, names, parents and links."""
    return await _list(call, name, verbose=False)


@router.get(
    "/lists/{name}/verbose",
    summary="A list with the texts of its entries",
    responses={200: {"model": ListAnswer}},
)
async def verbose(name: str, call: CallOf) -> Response:
    """Describe a list with its current entries in full."""
    return await _list(call, name, verbose=True)


@router.get(
    "/lists/{name}/{identifier}",
    summary="An entry of a list",
    responses={200: {"model": ListAnswer}},
)
async def item(name: str, identifier: str, call: CallOf) -> Response:
    """Describe one entry, a retired one too, with the quality fields of its list."""
    _check_query(call, IGNORED)
    compatible = Compatible(call.publication.edition)
    _known(call, name)
    try:
        record = compatible.item(name, identifier)
    except UsageError as error:
        raise ProblemError(_not_here(str(error))) from error
    return await _sent(call, lambda: to_json(record))


async def _list(call: Call, name: str, *, verbose: bool) -> Response:
    _check_query(call, IGNORED)
    _known(call, name)
    compatible = Compatible(call.publication.edition)
    return await _sent(call, lambda: to_json(compatible.list_(name, verbose=verbose)))


async def _sent(call: Call, make: Callable[[], bytes], media_type: str = JSON_TYPE) -> Response:
    body = await call.shelf.work(make)
    headers = {"Content-Type": media_type, "Cache-Control": CACHING["format"]}
    return response(answer(body, headers, validated=True), call)


def _names(call: Call, uri: str, mapped_to: str, known: Iterable[str]) -> tuple[str, str]:
    """Read the names of the list and of the one linked to."""
    _check_query(call, (*known, *IGNORED))
    edition = call.publication.edition
    name = _known(call, list_name(edition, uri), "uri")
    return name, _known(call, list_name(edition, mapped_to), "mappedToUri") if mapped_to else ""


def _known(call: Call, name: str, parameter: str = "") -> str:
    """Give a name that a list has.

    Raises:
        ProblemError: 404 when none has it; 400 when a parameter is missing.
    """
    if parameter and not name:
        raise UsageError(f"{parameter}: is missing; it names a list, such as list/services")
    try:
        named_lists(call.publication.edition.vocabulary, name)
    except UsageError as error:
        raise ProblemError(_not_here(str(error))) from error
    return name


def _not_here(detail: str) -> Problem:
    return Problem(status=404, detail=detail)


def _check_query(call: Call, known: Iterable[str]) -> None:
    """Refuse parameters that there are not, or that are said twice."""
    names = [name for name, _ in read_query(call)]
    refuse_unknown_parameters(names, known)
    if len(set(names)) < len(names):
        raise UsageError("a query parameter is said twice")
