"""Descriptions in the profiles of others against those others' own shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asking import make_site
from listkeeper.publish.profiles import PROFILES, profiled
from listkeeper.shacl import Index, compile_shapes

if TYPE_CHECKING:
    from pathlib import Path

    from asking import Site
    from listkeeper.shacl import Shapes

pytestmark = pytest.mark.shared

UNDEFINED = """\
@base <https://lists.example.org/id/> .
@prefix def: <https://lists.example.org/def/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<power-or-duty/10009> a skos:Concept, def:Duty ; skos:inScheme <list/powers-and-duties> ;
    skos:notation "10009" ; skos:prefLabel "Do a thing"@en .
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository, with a duty that nobody has defined."""
    extra = {"powers-and-duties/10009.ttl": UNDEFINED}
    return make_site(tmp_path_factory.mktemp("lists"), extra)


@pytest.fixture(scope="module")
def cpsv_ap(shared: Path) -> Shapes:
    """The shapes of CPSV-AP 3.2.0."""
    text = (shared / "suites" / "cpsv-ap" / "cpsv-ap-SHACL.ttl").read_text("utf-8")
    return compile_shapes(Index.parse(text))


def test_cpsv_ap(site: Site, cpsv_ap: Shapes) -> None:
    """Its shapes report nothing of any entry or list."""
    told = 0
    for resource in site.publication.resources.values():
        for each in profiled(site.publication, resource):
            if each.profile.token == "cpsv-ap" and each.row.name == "turtle":  # noqa: S105 - a name
                told += 1
                body = site.ask(f"/{each.address}").text
                assert [*cpsv_ap.validate(Index.parse(body))] == [], each.address
    assert told > 10
    assert "cpsv-ap" in {profile.token for profile in PROFILES}


def test_the_shapes_would_tell(cpsv_ap: Shapes) -> None:
    """A rule that says nothing of itself is reported."""
    rule = "<urn:rule> a <http://purl.org/vocab/cpsv#Rule> ."

    assert [*cpsv_ap.validate(Index.parse(rule))]
