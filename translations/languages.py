"""The languages of the site: one entry each, and nothing else needs to know them by name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """One language that pages can be read in.

    `code` is Django's and Wagtail's code and the URL prefix; `tag` the BCP 47 tag for `lang` and
    `hreflang`; `cldr` the locale that Babel knows; `browser_codes` what browsers send for it beyond
    the code itself; `date_patterns` CLDR patterns for day, month, year or time where CLDR's own
    do not suit running text; `fallback` the code of the language to offer when a page is missing;
    `partial` that only some pages are to exist in it; `furigana` that readings can stand above its
    words.
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
    partial: bool = False
    furigana: bool = False

    @property
    def has_own_tag(self) -> bool:
        """Whether `tag` means this language alone, so that a browser can ask for it by the tag.

        Easy Japanese is Japanese to machines: its pages are no `hreflang` alternates of others.
        """
        return self.tag.lower() == self.code


SOURCE_CODE = "en"
# What people at a counter in Japan read.
LOCAL_CODE = "ja"

LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("en", "en", "English", "English", "en_GB"),
        Language("ja", "ja", "日本語", "Japanese", "ja", words_spaced=False, furigana=True),
        # Japanese in plain words, for the pages that residents need.
        Language(
            "ja-easy",
            "ja",
            "やさしい日本語",
            "Easy Japanese",
            "ja",
            words_spaced=False,
            fallback="ja",
            partial=True,
            furigana=True,
        ),
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


def with_fallbacks(language: Language) -> list[Language]:
    """The language and those to turn to for what it lacks, best first; the source comes last."""
    codes = [language.code]
    while codes[-1] != SOURCE_CODE:
        following = LANGUAGES[codes[-1]].fallback
        codes.append(following if following not in codes else SOURCE_CODE)
    return [LANGUAGES[code] for code in codes]


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
