"""A translator works at the desk with the keyboard alone, and axe finds nothing there."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from wagtail_localize.models import StringTranslation

from tests.browser.test_accessibility import RULES, START
from tests.translations.desk.conftest import (
    desk,
    home,
    japanese,
    page,
    translation,
    translator,
)
from tests.translations.factories import translate

__all__ = ["desk", "home", "japanese", "page", "translation", "translator"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SITE = "http://desk.test"


def answered_by(client: Client, context: BrowserContext) -> None:
    """Lets Django answer the browser from within the test, so that both see the same database."""

    around = copy_context()

    def answer(route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        if parts.path.startswith("/static/"):
            found = finders.find(parts.path.removeprefix("/static/"))
            kind = mimetypes.guess_type(parts.path)[0] or "application/octet-stream"
            body = Path(found).read_bytes() if found else b""
            route.fulfill(status=200 if found else 404, content_type=kind, body=body)
            return
        # Django keeps the test's connection in the context; Playwright answers in another.
        response = around.copy().run(
            client.generic,
            request.method,
            f"{parts.path}?{parts.query}",
            data=request.post_data_buffer or b"",
            content_type=request.headers.get("content-type", ""),
            headers={"accept": request.headers.get("accept", "")},
        )
        body = b"".join(response) if response.streaming else response.content
        headers = {name.lower(): value for name, value in response.items()}
        headers.pop("content-security-policy", None)
        route.fulfill(status=response.status_code, headers=headers, body=body)

    context.route("**/*", answer)


@pytest.fixture
def opened(chromium: Browser, desk, translation) -> Iterator[Page]:
    """The desk of a translation of which one text is done."""
    translate(translation.source, translation.target_locale, {"Ladders": "階段"})
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    answered_by(desk, context)
    page = context.new_page()
    page.goto(SITE + reverse("translations_desk", args=[translation.pk]))
    yield page
    context.close()


def row(page: Page, source: str):
    return page.locator(".desk-row", has=page.locator(f'textarea[data-source="{source}"]'))


def final(translation, source: str) -> str | None:
    return (
        StringTranslation.objects.filter(
            locale=translation.target_locale, translation_of__data=source
        )
        .values_list("data", flat=True)
        .first()
    )


def test_a_text_is_saved_and_the_next_that_waits_is_at_hand_without_a_mouse(opened, translation):
    field = row(opened, "Climb the ladders.").locator("[name=target]")
    field.focus()
    opened.keyboard.type("階段を使ってください。")
    opened.keyboard.press("Control+Enter")
    desk_text = row(opened, "Ask ⟨1⟩the desk⟨/1⟩ by 10.").locator("[name=target]")
    expect(desk_text).to_be_focused()
    expect(row(opened, "Climb the ladders.").locator(".desk-state")).to_have_text("translated")
    assert final(translation, "Climb the ladders.") == "階段を使ってください。"


def test_checks_answer_while_one_types_and_a_sign_goes_as_a_whole(opened, translation):
    asked = row(opened, "Ask ⟨1⟩the desk⟨/1⟩ by 10.")
    asked.locator("[name=target]").focus()
    opened.keyboard.press("Alt+c")
    expect(asked.locator("[name=target]")).to_have_value("Ask ⟨1⟩the desk⟨/1⟩ by 10.")
    expect(asked.locator(".desk-warning").first).to_be_visible()
    for _ in " by 10.":
        opened.keyboard.press("Backspace")
    opened.keyboard.press("Backspace")
    expect(asked.locator("[name=target]")).to_have_value("Ask ⟨1⟩the desk")
    expect(asked.locator(".desk-error").first).to_be_visible()
    opened.keyboard.press("Control+Enter")
    expect(asked.locator(".desk-error").first).to_be_visible()
    assert final(translation, "Ask <b>the desk</b> by 10.") is None


def test_a_match_from_the_memory_is_taken_by_its_number(opened):
    ladders = row(opened, "Ladders")
    ladders.locator("[name=target]").fill("")
    expect(ladders.locator(".desk-matches [data-take]").first).to_be_visible()
    opened.keyboard.press("Alt+1")
    expect(ladders.locator("[name=target]")).to_have_value("階段")


@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_use_the_desk(opened, checkers, width):
    opened.set_viewport_size({"width": width, "height": 900})
    ladders = row(opened, "Ladders").locator("[name=target]")
    ladders.focus()
    expect(row(opened, "Ladders").locator(".desk-matches")).to_be_visible()
    # The admin brings an axe of its own, so ours comes after it.
    opened.add_script_tag(path=checkers / "axe-core" / "axe.min.js")
    opened.evaluate(START, RULES)
    own = [each for each in opened.evaluate("window.found") if "desk-" in each]
    assert own == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
