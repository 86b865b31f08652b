"""What pages say to search engines: schema.org, as data that no text can break out of."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from playwright.sync_api import sync_playwright

from asking import make_site
from listkeeper.web.headers import CONTENT_SECURITY_POLICY
from published import LIST, need, published, text
from repository import BASE

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "&lt;/script&gt; ]]>",
    "line\u2028separator",
    "quote ' and backslash \\\\",
]


def block(page: str) -> dict[str, Any]:
    """Read the one block of data as a browser would find it."""
    (found,) = html.fromstring(page).xpath("//script")
    assert dict(found.attrib) == {"type": "application/ld+json"}
    said: dict[str, Any] = json.loads(found.text)
    return said


def test_an_entry_is_a_defined_term(tmp_path: Path) -> None:
    """With its code, its name and the list that it is in."""
    publication = published(tmp_path, {"needs/6.ttl": need(6, 'skos:altLabel "Firm"@en ;')})

    assert block(text(publication, "/need/6")) == {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "@id": f"{BASE}id/need/6",
        "url": f"{BASE}need/6",
        "termCode": "6",
        "name": "Company",
        "alternateName": ["Firm"],
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "@id": f"{BASE}id/list/needs",
            "name": "Needs",
        },
    }


def test_a_list_is_a_set_of_them(tmp_path: Path) -> None:
    """With its version; what it does not say is left out."""
    publication = published(tmp_path, {"needs/6.ttl": need(6)}, lists=LIST)

    assert block(text(publication, "/list/needs")) == {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": f"{BASE}id/list/needs",
        "url": f"{BASE}list/needs",
        "name": "Needs",
        "version": "1.2",
    }


@pytest.mark.parametrize("label", HOSTILE)
def test_no_text_leaves_the_block(label: str, tmp_path: Path) -> None:
    """Whatever a label holds, the page has one block, which says just that."""
    publication = published(tmp_path, {"needs/6.ttl": need(6, label=label)})

    said = block(text(publication, "/need/6"))["name"]
    assert said == label.replace("\\\\", "\\")


@pytest.mark.browser
def test_a_browser_takes_it_under_the_policy_that_allows_no_script(tmp_path: Path) -> None:
    """Chromium reports no violation, and finds the block in the page."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs Debian's package chromium")
    reply = make_site(tmp_path).ask("/service/559", "text/html")
    assert reply.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=options)
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.route(
            "**/*",
            lambda route: route.fulfill(
                body=reply.text if route.request.url.endswith("/559") else "",
                content_type="text/html" if route.request.url.endswith("/559") else "text/css",
                headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY},
            ),
        )
        page.goto("http://lists.test/service/559")
        data = page.locator("script[type='application/ld+json']").text_content()
        browser.close()

    assert said == []
    assert json.loads(data or "")["termCode"] == "559"
