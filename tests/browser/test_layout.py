"""Pages fit every screen, and the way through them works with a keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from translations.languages import LANGUAGES

pytestmark = pytest.mark.browser

# Empty for a page that fits its window; else how wide it is and what stands out furthest.
OVERHANG = """
() => {
    const width = document.documentElement.scrollWidth;
    if (width <= innerWidth) return "";
    const right = (element) => element.getBoundingClientRect().right;
    const elements = [...document.querySelectorAll("body *:not(.menu *, .table *)")];
    const furthest = elements.toSorted((one, other) => right(other) - right(one))[0];
    return `${width} px: ${furthest.outerHTML.slice(0, 200)}`;
}
"""
ROWS_OF_NUMBERS = """
() => new Set([...document.querySelectorAll(".emergency a")].map((link) => link.offsetTop)).size
"""


@dataclass
class Visit:
    """What a browser saw on one page of the site."""

    address: str
    overhangs: dict[str, str] = field(default_factory=dict)
    rows_of_numbers: int = 0
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser window as a reader has it, in English."""
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty page, of a reader who has not chosen a language yet."""
    context.clear_cookies()
    page = context.new_page()
    yield page
    page.close()


def look_at(page: Page, seen: Visit) -> None:
    """Opens a page and measures it in several widths, and wide with its text twice as large."""
    page.goto(seen.address, wait_until="domcontentloaded")
    seen.overhangs["1280 px"] = page.evaluate(OVERHANG)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    seen.overhangs["text at 200 %"] = page.evaluate(OVERHANG)
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 900})
        seen.overhangs[f"{width} px"] = page.evaluate(OVERHANG)
    seen.rows_of_numbers = page.evaluate(ROWS_OF_NUMBERS)
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def visits(
    served_site: str, examples: dict[str, list[str]], context: BrowserContext
) -> list[Visit]:
    """One page of each template in every language, each seen once."""
    visits = [Visit(served_site + address) for code in examples for address in examples[code]]
    page = context.new_page()
    now = visits[0]
    page.on("request", lambda request: now.requests.append(request.url))
    page.on("console", lambda message: now.complaints.append(message.text))
    page.on("pageerror", lambda error: now.complaints.append(str(error)))
    for now in visits:
        look_at(page, now)
    page.close()
    return visits


def test_no_page_scrolls_sideways(visits: list[Visit]) -> None:
    too_wide = [
        f"{visit.address} ({how}) {overhang}"
        for visit in visits
        for how, overhang in visit.overhangs.items()
        if overhang
    ]
    assert not too_wide, "\n".join(too_wide)


def test_the_emergency_numbers_take_one_row_on_a_phone(visits: list[Visit]) -> None:
    assert [visit.address for visit in visits if visit.rows_of_numbers != 1] == []


def test_no_page_asks_another_host_for_anything(served_site: str, visits: list[Visit]) -> None:
    asked = {request for visit in visits for request in visit.requests}
    assert any(request.endswith(".css") for request in asked)
    assert {request for request in asked if not request.startswith(f"{served_site}/")} == set()


def test_no_page_breaks_its_own_rules_or_has_errors(visits: list[Visit]) -> None:
    complaints = [(visit.address, visit.complaints) for visit in visits if visit.complaints]
    assert complaints == []


def test_the_skip_link_comes_first_and_leads_to_the_content(served_site: str, page: Page) -> None:
    page.goto(f"{served_site}/en/offices/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Skip to the content")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_language_list_opens_and_closes_with_the_keyboard(served_site: str, page: Page) -> None:
    page.goto(f"{served_site}/en/offices/paris/")
    button = page.locator("details.languages summary")
    names = page.locator("details.languages li")
    expect(names.first).not_to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(names.first).to_be_visible()
    assert [name.strip() for name in names.all_inner_texts()] == [
        language.endonym for language in LANGUAGES.values()
    ]
    assert [name.get_attribute("lang") for name in names.all()] == [
        language.tag for language in LANGUAGES.values()
    ]
    page.keyboard.press("Tab")
    expect(names.first.locator("a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(names.first).not_to_be_visible()
    expect(button).to_be_focused()


def test_a_chosen_language_gives_the_same_page_and_is_remembered(
    served_site: str, page: Page
) -> None:
    page.goto(f"{served_site}/en/offices/paris/")
    assert page.context.cookies() == []
    page.locator("details.languages summary").press("Enter")
    page.get_by_role("link", name="日本語").first.press("Enter")
    page.wait_for_url(f"{served_site}/ja/offices/paris/")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    assert {cookie["name"]: cookie["value"] for cookie in page.context.cookies()} == {
        "language": "ja"
    }
    page.goto(f"{served_site}/")
    expect(page).to_have_url(f"{served_site}/ja/")


def test_the_language_can_be_chosen_without_scripts(served_site: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served_site}/en/offices/paris/")
    page.locator("details.languages summary").click()
    page.get_by_role("link", name="ไทย").first.click()
    page.wait_for_url(f"{served_site}/th/offices/paris/")
    context.close()


def test_a_clock_shows_the_time_at_the_office(served_site: str, page: Page) -> None:
    page.clock.install(time="2026-01-15T12:00:00Z")
    page.goto(f"{served_site}/de/offices/new-york/")
    clock = page.locator("[data-time-zone]")
    expect(clock).to_have_text("07:00")
    page.clock.run_for(61_000)
    expect(clock).to_have_text("07:01")


def test_printed_pages_show_answers_that_are_folded_away(served_site: str, page: Page) -> None:
    page.goto(f"{served_site}/en/multicultural/guide/emergency-numbers/")
    answer = page.locator(".accordion details .prose").first
    expect(answer).not_to_be_visible()
    page.emulate_media(media="print")
    expect(answer).to_be_visible()
    expect(page.locator(".menu")).not_to_be_visible()
