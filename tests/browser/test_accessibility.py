"""Every page can be used by everyone, as far as axe-core can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from translations.languages import LANGUAGES

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
async (tags) => {
    const options = { runOnly: tags, resultTypes: ["violations"] };
    const { violations } = await axe.run(document, options);
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary}`));
}
"""


@pytest.fixture(scope="module")
def open_page(chromium: Browser, checkers: Path) -> Iterator[Callable[..., Page]]:
    """Opens an empty page that has axe-core in it; `width` in pixels, `scheme` light or dark."""
    axe = checkers / "axe-core" / "axe.min.js"
    contexts = []

    def opened(width: int = 1280, scheme: str = "light") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            bypass_csp=True,
        )
        context.add_init_script(path=axe)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def barriers(page: Page, address: str) -> list[str]:
    """What keeps people from using the page at an address: rule, element, and what to mend."""
    page.goto(address, wait_until="domcontentloaded")
    return [f"{address} {found}" for found in page.evaluate(RUN, RULES)]


def all_barriers(page: Page, site: str, addresses: list[str]) -> str:
    """What was found on several pages, one a line."""
    return "\n".join(found for address in addresses for found in barriers(page, site + address))


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_page_has_a_barrier(
    served_site: str, addresses: dict[str, list[str]], open_page: Callable[..., Page], code: str
) -> None:
    assert all_barriers(open_page(), served_site, addresses[code]) == ""


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "dark")])
def test_no_template_has_a_barrier_on_a_phone_or_at_night(
    served_site: str,
    examples: dict[str, list[str]],
    open_page: Callable[..., Page],
    width: int,
    scheme: str,
) -> None:
    page = open_page(width, scheme)
    for code in ("en", "ja"):
        assert all_barriers(page, served_site, examples[code]) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_site_answers_beside_its_pages_has_no_barrier(
    served_site: str, other_answers: dict[str, str], open_page: Callable[..., Page], scheme: str
) -> None:
    page = open_page(360, scheme)

    def answer(route: Route) -> None:
        html = other_answers.get(route.request.url.removeprefix(served_site))
        if html is None:
            route.continue_()
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    assert all_barriers(page, served_site, list(other_answers)) == ""


def test_the_checker_finds_a_barrier(open_page: Callable[..., Page]) -> None:
    page = open_page()
    found = barriers(page, "data:text/html,<title>Wrong</title><img src='data:,'>")
    assert any("image-alt" in barrier for barrier in found)
