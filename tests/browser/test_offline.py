"""Pages open without a network: those that were read, and those that an emergency needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from pages.caching.headers import STALE_WHILE_REVALIDATE

pytestmark = pytest.mark.browser

GUIDE = "/en/multicultural/guide"
WASTE = f"{GUIDE}/waste/"
EARTHQUAKE = f"{GUIDE}/earthquake-and-tsunami/"
# What the worker goes by.
KEPT_BY = ("Cache-Control", "Content-Type", "Date")

# A page that was loading while its worker began is not in the worker's hands.
WORKER_IS_THERE = """
async () => {
    const late = new Promise((_, reject) => setTimeout(reject, 20_000, "There is no worker."));
    await Promise.race([navigator.serviceWorker.ready, late]);
}
"""
KEPT = """
async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const keys = await (await caches.open(name)).keys();
        found[name] = keys.map(({ url }) => url.slice(location.origin.length));
    }
    return found;
}
"""


class Reader:
    """A reader with a browser of their own on the served site."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.page: Page = context.new_page()

    def open(self, path: str) -> Page:
        """Goes to a page."""
        self.page.goto(self.site + path, wait_until="load")
        return self.page

    def visit(self, path: str, *expected: str) -> Page:
        """Goes to a page for the first time, until the worker keeps it and what is `expected`."""
        self.open(path)
        self.page.evaluate(WORKER_IS_THERE)
        self.wait_until_kept(path, *expected)
        return self.page

    def kept(self, kind: str = "") -> list[str]:
        """The paths of what the browser keeps: `read`, `ahead`, `files` or all."""
        kept = self.page.evaluate(KEPT)
        return [path for name, paths in kept.items() if name.startswith(kind) for path in paths]

    def wait_until_kept(self, *paths: str) -> None:
        """Waits until all these are kept."""
        for _ in range(200):
            if set(paths) <= set(self.kept()):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"{set(paths) - set(self.kept())} is not kept")

    def wait_until_forgotten(self, path: str) -> None:
        """Waits until this is kept no longer."""
        for _ in range(200):
            if path not in self.kept():
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"{path} is still kept")

    def lose_network(self) -> None:
        """From now on nothing can be reached, and what the browser has is too old to be shown."""
        self.context.set_offline(True)
        self.page.wait_for_timeout(STALE_WHILE_REVALIDATE * 1000 + 100)

    def find_network(self) -> None:
        """From now on the site can be reached again."""
        self.context.set_offline(False)

    def change(self, path: str, changes: dict[str, str]) -> None:
        """From now on the answer at `path` has some words replaced by others."""

        def answer(route: Route) -> None:
            response = route.fetch()
            body = response.text()
            for old, new in changes.items():
                assert old in body, old
                body = body.replace(old, new)
            route.fulfill(response=response, body=body)

        self.context.route(self.site + path, answer)


@pytest.fixture
def reader(chromium: Browser, served_site: str) -> Iterator[Reader]:
    """A reader who has not been here before, with a phone set to British English."""
    context = chromium.new_context(
        locale="en-GB", timezone_id="Asia/Tokyo", viewport={"width": 360, "height": 780}
    )
    yield Reader(context, served_site)
    context.close()


def test_a_page_that_was_read_opens_without_a_network_and_says_of_when_it_is(reader: Reader):
    reader.visit(WASTE)
    reader.lose_network()
    page = reader.open(WASTE)
    expect(page.locator("h1")).to_have_text("Waste")
    bar = page.locator(".kept-copy")
    expect(bar).to_contain_text("This site cannot be reached now. The copy on your device is from")
    expect(bar).to_contain_text(str(datetime.now(UTC).year))
    # Its style is there too.
    assert page.evaluate("getComputedStyle(document.querySelector('.menu ul')).display") == "flex"
    expect(page.locator(".skip")).to_have_css("position", "absolute")


