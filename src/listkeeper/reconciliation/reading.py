"""Reading JSON that strangers send: what is wrong is told in one line, with where it is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, TypeVar

from listkeeper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NoReturn

T = TypeVar("T")

DIGITS: Final = re.compile(r"[0-9]{1,9}")

KINDS: Final = {
    dict: "an object",
    list: "an array",
    str: "a text",
    bool: "true or false",
    float: "a number",
}


def read_json(text: str) -> Any:  # noqa: ANN401 - JSON may be anything
    """Read JSON.

    Raises:
        UsageError: saying where it stops being JSON.
    """
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UsageError(f"this is not JSON: {error.msg} at {where}") from error
    except RecursionError as error:
        raise UsageError("this JSON is nested too deeply") from error
    except ValueError as error:
        raise UsageError("this JSON has a number that is too long or none at all") from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def expect(value: object, kind: type[T], where: str) -> T:
    """Give a value that must be of a kind.

    Raises:
        UsageError: when it is of another.
    """
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise UsageError(f"{where} must be {KINDS[kind]}")
    return value


def member(record: Mapping[str, Any], key: str, kind: type[T], where: str, default: T) -> T:
    """Give a member that may be missing, and must be of a kind where it is not.

    Raises:
        UsageError: when it is of another.
    """
    value = record.get(key)
    return default if value is None else expect(value, kind, f"{where}{key}")


def whole_number(value: object, where: str, most: int) -> int:
    """Give a positive number, or the most there may be where it is greater.

    Raises:
        UsageError: when it is no positive whole number.
    """
    found = int(value) if isinstance(value, str) and DIGITS.fullmatch(value) else value
    number = found if isinstance(found, int | float) and not isinstance(found, bool) else 0
    if number < 1 or number % 1:  # what is left of a number without end is no number, and true
        raise UsageError(f"{where} must be a positive whole number")
    return int(min(number, most))
