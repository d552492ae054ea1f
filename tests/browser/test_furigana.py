"""Furigana in a browser: switched on once, they stay; they fit; screen readers do not hear them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_markup import complaints, file_name

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("site_readings")]

GUIDE = "/ja/multicultural/guide/"
WASTE = f"{GUIDE}waste/"
# What stands out of the window; then readings that run into the line above them.
MISFITS = """
() => {
    const BLOCKS = "p, li, h1, h2, h3, dd, dt, td, th, caption, summary, label, button, a, div";
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window");
    for (const reading of document.querySelectorAll("rt")) {
        if (!reading.checkVisibility() || reading.closest(".visually-hidden")) continue;
        const box = reading.getBoundingClientRect();
        const block = reading.closest(BLOCKS) ?? reading.closest("ruby").parentElement;
        const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const text = texts.currentNode;
            const hidden = text.parentElement.closest("rt, rp, .visually-hidden");
            if (hidden || !text.data.trim()) continue;
            const half = parseFloat(getComputedStyle(text.parentElement).fontSize) * 0.46;
            const range = document.createRange();
            range.selectNodeContents(text);
            for (const line of range.getClientRects()) {
                const middle = (line.top + line.bottom) / 2;
                const above = middle < (box.top + box.bottom) / 2;
                const beside = box.left < line.right - 1 && box.right > line.left + 1;
                if (above && beside && box.top + 1.5 < middle + half) {
                    found.push(`${reading.textContent} in ${text.data.trim().slice(0, 20)}`);
                }
            }
        }
    }
    return found;
}
"""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader's browser that remembers nothing yet."""
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def switch(page: Page, does: str):
    return page.locator(f'a[data-furigana="{does}"]')


def test_furigana_that_were_switched_on_stay_on_every_page_until_they_are_switched_off(
    page, context, served_site
):
    page.goto(served_site + WASTE)
    expect(page.locator("ruby")).to_have_count(0)
    switch(page, "show").click()
    expect(page).to_have_url(f"{served_site}{WASTE}?furigana=1")
    expect(page.locator("main ruby").first).to_be_visible()
    # By a link of the page; then by an address that says nothing of them.
    page.locator(".breadcrumbs a").last.click()
    expect(page).to_have_url(f"{served_site}{GUIDE}?furigana=1")
    later = context.new_page()
    later.goto(f"{served_site}{WASTE}#feedback")
    expect(later).to_have_url(f"{served_site}{WASTE}?furigana=1#feedback")
    switch(later, "hide").click()
    expect(later).to_have_url(served_site + WASTE)
    later.goto(served_site + GUIDE)
    expect(switch(later, "show")).to_be_visible()
    expect(later).to_have_url(served_site + GUIDE)


def test_an_address_with_furigana_that_somebody_sent_is_not_remembered(page, served_site):
    page.goto(f"{served_site}{WASTE}?furigana=1")
    page.goto(served_site + WASTE)
    expect(switch(page, "show")).to_be_visible()
    expect(page).to_have_url(served_site + WASTE)


def test_it_works_with_the_keyboard(page, served_site):
    page.goto(served_site + WASTE)
    switch(page, "show").focus()
    page.keyboard.press("Enter")
    expect(switch(page, "hide")).to_be_visible()


def test_it_works_without_scripts(chromium, served_site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served_site + WASTE)
    switch(page, "show").click()
    page.locator(".breadcrumbs a").last.click()
    expect(page).to_have_url(f"{served_site}{GUIDE}?furigana=1")
    page.locator(".masthead input[type=search]").fill("ごみ")
    page.keyboard.press("Enter")
    expect(page.locator("main ruby").first).to_be_visible()
    switch(page, "hide").click()
    expect(page.locator("ruby")).to_have_count(0)
    context.close()


def test_the_choice_does_not_follow_into_other_languages(page, served_site):
    page.goto(served_site + WASTE)
    switch(page, "show").click()
    page.goto(f"{served_site}/en/multicultural/guide/waste/")
    expect(page).to_have_url(f"{served_site}/en/multicultural/guide/waste/")
    expect(page.locator("a[data-furigana]")).to_have_count(0)


def test_screen_readers_hear_words_and_not_their_readings_as_well(page, served_site):
    page.goto(f"{served_site}{WASTE}?furigana=1")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = [node for node in tree if not node["ignored"]]
    names = [node.get("name", {}).get("value", "") for node in heard]
    links = [
        name for node, name in zip(heard, names, strict=True) if node["role"]["value"] == "link"
    ]
    # A short one can be a word of the text as well.
    readings = {each for each in page.locator("rt").all_text_contents() if len(each) > 2}
    assert "やくしょ" in readings
    assert [name for name in names if name in readings] == []
    assert "お問い合わせ" in links


@pytest.mark.parametrize("width", [320, 1280])
def test_readings_fit_the_window_and_keep_off_the_line_above(page, served_site, addresses, width):
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for address in addresses["ja"]:
        page.goto(f"{served_site}{address}?furigana=1")
        if misfits := page.evaluate(MISFITS):
            found[address] = misfits[:3]
    assert not found


def test_pages_with_furigana_are_valid_html(
    site_readings, addresses, client: Client, db, checkers: Path, tmp_path: Path
):
    for address in addresses["ja"]:
        response = client.get(f"{address}?furigana=1")
        (tmp_path / file_name(address)).write_bytes(response.content)
    assert complaints(checkers, tmp_path) == []