def test_an_online_page_says_nothing_of_copies(reader: Reader):
    reader.visit(WASTE)
    page = reader.open(WASTE)
    expect(page.locator(".kept-copy")).not_to_be_visible()


@pytest.mark.parametrize(
    ("code", "title"), [("en", "Earthquake and tsunami"), ("ja", "地震と津波")]
)
def test_pages_for_an_emergency_open_though_nobody_has_read_them(
    reader: Reader, code: str, title: str
):
    needed = f"/{code}/multicultural/guide/earthquake-and-tsunami/"
    reader.visit(f"/{code}/", needed, f"/{code}/offline.json")
    reader.lose_network()
    page = reader.open(needed)
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".kept-copy")).to_be_visible()


def test_a_page_for_an_emergency_can_be_shown_to_someone_without_a_network(reader: Reader):
    reader.visit("/en/", f"{EARTHQUAKE}show/", "/static/css/show.css")
    reader.lose_network()
    page = reader.open(f"{EARTHQUAKE}show/")
    expect(page.locator(".pair-heading [lang=ja]").first).to_have_text("地震と津波")


@pytest.mark.parametrize(("code", "sign"), [("ja", "年"), ("th", "เวลา"), ("ru", "г.")])
def test_the_bar_writes_the_date_as_the_pages_language_does(reader: Reader, code: str, sign: str):
    reader.visit(f"/{code}/")
    reader.lose_network()
    bar = reader.open(f"/{code}/").locator(".kept-copy")
    expect(bar).to_contain_text(sign)
    # Thai calendars count other years; the site does not.
    expect(bar).to_contain_text(str(datetime.now(UTC).year))


def test_a_page_that_is_not_kept_leads_to_what_is(reader: Reader):
    reader.visit(WASTE, EARTHQUAKE, "/en/offline/", "/en/offline.json")
    reader.lose_network()
    page = reader.open("/en/offices/paris/")
    expect(page.locator("[data-not-kept]")).to_be_visible()
    expect(page.locator(".kept-copy")).not_to_be_visible()
    emergency = page.locator("[aria-labelledby=needed]")
    expect(emergency.get_by_role("link", name="Earthquake and tsunami")).to_be_visible()
    read = page.locator("[data-kept-pages]")
    expect(read.get_by_role("link")).to_have_text(["Waste"])
    read.get_by_role("link", name="Waste").click()
    expect(page.locator("h1")).to_have_text("Waste")


@pytest.mark.parametrize("path", ["/", "/en/search/?q=waste"])
def test_what_needs_the_site_leads_to_what_is_kept(reader: Reader, path: str):
    reader.visit(WASTE, "/en/offline/", "/en/offline.json")
    reader.lose_network()
    expect(reader.open(path).locator("h1")).to_have_text("Reading without a network")


def test_the_list_can_be_read_with_a_network(reader: Reader):
    reader.visit("/en/", EARTHQUAKE, "/en/offline/", "/en/offline.json")
    reader.open("/ja/contact/")
    reader.wait_until_kept("/ja/contact/")
    page = reader.open("/en/offline/")
    expect(page.locator("[data-not-kept]")).not_to_be_visible()
    links = page.locator("[data-kept-pages]").get_by_role("link")
    # The one that was read last comes first, each in its language.
    expect(links).to_have_count(2)
    expect(links.first).to_have_attribute("lang", "ja")
    expect(links.first).to_have_text("お問い合わせ")


def test_without_scripts_there_is_the_list_of_what_an_emergency_needs(
    chromium: Browser, served_site: str
):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served_site}/en/offline/")
    expect(page.locator("[data-kept-pages]")).not_to_be_visible()
    expect(page.get_by_role("link", name="Earthquake and tsunami")).to_be_visible()
    expect(page.locator("main")).to_contain_text("This needs a browser that runs scripts.")
    context.close()


