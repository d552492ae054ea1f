"""Cards that are made, in a storage of their own."""

from __future__ import annotations

from importlib import import_module

import pytest

from pages.cards import making


@pytest.fixture
def cards(settings, tmp_path) -> None:
    """A site with cards, none of which is made yet."""
    import_module(settings.ROOT_URLCONF)  # which keeps the folder of other media as it is now
    settings.SOCIAL_CARDS = True
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def made(monkeypatch, cards) -> list[str]:
    """The titles of the cards that are made from here on, in their order."""
    titles: list[str] = []

    def note(card: making.Card) -> bytes:
        titles.append(card.title)
        return b"a picture, IEND\xaeB`\x82"

    monkeypatch.setattr(making, "picture_of", note)
    return titles
