"""The whole site can be used with a keyboard, and one always sees where one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

# How many stops a page may have before a walk over it counts as trapped.
MOST_STOPS = 250
USABLE = ", ".join(
    f"{each}:visible:not([tabindex='-1'])"
    for each in ("a[href]", "button", "input", "summary", "textarea", "[tabindex='0']")
)
# Of the element that has the focus: what it is, what is wrong with how it shows, and how it begins
# and ends on the page. An outline needs 2 pixels and a contrast of 3 to 1, and may not be cut off.
FOCUSED = """
() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const channels = (colour) => {
        const [red, green, blue, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
        return { parts: [red, green, blue], alpha };
    };
    const luminance = (colour) => {
        const [red, green, blue] = channels(colour).parts.map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (from) => {
        for (let each = from; each; each = each.parentElement) {
            const colour = getComputedStyle(each).backgroundColor;
            if (channels(colour).alpha > 0) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const contrast = (one, other) => {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const faults = [];
    const style = getComputedStyle(element);
    const width = parseFloat(style.outlineWidth);
    const offset = parseFloat(style.outlineOffset);
    const ground = offset < 0 ? element : element.parentElement;
    const mark = element.ownerSVGElement && element.querySelector("circle");
    if (mark) {
        // On a map, the ring of the mark grows; an outline would box its name and its line too.
        const { stroke, strokeWidth } = getComputedStyle(mark);
        if (parseFloat(strokeWidth) < 4) faults.push("has no ring");
        else if (contrast(stroke, behind(element)) < 3) faults.push("has a faint ring");
    } else if (style.outlineStyle === "none" || width < 2) faults.push("has no outline");
    else if (contrast(style.outlineColor, behind(ground)) < 3) faults.push("has a faint outline");
    const box = element.getBoundingClientRect();
    const reach = Math.max(0, offset);
    for (let each = element.parentElement; each?.parentElement; each = each.parentElement) {
        if (each === document.body) break;
        const { overflowX, overflowY } = getComputedStyle(each);
        if (overflowX === "visible" && overflowY === "visible") continue;
        const edge = each.getBoundingClientRect();
        if (box.left - reach < edge.left - 1 || box.top - reach < edge.top - 1
            || box.bottom + reach > edge.bottom + 1) faults.push("has an outline that is cut off");
    }
    const lines = [...(mark ?? element).getClientRects()]
        .filter(({ width, height }) => width && height);
    if (!lines.length) faults.push("takes no room");
    const shows = lines.some((line) => {
        const [across, down] = [line.left + line.width / 2, line.top + line.height / 2];
        const top = document.elementFromPoint(across, down);
        return top && (element.contains(top) || top.contains(element));
    });
    if (!shows) faults.push("is out of sight or behind something");
    return {
        html: element.outerHTML.slice(0, 160),
        faults: faults.join(", "),
        first: element.matches(".skip"),
        place: box.top + scrollY,
        contained: Boolean(element.closest("main")),
    };
}
"""


@dataclass(frozen=True)
class Stop:
    """An element that the Tab key comes to."""

    html: str
    faults: str
    first: bool
    place: float
    contained: bool


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page in a window of a size that nothing is made for."""
    context = chromium.new_context(locale="en-GB", viewport={"width": 800, "height": 500})
    yield context.new_page()
    context.close()


def stops(page: Page) -> list[Stop]:
    """Where the Tab key comes to on a page, until it leaves it."""
    found: list[Stop] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or (found and focused["first"]):
            return found
        found.append(Stop(**focused))
    raise AssertionError(f"{page.url} holds the focus: {found[-1].html}")


# The small window is what a zoom of 400 % leaves of one of 1280 by 1024 pixels.
@pytest.mark.parametrize(("width", "height", "scheme"), [(320, 256, "light"), (1280, 1024, "dark")])
def test_one_sees_the_focus_at_every_stop_and_can_leave_every_page(
    served_site: str,
    examples: dict[str, list[str]],
    page: Page,
    width: int,
    height: int,
    scheme: str,
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    faults = []
    for address in [*examples["en"], "/en/search/?q=JET", "/accounts/login/"]:
        page.goto(served_site + address, wait_until="domcontentloaded")
        found = stops(page)
        assert len(found) >= 5, address
        faults += [f"{address} {stop.faults}: {stop.html}" for stop in found if stop.faults]
    assert not faults, "\n".join(faults)


def test_everything_on_a_page_can_be_reached_in_the_order_of_reading(
    served_site: str, examples: dict[str, list[str]], page: Page
) -> None:
    """Header, content, footer; within the content from the top to the foot."""
    for address in examples["ja"]:
        page.goto(served_site + address, wait_until="domcontentloaded")
        usable = page.locator(USABLE)
        found = stops(page)
        assert len(found) == usable.count(), address
        contained = "".join("c" if stop.contained else "-" for stop in found)
        assert "c" not in contained.strip("-").strip("c"), address
        assert contained.strip("-").count("-") == 0, address


def test_the_walk_tells_a_good_focus_from_bad_ones(page: Page) -> None:
    page.set_content(
        "<style>a { display: block; inline-size: 5rem }"
        "#good, #cut { outline: 3px solid #000; outline-offset: 3px }"
        "#faint { outline: 3px solid #eee } #none { outline: none }"
        "div { overflow: hidden } p { position: fixed; inset: auto 0 0; background: #fff }"
        "#behind { outline: 3px solid #000; position: absolute; inset-block-end: 0 }"
        "p { block-size: 9rem; margin: 0; z-index: 1 }</style>"
        "<a href=# id=good>1</a><a href=# id=faint>2</a><a href=# id=none>3</a>"
        "<div><a href=# id=cut>4</a></div><a href=# id=behind>5</a><p>On top"
    )
    assert [stop.faults for stop in stops(page)] == [
        "",
        "has a faint outline",
        "has no outline",
        "has an outline that is cut off",
        "is out of sight or behind something",
    ]


def test_the_skip_link_the_menu_and_the_search_work_with_the_keyboard(
    served_site: str, page: Page
) -> None:
    page.goto(f"{served_site}/en/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Contact").press(
        "Enter"
    )
    page.wait_for_url("**/en/contact/")
    field = page.get_by_role("combobox").first
    field.focus()
    page.keyboard.type("doctor")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=doctor")
    page.get_by_role("main").get_by_role("link", name="Seeing a doctor").first.press("Enter")
    page.wait_for_url("**/seeing-a-doctor/")


def test_an_answer_opens_and_closes_and_feedback_is_sent_with_the_keyboard(
    served_site: str, page: Page
) -> None:
    sent: list[dict[str, str]] = []

    def take(route: Route) -> None:
        sent.append(dict(parse_qsl(route.request.post_data)))
        route.fulfill(body="<title>Taken</title>", content_type="text/html")

    # The database belongs to the test; what the site does with an answer is tested without browser.
    page.route("**/en/feedback/*/", take)
    page.goto(f"{served_site}/en/multicultural/guide/emergency-numbers/")
    answer = page.locator(".accordion details").first
    answer.locator("summary").focus()
    page.keyboard.press("Space")
    expect(answer.locator(".prose")).to_be_visible()
    page.keyboard.press("Enter")
    expect(answer.locator(".prose")).not_to_be_visible()
    more = page.locator(".feedback summary")
    more.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="What did you look for?")).to_be_focused()
    page.keyboard.type("Where is the sea?")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Yes, it was")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_title("Taken")
    assert sent == [{"comment": "Where is the sea?", "useful": "yes"}]


def test_the_list_of_languages_goes_away_without_moving_the_pointer_or_the_focus(
    served_site: str, page: Page
) -> None:
    """What opens over the page can be closed (1.4.13), stays while it is used, and lets one go."""
    page.goto(f"{served_site}/en/offices/paris/")
    switcher = page.locator("details.languages")
    switcher.locator("summary").click()
    switcher.locator("li").last.hover()
    expect(switcher).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(switcher).not_to_have_attribute("open", "")
    expect(switcher.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in switcher.locator("li").all():
        page.keyboard.press("Tab")
        expect(switcher).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(switcher).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.closest('details.languages') === null")
    assert page.evaluate(FOCUSED)["faults"] == ""


def test_who_signs_in_need_not_remember_and_is_told_what_is_wrong(
    served_site: str, page: Page
) -> None:
    page.goto(f"{served_site}/accounts/login/")
    name, password = page.locator("#id_login"), page.locator("#id_password")
    expect(name).to_have_attribute("autocomplete", re.compile("username|email"))
    expect(password).to_have_attribute("autocomplete", "current-password")
    name.fill("nobody")
    password.fill("not the password")
    page.keyboard.press("Enter")
    error = page.locator(".errorlist").first
    expect(error).to_be_visible()
    expect(error).not_to_be_empty()
    expect(name).to_have_value("nobody")
