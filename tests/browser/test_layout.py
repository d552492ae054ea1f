"""Pages fit every screen, and the way through them works with a keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clair_site.pattern_words import WORDS
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
# What readers may set for themselves by WCAG 1.4.12. A sheet like this is no inline style.
WIDE_TEXT = """
() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        + " word-spacing: .16em !important } p { margin-block-end: 2em !important }");
    document.adoptedStyleSheets = [sheet];
}
"""
NORMAL_TEXT = "() => { document.adoptedStyleSheets = []; }"
# What is there for screen readers, for keyboards or for programs, out of sight until it is wanted.
UNSEEN = "svg, .visually-hidden, .skip, [aria-hidden='true']"
# Parts of a page, other than tables, that one has to scroll sideways.
SCROLLED = """
() => [...document.querySelectorAll("body *:not(.table)")].filter((element) =>
    ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
    && element.scrollWidth > element.clientWidth + 1
).map((element) => element.outerHTML.slice(0, 160))
"""
# Elements whose text is cut off, or stands out of its box.
CUT_OFF = """
(UNSEEN) => [...document.querySelectorAll("body *")].filter((element) => {
    if (!element.checkVisibility() || element.closest(UNSEEN)) return false;
    const { overflowX, overflowY, display } = getComputedStyle(element);
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = element;
    if (overflowX === "hidden" && scrollWidth > clientWidth + 1) return true;
    if (overflowY === "hidden" && scrollHeight > clientHeight + 1) return true;
    const own = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    if (!own.length || display === "inline") return false;
    const box = element.getBoundingClientRect();
    const range = document.createRange();
    return own.some((node) => {
        range.selectNodeContents(node);
        const { right, bottom } = range.getBoundingClientRect();
        return right > box.right + 2 || bottom > box.bottom + 2;
    });
}).map((element) => element.outerHTML.slice(0, 160))
"""
# What is too small to hit: less than 24 pixels, not part of a sentence, and close to something else
# that one can press (WCAG 2.5.8).
SMALL_TARGETS = """
(UNSEEN) => {
    const whole = (link) => getComputedStyle(link, "::after").position === "absolute"
        ? link.offsetParent : link;
    const targets = [...document.querySelectorAll("a[href], button, summary, input, textarea")]
        .filter((element) => element.checkVisibility() && !element.closest(UNSEEN))
        .map((element) => ({ element, box: whole(element).getBoundingClientRect() }));
    const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];
    const small = ({ box }) => box.width < 23.5 || box.height < 23.5;
    const inSentence = ({ element }) => getComputedStyle(element).display === "inline"
        && element.parentElement.textContent.trim().length > element.textContent.trim().length;
    const distance = ([across, down], box) => Math.hypot(
        Math.max(box.left - across, 0, across - box.right),
        Math.max(box.top - down, 0, down - box.bottom));
    const crowded = (target) => targets.some((other) => other !== target && (
        distance(middle(target.box), other.box) < 12
        || (small(other) && Math.hypot(middle(target.box)[0] - middle(other.box)[0],
            middle(target.box)[1] - middle(other.box)[1]) < 24)));
    return targets.filter((target) => small(target) && !inSentence(target) && crowded(target))
        .map(({ element, box: { width, height } }) =>
            `${Math.round(width)} x ${Math.round(height)} ${element.outerHTML.slice(0, 160)}`);
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
    cut_off: list[str] = field(default_factory=list)
    scrolled: list[str] = field(default_factory=list)
    small_targets: list[str] = field(default_factory=list)
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
    """Opens a page and measures it: several widths, text twice as large, text further apart.

    320 pixels are also what a zoom of 400 % leaves of a window of 1280.
    """
    page.goto(seen.address, wait_until="domcontentloaded")
    seen.overhangs["1280 px"] = page.evaluate(OVERHANG)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    seen.overhangs["text at 200 %"] = page.evaluate(OVERHANG)
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 900})
        seen.overhangs[f"{width} px"] = page.evaluate(OVERHANG)
        if width == 320:
            seen.scrolled = page.evaluate(SCROLLED)
    seen.small_targets = page.evaluate(SMALL_TARGETS, UNSEEN)
    page.evaluate(WIDE_TEXT)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        seen.overhangs[f"wide text, {width} px"] = page.evaluate(OVERHANG)
        seen.cut_off += page.evaluate(CUT_OFF, UNSEEN)
    page.evaluate(NORMAL_TEXT)
    page.set_viewport_size({"width": 360, "height": 900})
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


def test_nothing_but_a_table_scrolls_sideways_at_a_zoom_of_400_percent(visits: list[Visit]) -> None:
    scrolled = [f"{visit.address} {html}" for visit in visits for html in visit.scrolled]
    assert not scrolled, "\n".join(scrolled)


