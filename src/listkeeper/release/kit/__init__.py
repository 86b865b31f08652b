"""The pull request kit: what a forge needs to check, report and take proposals (docs/kit.md).

Written by ``listkeeper init --forge``. Everything here keeps to three rules, which
``tests/test_kit.py`` holds: what runs the code of a change has no rights, what has rights runs
nothing of the change, and no text of a change is ever put into a script.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.errors import UsageError
from listkeeper.release.kit.forms import github_forms, gitlab_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HERE: Final = Path(__file__).resolve().parent
PACKAGE: Final = re.compile(r"[A-Za-z0-9.][A-Za-z0-9._\[\]=<>!~,@ :/+-]*")
"""What may be named to be installed: a requirement as pip reads it, or a folder."""

OWNER: Final = re.compile(r"@[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*")
"""A person or a team at a forge."""

OWNERS: Final = "CODEOWNERS"
EXECUTABLE: Final = frozenset({".githooks/pre-commit"})
"""Files that have to be executable."""

SHARED: Final = ("/shapes/", "/listkeeper.toml", "/vocabularies/definitions.ttl")
"""What decides for every list."""


class Forge(NamedTuple):
    """A forge: its files, its forms, and where it reads who owns which file."""

    files: str
    forms: Callable[[Sequence[str]], dict[str, str]]
    owners: str
    own: tuple[str, ...]
    """Files of the kit whose changes need the owners of everything."""


FORGES: Final[Mapping[str, Forge]] = {
    "github": Forge("github", github_forms, f".github/{OWNERS}", ("/.github/", "/.githooks/")),
    "gitlab": Forge("gitlab", gitlab_templates, OWNERS, ("/.gitlab*", "/.githooks/")),
}


def kit_files(
    forge: str, lists: Sequence[str], package: str, owner: str | None = None
) -> dict[str, bytes]:
    """Write the kit.

    Args:
        forge: a name of :data:`FORGES`.
        lists: names of the lists, which are the names of their folders.
        package: what the checks install: a requirement such as ``listkeeper==0.1.0``, or ``.``
            in the repository of Listkeeper itself.
        owner: who owns every list until somebody says otherwise, such as ``@example/editors``.

    Returns:
        path to content.

    Raises:
        UsageError: when a package or an owner is not written as one is.
    """
    if not PACKAGE.fullmatch(package):
        raise UsageError(f"{package!r}: is no requirement that pip would read")
    if owner is not None and not OWNER.fullmatch(owner):
        raise UsageError(f"{owner!r}: an owner is written as @person or @organisation/team")
    row = FORGES[forge]
    texts = {
        **_files("any"),
        **_files(row.files),
        **row.forms(lists),
        row.owners: _owners(row, lists, owner),
    }
    filled = {path: _filled(text, package) for path, text in texts.items()}
    return {path: text.encode() for path, text in filled.items()}


def _files(name: str) -> dict[str, str]:
    folder = HERE / "files" / name
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


def _filled(text: str, package: str) -> str:
    """Put in what the checks install, and the text of the step that may write."""
    words = shlex.quote(package) if package != "." else "-c constraints.txt ."
    script = (HERE / "comment.py").read_text("utf-8").splitlines()
    step = "\n".join(f"          {line}".rstrip() for line in script)
    return text.replace("@@INSTALL@@", words).replace("@@COMMENT@@", step)


def _owners(row: Forge, lists: Sequence[str], owner: str | None) -> str:
    """Say who has to agree to a change of which file; the last line that fits counts."""
    mark, name = ("", owner) if owner else ("# ", "@your-organisation/editors")
    head = "# Who has to agree to which change; the last line that fits a file counts.\n"
    if not owner:
        head += "# No line counts while it begins with #: write your own teams, and take it away.\n"
    paths = ("*", *(f"/vocabularies/{list_}/" for list_ in lists), *SHARED, *row.own)
    return head + "".join(f"{mark}{path} {name}\n" for path in paths)
