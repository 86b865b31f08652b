"""The application against its own description: requests made from it, answers held to it.

Not held: that whatever the description allows is met with success. It cannot say which codes and
names there are, and a query of no sense is refused by design.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from asking import make_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemathesis import Case
    from schemathesis.schemas import APIOperation, BaseSchema

EXAMPLES = 10
"""Requests for each operation."""


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    """What the application says of itself, with the application to ask."""
    site = make_site(tmp_path_factory.mktemp("lists"))
    return schemathesis.openapi.from_asgi("/openapi.json", site.app)


def test_answers_are_as_described(description: BaseSchema) -> None:
    """Status, type, shape and headers, for what is asked rightly and for what is not."""
    operations = [each.ok() for each in description.get_all_operations() if isinstance(each, Ok)]

    assert len(operations) > 40
    for operation in operations:
        _asked(operation)()


def _asked(operation: APIOperation[Any, Any, Any, Any]) -> Callable[[], None]:
    """Make the test of one operation; its faults are told with the request as a curl command."""

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def test(case: Case[Any]) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    return test
