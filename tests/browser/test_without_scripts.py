"""Whatever the site is for works without scripts: a reader loses nothing but comfort."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

# Every line that one reads, without clocks, which go on, and buttons, which scripts may add.
LINES = """
() => {
    for (const each of document.querySelectorAll("[data-time-zone], button")) each.remove();
    for (const each of document.querySelectorAll("details")) each.open = true;
    return document.body.innerText.split("\\n").map((line) => line.trim()).filter(Boolean);
}
"""


@pytest.fixture(scope="module")
def plain_pages(chromium: Browser) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def test_every_template_says_the_same_without_scripts(
    served_site: str, examples: dict[str, list[str]], chromium: Browser, plain_pages: Page
) -> None:
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    lost = {}
    for address in [*examples["en"], "/en/search/?q=CLAIR", "/en/no-such-page/"]:
        page.goto(served_site + address)
        plain_pages.goto(served_site + address)
        without = plain_pages.evaluate(LINES)
        assert len(without) > 20, address
        if missing := [line for line in page.evaluate(LINES) if line not in without]:
            lost[address] = missing
    context.close()
    assert lost == {}


def test_one_can_search_open_an_answer_and_choose_a_language(
    served_site: str, plain_pages: Page
) -> None:
    page = plain_pages
    page.goto(f"{served_site}/en/")
    page.get_by_role("searchbox").fill("ambulance")
    page.get_by_role("search").get_by_role("button").click()
    page.wait_for_url("**/en/search/?q=ambulance")
    page.get_by_role("main").get_by_role("link", name="Emergency numbers").click()
    page.wait_for_url("**/en/multicultural/guide/emergency-numbers/")
    answer = page.locator(".accordion details").first
    expect(answer.locator(".prose")).not_to_be_visible()
    answer.locator("summary").click()
    expect(answer.locator(".prose")).to_be_visible()
    page.locator("details.languages summary").click()
    page.locator("details.languages").get_by_role("link", name="ไทย").click()
    page.wait_for_url("**/th/multicultural/guide/emergency-numbers/")
    expect(page.locator("html")).to_have_attribute("lang", "th")


def test_feedback_is_sent_without_scripts(served_site: str, plain_pages: Page) -> None:
    page, sent = plain_pages, []

    def take(route: Route) -> None:
        sent.append((route.request.method, dict(parse_qsl(route.request.post_data))))
        route.fulfill(body="<title>Taken</title>", content_type="text/html")

    # The database belongs to the test; what the site does with an answer is tested without browser.
    page.route("**/en/feedback/*/", take)
    page.goto(f"{served_site}/en/contact/")
    page.locator(".feedback summary").click()
    page.locator(".feedback textarea").fill("Map")
    page.get_by_role("button", name="No, it was not").click()
    expect(page).to_have_title("Taken")
    assert sent == [("POST", {"comment": "Map", "useful": "no"})]
    page.unroute("**/en/feedback/*/")


def test_a_clock_shows_the_time_when_the_page_was_made(served_site: str, plain_pages: Page) -> None:
    plain_pages.goto(f"{served_site}/de/offices/singapore/")
    shown = plain_pages.locator("[data-time-zone]").inner_text()
    assert re.fullmatch(r"\d\d:\d\d", shown)
    hour, minute = map(int, shown.split(":"))
    now = timezone.now()
    # Singapore is eight hours ahead of UTC all year.
    late = (now.hour + 8) * 60 + now.minute - (hour * 60 + minute)
    assert late % (24 * 60) <= 2
