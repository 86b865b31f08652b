"""``listkeeper check --against REV`` and ``--changed``: the lists compared with a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.edition import load
from listkeeper.store.history import open_repository
from listkeeper.validate.against import Manner, check_against, choose

if TYPE_CHECKING:
    from listkeeper.store.workspace import Workspace
    from listkeeper.validate import Report, Severity


def compared(
    workspace: Workspace, against: str | None, engine: str, least: Severity, *, changed: bool
) -> Report:
    """Check lists against a revision.

    Args:
        workspace: the lists.
        against: the revision as it was named; None takes the main branch that others see.
        engine: what runs the shapes.
        least: findings that matter less are only counted.
        changed: tell only what the change causes.

    Raises:
        HistoryError: when there is no Git repository, or no such revision.
    """
    manner = Manner(engine=engine, least=least)
    with open_repository(workspace.root) as repository:
        chosen = choose(repository, against)
        return check_against(load(workspace), chosen, workspace.root, manner, only_changed=changed)
