"""Browsers are told before they lay a page out how wide its pictures will be, and told right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assets.renditions import WIDTHS

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATE = ROOT / "pages" / "templates" / "pages" / "blocks" / "picture.html"
# How wide a photograph is in the place of each picture, and how wide its `sizes` say it will be.
MEASURE = """
(sizes) => [...document.querySelectorAll(".picture img")].map((picture) => {
    picture.width = 1400;
    picture.height = 788;
    const fitting = sizes.split(/,\\s*(?![^(]*\\))/).find((part) => {
        const condition = part.match(/^\\([^)]*\\)/);
        return !condition || matchMedia(condition[0]).matches;
    });
    const ruler = document.body.appendChild(document.createElement("div"));
    ruler.style.position = "absolute";
    ruler.style.inlineSize = fitting.replace(/^\\([^)]*\\)\\s+/, "");
    const told = ruler.getBoundingClientRect().width;
    ruler.remove();
    return [picture.getBoundingClientRect().width, told];
})
"""


def chosen(width: float) -> int:
    """The width that a browser takes for a picture that needs so many pixels."""
    return next((each for each in WIDTHS if each >= width), WIDTHS[-1])


@pytest.mark.parametrize("code", ["en", "ja", "th"])
@pytest.mark.parametrize("width", [320, 360, 412, 600, 768, 1024, 1280, 1600])
def test_sizes_make_browsers_take_the_width_that_the_picture_needs(
    code: str, width: int, chromium: Browser, served_site: str
):
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{served_site}/{code}/jet/stories/")
    found = page.evaluate(MEASURE, re.search(r'sizes="([^"]+)"', TEMPLATE.read_text())[1])
    page.close()
    assert found
    for shown, told in found:
        assert shown <= told * 1.01, (shown, told)
        for pixels in (1, 2, 3):
            assert chosen(told * pixels) == chosen(shown * pixels), (shown, told)
