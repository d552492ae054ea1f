"""Every page can be used by everyone, as far as axe-core can tell."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from clair_site.pattern_words import WORDS
from translations.languages import LANGUAGES

pytestmark = pytest.mark.browser

# Where every template is opened in several ways, two languages stand for all.
SHOWN = ("en", "ja")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The check goes on by itself, so that the next page can be loaded meanwhile.
START = """
(tags) => {
    const check = async () => {
        const options = { runOnly: tags, resultTypes: ["violations"] };
        const { violations } = await axe.run(document, options);
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
            `${location.pathname}${location.search} ${id}: ${html} ${failureSummary}`));
    };
    window.found = new Promise((resolve) => setTimeout(() => resolve(check())));
}
"""

OpenPages = Callable[..., list[Page]]


@pytest.fixture(scope="module")
def open_pages(chromium: Browser, checkers: Path) -> Iterator[OpenPages]:
    """Opens two empty pages with axe-core in them.

    `width` is in pixels, `scheme` light or dark, or the few colours that the reader chose (forced).
    """
    axe = checkers / "axe-core" / "axe.min.js"
    contexts = []

    def opened(width: int = 1280, scheme: str = "light") -> list[Page]:
        pages = []
        for _ in range(2):
            context = chromium.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "forced" else scheme,
                forced_colors="active" if scheme == "forced" else "none",
                reduced_motion="reduce",
                bypass_csp=True,
                # It would ask the server itself for what a test answers.
                service_workers="block",
            )
            context.add_init_script(path=axe)
            contexts.append(context)
            pages.append(context.new_page())
        return pages

    yield opened
    for context in contexts:
        context.close()


def barriers(pages: list[Page], addresses: list[str]) -> str:
    """What keeps people from using the pages at some addresses: one line for each element."""
    found: list[str] = []
    running: deque[Page] = deque()
    for address, page in zip(addresses, cycle(pages), strict=False):
        if len(running) == len(pages):
            found += running.popleft().evaluate("window.found")
        page.goto(address, wait_until="domcontentloaded")
        page.evaluate(START, RULES)
        running.append(page)
    for page in running:
        found += page.evaluate("window.found")
    return "\n".join(found)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_page_has_a_barrier(
    served_site: str, addresses: dict[str, list[str]], open_pages: OpenPages, code: str
) -> None:
    found = barriers(open_pages(), [served_site + address for address in addresses[code]])
    assert not found, found


@pytest.mark.parametrize(
    ("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "dark"), (1280, "forced")]
)
def test_no_template_has_a_barrier_on_a_phone_at_night_or_in_high_contrast(
    served_site: str,
    examples: dict[str, list[str]],
    open_pages: OpenPages,
    width: int,
    scheme: str,
) -> None:
    chosen = [served_site + address for code in SHOWN for address in examples[code]]
    found = barriers(open_pages(width, scheme), chosen)
    assert not found, found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_site_answers_beside_its_pages_has_no_barrier(
    served_site: str,
    other_answers: dict[str, dict[str, str]],
    open_pages: OpenPages,
    scheme: str,
) -> None:
    answers = {address: html for code in SHOWN for address, html in other_answers[code].items()}

    def answer(route: Route) -> None:
        html = answers.get(route.request.url.removeprefix(served_site))
        if html is None:
            route.continue_()
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    pages = open_pages(360, scheme)
    for page in pages:
        page.route("**/*", answer)
    found = barriers(pages, [served_site + address for address in answers])
    assert not found, found


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_no_component_has_a_barrier_in_any_script(
    served_site: str, open_pages: OpenPages, width: int, scheme: str
) -> None:
    chosen = [f"{served_site}/patterns/?lang={code}" for code in WORDS]
    found = barriers(open_pages(width, scheme), chosen)
    assert not found, found


def test_the_checker_finds_a_barrier(open_pages: OpenPages) -> None:
    found = barriers(open_pages(), ["data:text/html,<title>Wrong</title><img src='data:,'>"])
    assert "image-alt" in found
