"""Pages in a real browser: narrow and wide, light and dark, without scripts, by keyboard."""

from __future__ import annotations

import shutil
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from playwright.sync_api import sync_playwright

from listkeeper.publish.page_links import relative
from listkeeper.publish.publication import Publication
from sample import sample_edition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = pytest.mark.browser

FOLDER: Final = "/some/folder"
"""The site is served below a folder, as behind a proxy: links must not notice."""

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

NARROW: Final[ViewportSize] = {"width": 320, "height": 640}
"""What remains of 1280 pixels at a zoom of 400 % (WCAG 2.2, 1.4.10)."""
WIDE: Final[ViewportSize] = {"width": 1280, "height": 800}

PATHS = [
    *("/", "/lists", "/about", "/def.html", "/gone", "/list/services/table?q=pest"),
    *("/list/services", "/list/services/page/2", "/list/circumstances", "/list/functions"),
    *("/service/559", "/service/600", "/service/601", "/service/604", "/service/607"),
    *("/service/610", "/service/611", "/service/612", "/service/200001"),
    *("/power-or-duty/10001", "/legislation/10001", "/circumstance/10003"),
]

FAINT: Final = """() => {
  const numbers = text => text.match(/[\\d.]+/g).map(Number);
  const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const back = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
      if (colour[3] > 0) return [NaN, NaN, NaN];
    }
    return [NaN, NaN, NaN];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element);
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    const hidden = element.closest(".unseen, .skip") || !element.getClientRects().length;
    if (!own && !element.matches("input, select") || hidden || style.fontSize === "0px") continue;
    const pair = [light(numbers(style.color)), light(back(element))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (!(ratio >= 4.5)) faint.push(`${element.tagName}.${element.className} ${ratio}`);
  }
  return faint;
}"""
"""Texts whose contrast is below 4.5 to 1 (WCAG 2.2, 1.4.3), large ones held to it too."""

SMALL: Final = """() => [...document.querySelectorAll(
    "nav a, .downloads a, .download, summary, button, input, select")]
  .map(e => [e.textContent || e.name, e.getBoundingClientRect()])
  .filter(([, box]) => box.height && (box.height < 24 || box.width < 24 && box.height < 24))
  .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
"""Targets lower than 24 pixels (WCAG 2.2, 2.5.8)."""

UNNAMED: Final = """() => [
  ...[...document.querySelectorAll("input, select")].filter(e => !e.labels.length),
  ...[...document.querySelectorAll("a, button")].filter(
    e => !e.textContent.trim() && !e.getAttribute("aria-label")),
].map(e => e.outerHTML)"""
"""Controls without a name."""

SKIPPED: Final = """() => [...document.querySelectorAll("h1, h2, h3, h4")]
  .map(e => Number(e.tagName[1]))
  .filter((level, at, all) => level > (at ? all[at - 1] : 0) + 1)"""
"""Headings more than one level below the one before."""


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Publication:
    """The sample lists with hostile texts and several pages of services."""
    edition = sample_edition(tmp_path_factory.mktemp("browser"), hostile=True, more=400)
    return Publication(edition, templates=root / "site_templates")


@pytest.fixture(scope="module")
def site(publication: Publication) -> Iterator[str]:
    """Serve the publication below a folder; give the address of that folder."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content_type, body = answer(publication, self.path.removeprefix(FOLDER))
            self.send_response(200)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the base class's own names
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{FOLDER}"
    server.shutdown()
    thread.join()
    server.server_close()


def answer(publication: Publication, target: str) -> tuple[str, bytes]:
    """Answer a request as the server does, errors aside."""
    path, query = unquote(urlsplit(target).path), urlsplit(target).query
    document = publication.find(path)
    if document:
        return document.content_type, publication.render(document)
    html = "text/html; charset=utf-8"
    if path.endswith("/table"):
        filters = dict(parse_qsl(query, keep_blank_values=True))
        return html, publication.pages.table(path.split("/")[2], filters)
    return html, publication.pages.not_found(path, [])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium; the tests are skipped, saying so, where there is none."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs Debian's package chromium")
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=options)
        yield running
        running.close()


