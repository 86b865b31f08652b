"""Telling a clone to merge files of the lists by a program: Git's merge drivers.

What is configured runs only in this clone, for whoever asked for it; a forge runs no driver
(https://git-scm.com/docs/gitattributes#_defining_a_custom_merge_driver).
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.store.history.repository import Repository

DRIVER: Final = "listkeeper"
ATTRIBUTE: Final = "/vocabularies/**/*.ttl merge=listkeeper"
"""Line of ``.gitattributes`` beside ``listkeeper.toml``: which files are merged so."""

COMMAND: Final = (
    "if test -x {program}; then exec {program} merge-driver %O %A %B %P %L; "
    "else exec git merge-file -q --marker-size=%L %A %O %B; fi"
)
"""What Git runs. Where the program has gone, Git's own merge: a driver that cannot be started
would leave one side alone in the file, without a marker."""


def configure_driver(repository: Repository, program: Path) -> None:
    """Configure the merge driver in one clone.

    Args:
        repository: the clone.
        program: the ``listkeeper`` to be run, absolute.

    Raises:
        HistoryError: when git cannot write its configuration.
    """
    command = COMMAND.format(program=shlex.quote(str(program)))
    for key, value in (("name", "statements of lists"), ("driver", command)):
        repository.git.run("config", "--local", f"merge.{DRIVER}.{key}", value)
