"""Finding the shapes and templates: a lists repository's own, else those that come with us."""

from __future__ import annotations

from pathlib import Path

from listkeeper.errors import ListkeeperError

PACKAGE = Path(__file__).resolve().parent.parent


def find_assets(name: str, root: Path | None, package: Path = PACKAGE) -> Path:
    """Find the folder ``shapes`` or ``site_templates``.

    Args:
        name: the folder's name.
        root: the lists repository, whose own folder comes first; None for the one that comes
            with us.
        package: where this package is installed: a wheel carries the folders as resources,
            an editable install has them in its checkout.

    Raises:
        ListkeeperError: when it is in none of the three places.
    """
    ours = (package / "resources" / name, package.parent.parent / name)
    places = ours if root is None else (root / name, *ours)
    for place in places:
        if place.is_dir():
            return place
    looked = ", ".join(str(place) for place in places)
    raise ListkeeperError(f"the folder {name}/ is missing; looked in {looked}")
