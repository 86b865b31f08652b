"""Links of pages are relative, so any host, port and folder works, and never scripts."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.publish.page_links import climb, outside, relative

SEGMENT = st.text(min_size=1, max_size=8).filter(
    lambda s: (
        s not in {".", ".."} and "/" not in s and not any("\ud800" <= c <= "\udfff" for c in s)
    )
)
ADDRESS = st.lists(SEGMENT, max_size=4).map("/".join)
FOLDER = st.sampled_from(["", "/", "/lists/", "/a/b/c/"])

CASES = [
    ("/service/559", "list/services", "../list/services"),
    ("/service/559", "service/560", "../service/560"),
    ("/list/services/page/2", "list/services", "../../../list/services"),
    ("/lists", "about", "./about"),
    ("/lists", "", "./"),
    ("/service/559", "/", "../"),
    ("/a//b", "lists", "../../lists"),
    ("/lists", "service/a:b?c#d", "./service/a%3Ab%3Fc%23d"),
]


@pytest.mark.parametrize(("current", "target", "link"), CASES)
def test_relative(current: str, target: str, link: str) -> None:
    """A link climbs to the root and descends; what is special in addresses is escaped."""
    assert link == relative(current, target)


@given(current=ADDRESS, target=ADDRESS, folder=FOLDER)
def test_a_relative_link_leads_to_its_target(current: str, target: str, folder: str) -> None:
    """Followed from any page, under any folder, a link leads to the page it names."""
    here = f"https://host.example{folder.rstrip('/')}{relative('/', current).removeprefix('.')}"

    followed = urlsplit(urljoin(here, relative(f"/{current}", target)))

    assert (followed.scheme, followed.netloc) == ("https", "host.example")
    assert f"{folder.rstrip('/')}/{target}" == unquote(followed.path)
    assert not followed.query
    assert not followed.fragment


@given(current=st.text(), target=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_relative_link_never_leaves_the_site(current: str, target: str) -> None:
    """Whatever the texts, a link has no scheme, no host and no leading slash."""
    link = relative(current, target)

    assert link.startswith((".", "./", "../"))
    assert not urlsplit(link).netloc
    assert not urlsplit(link).scheme


@given(fragment=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_fragment_survives(fragment: str) -> None:
    """The part of a page that a link names arrives as it was given."""
    link = relative("/lists", "def.html", fragment)

    assert fragment == unquote(link.split("#", 1)[1])


def test_climb_counts_folders() -> None:
    """A page in a folder climbs out of it; one at the root stays."""
    assert [climb(p) for p in ("/", "/lists", "/a/b", "/a/b/c")] == ["./", "./", "../", "../../"]


SAFE = ["https://www.gov.uk/", "http://id.esd.org.uk/service/559", "MAILTO:a@example.org"]
UNSAFE = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    " https://www.gov.uk/",
    "https://a\nb",
    "https://a b",
    'https://a"onclick=x',
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "//host.example/",
    "urn:isbn:1",
    "",
]


@pytest.mark.parametrize("address", SAFE)
def test_pages_link_to_safe_addresses(address: str) -> None:
    """Addresses of the web and of mail are linked to as they are."""
    assert address == outside(address)


@pytest.mark.parametrize("address", UNSAFE)
def test_pages_do_not_link_to_other_addresses(address: str) -> None:
    """Everything else is shown as text."""
    assert not outside(address)
