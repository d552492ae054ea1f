"""Which of our languages a request asks for: the remembered choice, then Accept-Language."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from .languages import LANGUAGES, SOURCE_CODE, Language

COOKIE_NAME = "language"
TRADITIONAL_CHINESE = {"zh-hant", "zh-tw", "zh-hk", "zh-mo"}


def match_tag(tag: str) -> Language | None:
    """The language for a tag as browsers send it, or None.

    Tried as it is, then without its last subtags: `de-AT` finds `de`, `pt-AO` finds `pt-br`. But
    Traditional Chinese, in its regions too, does not become the Simplified Chinese that `zh` is.
    A language without a tag of its own is never found: readers choose it themselves.
    """
    tag = tag.lower().replace("_", "-")
    if tag in LANGUAGES and LANGUAGES[tag].has_own_tag:
        return LANGUAGES[tag]
    for language in LANGUAGES.values():
        if tag in language.browser_codes:
            return language
    shorter = tag.rpartition("-")[0]
    return match_tag(shorter) if shorter and tag not in TRADITIONAL_CHINESE else None


def negotiate(request: HttpRequest) -> Language:
    """The language to answer a request that names none in its path; English when nothing fits."""
    remembered = request.COOKIES.get(COOKIE_NAME, "").lower()
    if remembered in LANGUAGES:
        return LANGUAGES[remembered]
    for tag, quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag == "*" or quality == 0:
            break
        if language := match_tag(tag):
            return language
    return LANGUAGES[SOURCE_CODE]
