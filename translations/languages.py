"""The languages of the site: one entry each, and nothing else needs to know them by name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """One language that pages can be read in.

    `code` is Django's and Wagtail's code and the URL prefix; `tag` the BCP 47 tag for `lang` and
    `hreflang`; `cldr` the locale that Babel knows; `browser_codes` what browsers send for it beyond
    the code itself; `date_patterns` CLDR patterns for day, month, year or time where CLDR's own
    do not suit running text; `fallback` the code of the language to offer when a page is missing.
    """

    code: str
    tag: str
    endonym: str
    english_name: str
    cldr: str
    direction: str = "ltr"
    words_spaced: bool = True
    date_patterns: tuple[tuple[str, str], ...] = ()
    tall_glyphs: bool = False
    browser_codes: tuple[str, ...] = ()
    fallback: str = "en"


SOURCE_CODE = "en"

LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("en", "en", "English", "English", "en_GB"),
        Language("ja", "ja", "日本語", "Japanese", "ja", words_spaced=False),
        Language(
            "zh-hans",
            "zh-Hans",
            "简体中文",
            "Simplified Chinese",
            "zh_Hans",
            words_spaced=False,
            browser_codes=("zh", "zh-cn", "zh-sg", "zh-hans-cn", "zh-hans-sg"),
        ),
        # CLDR's short time would write the half of the day as AM and PM.
        Language("ko", "ko", "한국어", "Korean", "ko", date_patterns=(("time", "aaaa h:mm"),)),
        Language("es", "es", "Español", "Spanish", "es"),
        Language(
            "pt-br",
            "pt-BR",
            "Português",
            "Portuguese",
            "pt_BR",
            browser_codes=("pt", "pt-pt"),
        ),
        Language("tl", "tl", "Tagalog", "Tagalog", "fil", browser_codes=("fil", "fil-ph", "tl-ph")),
        Language("de", "de", "Deutsch", "German", "de"),
        Language(
            "vi",
            "vi",
            "Tiếng Việt",
            "Vietnamese",
            "vi",
            tall_glyphs=True,
            date_patterns=(("day", "'ngày' d 'tháng' M 'năm' y"), ("month", "'tháng' M 'năm' y")),
        ),
        Language("fr", "fr", "Français", "French", "fr"),
        Language("ru", "ru", "Русский", "Russian", "ru", date_patterns=(("year", "y\u202f'г.'"),)),
        Language("id", "id", "Bahasa Indonesia", "Indonesian", "id", browser_codes=("in", "in-id")),
        Language(
            "th",
            "th",
            "ไทย",
            "Thai",
            "th",
            words_spaced=False,
            tall_glyphs=True,
            # The site's texts count years as the sources do, without naming the era.
            date_patterns=(("day", "d MMMM y"), ("month", "MMMM y")),
        ),
    )
}


def get_language(code: str) -> Language:
    """The entry for a code of ours, in any case of letters. Raises KeyError for another."""
    return LANGUAGES[code.lower()]


def django_choices() -> list[tuple[str, str]]:
    """What Django's LANGUAGES setting takes: code and native name."""
    return [(language.code, language.endonym) for language in LANGUAGES.values()]


def django_lang_info() -> dict[str, dict]:
    """Entries for Django's LANG_INFO, which lacks some of our languages (Tagalog)."""
    return {
        language.code: {
            "bidi": language.direction == "rtl",
            "code": language.code,
            "name": language.english_name,
            "name_local": language.endonym,
        }
        for language in LANGUAGES.values()
    }