def test_furigana_that_were_chosen_are_there_without_a_network_too(reader: Reader):
    reader.open("/en/")
    reader.page.evaluate("localStorage.setItem('furigana', 'show')")
    needed = "/ja/multicultural/guide/earthquake-and-tsunami/"
    # What was read is the page with them, at its own address.
    reader.visit("/ja/?furigana=1", needed, "/ja/offline.json")
    reader.lose_network()
    page = reader.open("/ja/")
    expect(page.locator("main ruby").first).to_be_attached()
    reader.open(needed)
    page.wait_for_timeout(500)
    here = page.url
    page.wait_for_timeout(500)
    # Even where the device has only the page without them, it does not go round in circles.
    assert page.url == here
    expect(page.locator(".kept-copy")).to_be_visible()


def test_only_public_pages_and_their_files_are_kept(reader: Reader):
    reader.visit(WASTE, "/en/offline.json")
    for path in ("/en/search/?q=waste", "/admin/", "/accounts/login/", "/en/no-such-page/"):
        reader.open(path)
    page = reader.open(WASTE)
    page.locator(".feedback button").first.click()
    page.wait_for_url("**/feedback/**")
    reader.open("/en/news/")
    reader.wait_until_kept("/en/news/")
    assert sorted(reader.kept("read")) == ["/en/multicultural/guide/waste/", "/en/news/"]
    guides = {path for path in reader.kept("ahead") if path.startswith(GUIDE)}
    assert set(reader.kept("ahead")) == {"/en/offline.json", "/en/offline/"} | guides
    assert len(guides) == 6
    assert {path.split("/")[1] for path in reader.kept("files")} == {"static"}
    assert not [path for path in reader.kept("files") if "wagtail" in path or "admin" in path]


def test_what_says_that_it_is_for_one_person_is_not_kept(reader: Reader):
    """As every answer does to somebody who is signed in."""
    reader.visit("/en/", "/en/offline.json", EARTHQUAKE)

    def answer(route: Route) -> None:
        response = route.fetch()
        headers = response.headers | {"cache-control": "private, no-store"}
        route.fulfill(response=response, headers=headers)

    for path in (WASTE, EARTHQUAKE):
        reader.context.route(reader.site + path, answer)
        reader.open(path)
    reader.wait_until_forgotten(EARTHQUAKE)
    assert WASTE not in reader.kept()
    # Once it is for all again, it is kept again.
    reader.context.unroute(reader.site + EARTHQUAKE)
    reader.open(EARTHQUAKE)
    reader.wait_until_kept(EARTHQUAKE)


def test_a_new_version_shows_at_once_and_is_then_the_one_that_is_kept(reader: Reader):
    reader.visit(WASTE)
    reader.lose_network()
    reader.open(WASTE)
    reader.find_network()
    reader.change(WASTE, {"<h1>Waste</h1>": "<h1>Rubbish</h1>"})
    expect(reader.open(WASTE).locator("h1")).to_have_text("Rubbish")
    expect(reader.page.locator(".kept-copy")).not_to_be_visible()
    reader.open("/en/news/")
    reader.context.unroute(reader.site + WASTE)
    reader.lose_network()
    expect(reader.open(WASTE).locator("h1")).to_have_text("Rubbish")


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_was_taken_down_is_kept_no_longer(reader: Reader, status: int):
    reader.visit(WASTE)
    reader.context.route(
        reader.site + WASTE, lambda route: route.fulfill(status=status, body="<h1>Gone</h1>")
    )
    reader.open(WASTE)
    reader.open("/en/")
    reader.wait_until_forgotten(WASTE)


def test_a_changed_page_for_an_emergency_is_fetched_again(reader: Reader):
    reader.change("/service-worker.js", {"LIST_HOLDS = 300_000": "LIST_HOLDS = 0"})
    page = reader.visit("/en/", EARTHQUAKE, "/en/offline.json")
    version = page.evaluate("async () => (await (await fetch('/en/offline.json')).json()).pages")
    reader.change("/en/offline.json", {version[EARTHQUAKE]: "another"})
    reader.change(EARTHQUAKE, {"<h1>Earthquake and tsunami</h1>": "<h1>Tsunami</h1>"})
    with reader.context.expect_event(
        "requestfinished", lambda request: request.url.endswith(EARTHQUAKE)
    ):
        reader.open("/en/news/")
    reader.wait_until_kept("/en/news/")
    reader.lose_network()
    expect(reader.open(EARTHQUAKE).locator("h1")).to_have_text("Tsunami")


