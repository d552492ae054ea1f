"""A page with furigana: its address, the switch to it, and how it is made from the plain page.

Nothing is analysed here. What was made for the page is placed by its text; unknown text stays as
it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest

from translations.furigana.markup import sentences, take_apart, with_ruby
from translations.furigana.store import find_readings, languages_with_furigana
from translations.languages import LANGUAGES

PARAMETER = "furigana"
QUERY = f"{PARAMETER}=1"
FORM = re.compile(
    r'(?P<tag><form\b[^>]*\saction="(?P<action>/[^"]*)"[^>]*>)(?P<fields>.*?)</form>', re.DOTALL
)
LINK = re.compile(
    r'(?P<before><a\s(?:[^>]*\s)?href=")'
    r'(?P<path>/[^"?#]*/|(?=\?))(?P<query>\?[^"#]*)?(?P<rest>(?:#[^"]*)?"[^>]*>)'
)


@dataclass(frozen=True)
class Switch:
    """The link that shows or hides furigana on the page that one reads.

    Without an address what is shown is no page of its own, such as the answer to a form.
    """

    on: bool
    address: str


def asked_for(request: HttpRequest) -> bool:
    """Whether the address asks for furigana, in a language that has them."""
    code = request.path_info.lstrip("/").partition("/")[0]
    language = LANGUAGES.get(code)
    return bool(language and language.furigana and request.GET.get(PARAMETER) == "1")


def switch_of(request: HttpRequest) -> Switch | None:
    """The switch for what the request shows; None where there is nothing to switch."""
    surroundings = getattr(request, "surroundings", None)
    if surroundings is None or not surroundings.language.furigana:
        return None
    here = next((link.url for link in surroundings.languages if link.current), None) or ""
    if here.partition("?")[0] != request.path:
        here = ""
    if asked_for(request):
        return Switch(on=True, address=here)
    if surroundings.readings is None or not here:
        return None
    return Switch(on=False, address=with_query(here))


def with_query(address: str) -> str:
    """The address of the same page with furigana."""
    return f"{address}{'&' if '?' in address else '?'}{QUERY}"


def keeps_furigana(path: str) -> bool:
    """Whether an address on the site leads to a page that can have furigana."""
    return not path or path.lstrip("/").partition("/")[0] in languages_with_furigana()


def keep_in_links(html: str) -> str:
    """The page with links and forms that lead to other pages with furigana."""

    def link(match: re.Match) -> str:
        if "data-furigana" in match.group() or not keeps_furigana(match["path"]):
            return match.group()
        query = f"{match['query']}&amp;{QUERY}" if match["query"] else f"?{QUERY}"
        return f"{match['before']}{match['path']}{query}{match['rest']}"

    def form(match: re.Match) -> str:
        tag, action, fields = match["tag"], match["action"], match["fields"]
        if not keeps_furigana(action):
            return match.group()
        if 'method="post"' in tag:
            tag = tag.replace(f'action="{action}"', f'action="{action}?{QUERY}"')
        else:
            fields += f'<input type="hidden" name="{PARAMETER}" value="1">'
        return f"{tag}{fields}</form>"

    return FORM.sub(form, LINK.sub(link, html))


def with_furigana(html: str, own: dict | None) -> str:
    """The page with the readings that it has of its `own`, and others that are known. One query.

    Without a query when its own are all that it needs.
    """
    markup = take_apart(keep_in_links(html))
    known = dict(own or {})
    known |= find_readings(text for text in sentences(markup) if text not in known)
    return with_ruby(markup, known)