def test_the_emergency_numbers_take_one_row_on_a_phone(visits: list[Visit]) -> None:
    assert [visit.address for visit in visits if visit.rows_of_numbers != 1] == []


def test_no_text_is_cut_off_when_letters_and_lines_stand_further_apart(visits: list[Visit]) -> None:
    cut_off = [f"{visit.address} {html}" for visit in visits for html in visit.cut_off]
    assert not cut_off, "\n".join(cut_off)


def test_whatever_one_presses_is_large_enough_or_stands_apart(visits: list[Visit]) -> None:
    small = [f"{visit.address} {target}" for visit in visits for target in visit.small_targets]
    assert not small, "\n".join(small)


def test_the_measures_find_what_is_cut_off_and_what_is_too_small(page: Page) -> None:
    page.set_content(
        "<style>div { overflow: hidden; block-size: 1.2em } b { display: block; block-size: 5px }"
        "button { font-size: 5px }</style><div>One<br>Two</div><b>Three</b>"
        "<button>1</button><button>2</button><p>A <a href=#>link</a> in a sentence</p>"
    )
    assert [html[:3] for html in page.evaluate(CUT_OFF, UNSEEN)] == ["<di", "<b>"]
    assert len(page.evaluate(SMALL_TARGETS, UNSEEN)) == 2


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
    # A partial language has no pages of offices: its home page is offered.
    assert [name.strip() for name in names.all_inner_texts()] == [
        f"{language.endonym} Home" if language.partial else language.endonym
        for language in LANGUAGES.values()
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
    expect(page.locator(".search").first).not_to_be_visible()
    printed = page.locator(".printed")
    expect(printed).to_be_visible()
    address = printed.evaluate("note => getComputedStyle(note, '::before').content")
    assert address.endswith('/en/multicultural/guide/emergency-numbers/"')


MOVING = """
() => [...document.querySelectorAll("*")].filter((element) => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
    const still = transitionDuration.split(", ").every((time) => parseFloat(time) === 0);
    return !still || animationName !== "none" || scrollBehavior === "smooth";
}).map((element) => element.outerHTML.slice(0, 160))
"""


def test_nothing_moves_for_readers_who_want_less_motion(
    served_site: str, examples: dict[str, list[str]], page: Page
) -> None:
    page.goto(served_site + examples["en"][0])
    assert page.evaluate(MOVING), "nothing moves for anybody: this test shows nothing"
    page.emulate_media(reduced_motion="reduce")
    for address in examples["en"]:
        page.goto(served_site + address, wait_until="domcontentloaded")
        assert page.evaluate(MOVING) == [], address


@pytest.mark.parametrize("code", WORDS)
def test_no_component_scrolls_sideways_in_any_script(
    served_site: str, page: Page, code: str
) -> None:
    seen = Visit(f"{served_site}/patterns/?lang={code}")
    look_at(page, seen)
    assert {how: overhang for how, overhang in seen.overhangs.items() if overhang} == {}


def test_the_tasks_and_the_first_pillar_are_on_a_phones_first_screen(
    served_site: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{served_site}/en/")
    for seen in (page.locator(".lead"), *page.locator(".tasks a").all()):
        expect(seen).to_be_in_viewport(ratio=1)
    expect(page.locator(".pillars b").first).to_be_in_viewport()


def test_a_mark_on_the_map_can_be_reached_with_the_keyboard_and_shows_it(
    served_site: str, page: Page
) -> None:
    page.goto(f"{served_site}/en/offices/")
    mark = page.locator(".map a").nth(2)
    circle = mark.locator("circle")
    before = circle.evaluate("circle => getComputedStyle(circle).strokeWidth")
    page.locator(".map a").nth(1).focus()
    page.keyboard.press("Tab")
    expect(mark).to_be_focused()
    assert circle.evaluate("circle => getComputedStyle(circle).strokeWidth") != before
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}/en/offices/paris/")


@pytest.mark.parametrize(
    "ways", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}]
)
def test_the_areas_of_the_offices_stand_out_from_the_land(
    served_site: str, page: Page, ways: dict[str, str]
) -> None:
    page.emulate_media(**ways)
    page.goto(f"{served_site}/en/offices/")
    fills = page.evaluate(
        """() => [".land", ".area", ".map circle"].map(
            (selector) => getComputedStyle(document.querySelector(selector)).fill)"""
    )
    assert len({*fills[:2]}) == 2
    assert fills[1] != fills[2]


def test_forced_colours_underline_only_the_section_that_one_is_in(
    served_site: str, page: Page
) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{served_site}/en/offices/paris/")
    lines = page.evaluate(
        """() => [...document.querySelectorAll(".menu a")].map(
            (link) => getComputedStyle(link).borderBottomColor)"""
    )
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert [line == ground for line in lines] == [False, *[True] * (len(lines) - 1)]
