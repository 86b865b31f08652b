"""The lists as taxonomies of Open Referral UK, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from listkeeper.errors import UsageError, refuse_unknown_parameters
from listkeeper.publish.records import to_json
from listkeeper.publish.referral import MOST_PER_PAGE, PER_PAGE, Taxonomies, Wanted, paged
from listkeeper.web.answers import answer
from listkeeper.web.downloads import read_query
from listkeeper.web.headers import CACHING
from listkeeper.web.problems import Problem, ProblemError
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.routes import response
from listkeeper.web.shapes import TaxonomiesPage, Taxonomy, TaxonomyTerm, TermsPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.web.requests import Call

PAGING: Final = ("page", "per_page", "format")
TERMS: Final = ("search", "taxonomy_id", "parent_id", "top_only")

Search = Annotated[str, Query(description="Words of the name, description or code.")]
Page = Annotated[str, Query(description="Number of the page, from 1.", examples=["2"])]
PerPage = Annotated[str, Query(description=f"At most {MOST_PER_PAGE}.", examples=["500"])]
Form = Annotated[str, Query(alias="format", description="json alone.")]

router = APIRouter(tags=["Open Referral UK"])


@router.get("/taxonomies", summary="Taxonomies", responses={200: {"model": TaxonomiesPage}})
async def taxonomies(
    call: CallOf,
    search: Search = "",
    page: Page = "1",
    per_page: PerPage = str(PER_PAGE),
    format_: Form = "json",
) -> Response:
    """Give the lists as taxonomies."""
    _check_query(call, ("search", *PAGING), format_)
    found = (await _taxonomies(call)).find_taxonomies(search)
    return _sent(call, paged(found, *_paging(page, per_page)))


@router.get("/taxonomies/{name}", summary="A taxonomy", responses={200: {"model": Taxonomy}})
async def taxonomy(name: str, call: CallOf) -> Response:
    """Describe the taxonomy of an identifier, or of a list's name."""
    _check_query(call, ())
    return _sent(call, _found(lambda made: made.taxonomy(name), await _taxonomies(call)))


@router.get("/taxonomy_terms", summary="Terms", responses={200: {"model": TermsPage}})
async def taxonomy_terms(  # noqa: PLR0913, PLR0917 - the parameters of the specification
    call: CallOf,
    search: Search = "",
    taxonomy_id: Annotated[str, Query(description="Or a name of a list.")] = "",
    parent_id: Annotated[str, Query(description="Terms below this one.")] = "",
    top_only: Annotated[str, Query(description="Terms below none.", examples=["true"])] = "false",
    page: Page = "1",
    per_page: PerPage = str(PER_PAGE),
    format_: Form = "json",
) -> Response:
    """Give the current entries of the lists as terms."""
    _check_query(call, (*TERMS, *PAGING), format_)
    if top_only not in {"true", "false"}:
        raise UsageError(f"top_only={top_only[:100]}: must be true or false")
    wanted = Wanted(
        search=search,
        taxonomy_id=taxonomy_id,
        parent_id=parent_id,
        top_only=top_only == "true",
    )
    found = (await _taxonomies(call)).find_terms(wanted)
    return _sent(call, paged(found, *_paging(page, per_page)))


@router.get("/taxonomy_terms/{name}", summary="A term", responses={200: {"model": TaxonomyTerm}})
async def taxonomy_term(name: str, call: CallOf) -> Response:
    """Describe the term of an identifier."""
    _check_query(call, ())
    return _sent(call, _found(lambda made: made.term(name), await _taxonomies(call)))


async def _taxonomies(call: Call) -> Taxonomies:
    return await call.shelf.made(Taxonomies)


def _found(find: Any, made: Taxonomies) -> Any:  # noqa: ANN401 - a record, whatever it is of
    try:
        return find(made)
    except UsageError as error:
        raise ProblemError(Problem(status=404, detail=str(error))) from error


def _sent(call: Call, record: Any) -> Response:  # noqa: ANN401 - see above
    headers = {"Content-Type": "application/json", "Cache-Control": CACHING["format"]}
    return response(answer(to_json(record), headers, validated=True), call)


def _paging(page: str, per_page: str) -> tuple[int, int]:
    return _whole("page", page, 999_999), _whole("per_page", per_page, MOST_PER_PAGE)


def _whole(name: str, value: str, most: int) -> int:
    plain = value.isascii() and value.isdecimal() and len(value) <= len(str(most))
    if not plain or not 1 <= int(value) <= most:
        raise UsageError(f"{name}={value[:100]}: must be a whole number from 1 to {most}")
    return int(value)


def _check_query(call: Call, known: Iterable[str], format_: str = "json") -> None:
    refuse_unknown_parameters((name for name, _ in read_query(call)), known)
    if format_ != "json":
        raise UsageError(f"format={format_[:100]}: must be json")
