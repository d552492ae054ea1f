"""A translator types signs in the place of tags, and cannot break a tag."""

from __future__ import annotations

import pytest

from translations.desk.differences import differences
from translations.desk.tokens import as_stored, as_typed, tokens_of
from translations.exchange.markup import MarkupError

SOURCE = '<a id="a1">Ask <b>us</b></a> &amp; come<br/>in'


def test_tags_are_numbered_signs_and_entities_are_characters():
    assert as_typed(SOURCE, SOURCE) == "⟨1⟩Ask ⟨2⟩us⟨/2⟩⟨/1⟩ & come⟨3/⟩in"
    assert tokens_of(SOURCE) == ["⟨1⟩", "⟨2⟩", "⟨/2⟩", "⟨/1⟩", "⟨3/⟩"]


def test_what_is_typed_becomes_the_sources_own_tags_wherever_they_go():
    typed = "⟨3/⟩<来> & ⟨2⟩聞く⟨/2⟩⟨1⟩私たち⟨/1⟩"
    stored = '<br/>&lt;来&gt; &amp; <b>聞く</b><a id="a1">私たち</a>'
    assert as_stored(typed, SOURCE) == stored
    assert as_typed(stored, SOURCE) == typed


@pytest.mark.parametrize("typed", ["⟨1⟩open", "⟨7⟩x⟨/7⟩", "⟨1⟩a⟨2⟩b⟨/1⟩c⟨/2⟩", "⟨/1⟩", "⟨2/⟩"])
def test_signs_that_cross_or_that_the_source_does_not_have_are_refused(typed):
    with pytest.raises(MarkupError):
        as_stored(typed, SOURCE)


def test_of_a_text_with_other_tags_the_words_are_left():
    assert as_typed("<i>nur <b>Worte</b></i>", SOURCE) == "nur Worte"


def read(before: str, after: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in differences(before, after)]


def test_what_changed_is_told_word_by_word():
    assert read("Use the stairs.", "Never use the stairs.") == [
        ("old", "Use"),
        ("new", "Never use"),
        ("same", " the stairs."),
    ]


def test_scripts_without_spaces_are_compared_letter_by_letter():
    assert read("避難所に行く", "避難所へ行く") == [
        ("same", "避難所"),
        ("old", "に"),
        ("new", "へ"),
        ("same", "行く"),
    ]
    assert read("ไปที่นี่", "ไปที่นั่น")[0][0] == "same"
