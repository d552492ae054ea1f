"""Old addresses: where a page is that was moved or renamed, and what CLAIR's former site became.

The rows are Wagtail's own redirects. It makes one itself for each page that is renamed or moved,
and for each page below it; staff add others in the admin; `content/redirects.yaml` holds the former
site's. A row whose address ends in `/*` stands for all addresses below.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect

from translations.languages import LANGUAGES

from .addresses import public_path

# An address with more parts than any page's is not looked up by its beginnings.
MAX_DEPTH = 12
# A page can move back: nobody remembers for good where it was meanwhile.
ASK_AGAIN = "public, max-age=0, must-revalidate"


class OldAddressMiddleware:
    """Sends the reader of an old address to the page that it has become, and asks nothing else.

    In the place of Wagtail's own, which would send readers to pages that were taken down, or in
    circles. Only an address without a page is looked up, in one query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        found = find_redirect(request.get_full_path())
        if found is None:
            return response
        address, permanent = found
        # An empty body has no language that an answer could vary on.
        redirect = HttpResponsePermanentRedirect if permanent else HttpResponseRedirect
        return redirect(
            address,
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": ASK_AGAIN},
        )


def possible_rows(full_path: str) -> list[str]:
    """What a redirect for an address may be called, the nearest to it first."""
    with_question = Redirect.normalise_path(full_path)
    path = Redirect.normalise_path(full_path.partition("?")[0])
    names = [with_question, path, Redirect.normalise_path(full_path, decode_unicode=False)]
    parts = path.strip("/").split("/")
    if len(parts) <= MAX_DEPTH:
        names += ["/" + "/".join([*parts[:end], "*"]) for end in range(len(parts), 0, -1)]
    return list(dict.fromkeys(names))


def find_redirect(full_path: str) -> tuple[str, bool] | None:
    """Where an old address leads, and whether for good. One query.

    Never to a page that is not live, nor to the address itself.
    """
    if "\0" in uri_to_iri(full_path):
        return None
    names = possible_rows(full_path)
    rows = Redirect.objects.filter(old_path__in=names).select_related("redirect_page__locale")
    path = Redirect.normalise_path(full_path.partition("?")[0])
    for row in sorted(rows, key=lambda row: (names.index(row.old_path), row.site_id is None)):
        address = destination(row)
        if address and Redirect.normalise_path(address) != path:
            return address, row.is_permanent
    return None


def destination(row: Redirect) -> str | None:
    """The address that a redirect leads to now; None when there is nothing to be seen there."""
    page = row.redirect_page
    if page is None:
        return row.redirect_link or None
    if not page.live or page.locale.language_code not in LANGUAGES:
        return None
    return public_path(page.url_path, page.locale.language_code)
