"""What a release may be called: the year and month, ``2026.11``, and ``2026.11.1`` after it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from listkeeper.errors import UsageError
from listkeeper.store.history.releases import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.store.history import Release


def order(name: str) -> tuple[int, ...]:
    """Give what releases are put in order by.

    >>> order("2026.9") < order("2026.11") < order("2026.11.1")
    True
    """
    return tuple(int(part) for part in name.split("."))


def is_name(text: str) -> bool:
    """Say whether a text is the name of a release, be there one or not."""
    return NAME.fullmatch(text) is not None


def require_name(name: str, releases: Iterable[Release], date: str) -> None:
    """Make sure that a release may be called so.

    Args:
        name: what the user calls it.
        releases: all there are, broken ones too: their names are taken.
        date: the release's date, ``YYYY-MM-DD``.

    Raises:
        UsageError: when it is no such name, is taken, comes before another or lies years ahead.
    """
    if not is_name(name):
        shown = name[:40].encode("unicode_escape").decode()
        raise UsageError(
            f"{shown}: a release is named by year and month, such as {date[:4]}.{date[5:7]}"
        )
    taken = [release.name for release in releases]
    if name in taken:
        raise UsageError(f"{name}: is released already; a correction is {_next(name, taken)}")
    last = max(taken, key=order, default="")
    if last and order(name) < order(last):
        raise UsageError(f"{name}: comes before {last}, the last release; choose a later name")
    if int(name[:4]) > int(date[:4]) + 1:
        raise UsageError(f"{name}: lies years after {date}; no release could come before it again")


def require_date(text: str) -> None:
    """Make sure that a text is a date.

    Raises:
        UsageError: when it is none.
    """
    try:
        is_date = dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_date = False
    if not is_date:
        raise UsageError(f"{text[:40]!r}: is no date; write it as 2026-11-30")


def _next(name: str, taken: Iterable[str]) -> str:
    """Give the first free name after one that is taken, in the same month."""
    month = ".".join(name.split(".")[:2])
    numbers = [order(other)[2:] or (0,) for other in taken if order(other)[:2] == order(month)]
    return f"{month}.{max(numbers)[0] + 1}"
