"""A page to translate, with what is hard in files: a text twice, a link, signs that are markup."""

from __future__ import annotations

import pytest
from wagtail.models import Locale
from wagtail_localize.models import Translation

from pages.models import StandardPage
from tests.pages.factories import block, make_home, make_locale, make_page
from tests.translations.factories import make_translated
from translations.store import bring_in
from translations.targets import make_target, submit


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def page(japanese) -> StandardPage:
    """A page on which one title stands twice, with a text that holds a link."""
    home = make_home()
    make_translated(home, japanese)
    return make_page(
        home,
        title="Waste",
        summary="Sort & tie.",
        body=[
            block("notice", {"kind": "warning", "title": "Stairs", "text": "Use the stairs."}),
            block("notice", {"kind": "warning", "title": "Stairs", "text": "Avoid lifts."}),
            block(
                "text",
                '<p>Ask <a href="https://www.example.org/">the <b>desk</b></a> first.</p>',
            ),
        ],
    )


@pytest.fixture
def translation(page, japanese) -> Translation:
    return submit(bring_in(page)[0], japanese)


@pytest.fixture
def draft(translation, japanese) -> StandardPage:
    """The page in Japanese, which nobody has translated yet."""
    return make_target(translation.source, japanese, publish=False)