def test_a_page_that_is_needed_no_more_in_an_emergency_is_forgotten(reader: Reader):
    reader.change("/service-worker.js", {"LIST_HOLDS = 300_000": "LIST_HOLDS = 0"})
    reader.visit("/en/", EARTHQUAKE, "/en/offline.json")
    reader.change("/en/offline.json", {EARTHQUAKE: "/en/news/"})
    reader.open("/en/about/")
    reader.wait_until_forgotten(EARTHQUAKE)


def test_on_a_bad_network_the_kept_page_opens_after_a_while(reader: Reader):
    reader.visit(WASTE)
    held: list[Route] = []
    reader.context.route(f"{reader.site}{WASTE}", lambda route: held.append(route))
    page = reader.open(WASTE)
    expect(page.locator("h1")).to_have_text("Waste")
    expect(page.locator(".kept-copy")).to_be_visible()
    assert held
    for route in held:
        route.abort()


def test_when_the_site_fails_the_kept_page_opens(reader: Reader):
    reader.visit(WASTE)
    reader.context.route(f"{reader.site}{WASTE}", lambda route: route.fulfill(status=503))
    expect(reader.open(WASTE).locator(".kept-copy")).to_be_visible()
    assert WASTE in reader.kept()


@pytest.fixture
def released_site(served_site: str) -> Iterator[SimpleNamespace]:
    """The served site at an `address` of its own, where its worker can be given another `version`.

    Browsers look for a new worker past everything that Playwright can change.
    """
    release = SimpleNamespace(version=None)

    class Release(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with urlopen(served_site + self.path) as response:
                body = response.read()
                headers = {name: value for name, value in response.getheaders() if name in KEPT_BY}
            if self.path == "/service-worker.js" and release.version:
                body = re.sub(rb'VERSION = "\w+"', b'VERSION = "' + release.version + b'"', body)
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Release)
    release.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield release
    server.shutdown()


def test_a_new_worker_takes_over_at_once_and_the_old_ones_pages_go(
    reader: Reader, released_site: SimpleNamespace
):
    reader.site = released_site.address
    page = reader.visit(WASTE, "/en/offline.json")
    old = set(page.evaluate(KEPT))
    assert len(old) == 3
    released_site.version = b"later"
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    # The page that is open is kept by the new one, without being opened again.
    for _ in range(200):
        kept = page.evaluate(KEPT)
        if set(kept) == {"read-later", "ahead-later", "files-later"}:
            break
        page.wait_for_timeout(50)
    assert not old & set(kept)
    reader.wait_until_kept(WASTE, EARTHQUAKE, "/en/offline.json")


def test_the_page_that_was_read_longest_ago_goes_first(reader: Reader):
    reader.change("/service-worker.js", {"const MOST = 60": "const MOST = 2"})
    reader.visit(WASTE)
    for path in ("/en/news/", "/en/about/"):
        reader.open(path)
        reader.wait_until_kept(path)
    reader.wait_until_forgotten(WASTE)
    assert reader.kept("read") == ["/en/news/", "/en/about/"]
    reader.lose_network()
    reader.open("/en/news/")
    assert reader.kept("read") == ["/en/about/", "/en/news/"]


def test_a_page_is_not_kept_for_longer_than_it_may(reader: Reader):
    reader.change("/service-worker.js", {"30 * 86_400_000": "-1"})
    reader.open(WASTE)
    reader.page.evaluate(WORKER_IS_THERE)
    reader.wait_until_kept("/en/offline.json")
    assert reader.kept("read") == []