@pytest.fixture(scope="module", params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open a tab in the light and in the dark scheme."""
    context = browser.new_context(color_scheme=request.param, viewport=NARROW)
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_a_page_fits_and_can_be_read(page: Page, site: str, path: str, size: ViewportSize) -> None:
    """No page scrolls sideways, and every text stands out from what is behind it."""
    page.set_viewport_size(size)
    page.goto(site + path)

    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    assert page.evaluate(FAINT) == []
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_its_landmarks(page: Page, site: str, path: str) -> None:
    """One header, one main part, one footer, named navigation, headings in steps."""
    page.goto(site + path)

    counts = {tag: page.locator(f"body > {tag}, body > div > {tag}").count() for tag in ("header",
              "main", "footer")}  # fmt: skip
    assert counts == {"header": 1, "main": 1, "footer": 1}
    assert page.locator("h1").count() == 1
    assert page.locator("nav:not([aria-label])").count() == 0
    assert page.evaluate(SKIPPED) == []
    assert page.evaluate(UNNAMED) == []
    assert page.title()


def test_nothing_comes_from_elsewhere(browser: Browser, site: str) -> None:
    """No request leaves the site, nothing breaks its strict policy, nothing is stored."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    for path in PATHS:
        page.goto(site + path)

    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site).netloc}
    assert all(urlsplit(url).path.startswith(f"{FOLDER}/") for url in asked)
    assert said == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def test_a_code_is_found_without_scripts(browser: Browser, site: str) -> None:
    """From the home page to a service by its Welsh name, on to its duty, and back."""
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    context.set_default_timeout(5000)
    page = context.new_page()
    page.goto(f"{site}/")
    page.get_by_role("link", name="Browse the lists").click()
    page.get_by_role("table").get_by_role("link", name="Services", exact=True).click()
    page.get_by_label("Code or words").fill("llyfrgelloedd")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("row").get_by_role("link", name="Libraries").click()
    found = page.get_by_role("heading", level=1).inner_text().split()
    page.get_by_role("link", name="10001 Provide a library service").click()
    page.get_by_role("link", name="559 Libraries").click()

    assert found == ["559", "Libraries"]
    assert page.url == f"{site}/service/559"
    context.close()


def test_pages_of_a_list_are_walked(page: Page, site: str) -> None:
    """Next leads through the pages; filters stay while it does."""
    page.goto(f"{site}/list/services")
    page.get_by_role("link", name="Next page").click()
    assert page.url == f"{site}/list/services/page/2"

    page.goto(f"{site}/list/services/table?q=sample")
    page.get_by_role("link", name="Page 2").click()
    assert page.url == f"{site}/list/services/table?q=sample&page=2"
    assert page.locator(".pagination [aria-current=page]").inner_text() == "2"


def test_the_keyboard_skips_to_the_content(page: Page, site: str) -> None:
    """The first stop is a visible link to the content, and focus can be seen."""
    page.goto(f"{site}/service/559")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    box = skip.bounding_box()
    assert box is not None
    assert box["height"] >= 24

    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    colours = "(s => [s.color, s.backgroundColor])(getComputedStyle(document.activeElement))"
    assert page.evaluate(colours) == ["rgb(11, 12, 12)", "rgb(255, 213, 0)"]


def test_a_term_is_found_by_its_anchor(page: Page, site: str) -> None:
    """The address of a term leads to the term on the page."""
    page.goto(f"{site}/def.html#meetsNeed")

    assert page.locator(":target").inner_text() == "meets need"


def test_print_leaves_out_what_paper_cannot_do(page: Page, site: str) -> None:
    """Code, label and definition are printed; navigation and filters are not."""
    page.emulate_media(media="print")
    page.goto(f"{site}/service/559")
    shown = {
        selector: page.locator(selector).first.is_visible()
        for selector in ("h1", ".lead", ".site", ".bar nav", ".crumbs", ".downloads")
    }
    page.goto(f"{site}/list/services")
    filters = page.locator(".filters").is_visible()
    page.emulate_media(media="screen")

    assert shown == {
        **dict.fromkeys(("h1", ".lead", ".site"), True),
        **dict.fromkeys((".bar nav", ".crumbs", ".downloads"), False),
    }
    assert not filters


def test_the_browser_follows_relative_links_as_we_do(page: Page, site: str) -> None:
    """What a link is made for is where a browser goes, odd paths included."""
    page.goto(site)
    for current in ("/", "/a", "/a/b", "/a//b", "//a", "/a/b/", "/a/%2F/b"):
        for target in ("", "list/services", "service/a:b", "é", "a?b#c"):
            link = relative(current, target)
            followed = page.evaluate(
                "([link, base]) => decodeURIComponent(new URL(link, base).pathname)",
                [link, f"{site}{current}"],
            )
            assert followed == f"{FOLDER}/{target}"
