"""Brings in the addresses of earlier websites, so that what links there still arrives."""

from __future__ import annotations

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from pages.routing import root_path
from translations.languages import LANGUAGES

from .files import Content, ContentError, Entries, read_yaml


def read_redirects(content: Content) -> list[Entries]:
    """The old addresses of the content folder; none where it has no such file.

    Raises ContentError for one that names no page or language of ours, or stands twice.
    """
    file = content.folder / "redirects.yaml"
    redirects = read_yaml(file) if file.exists() else []
    seen: set[str] = set()
    for entry in redirects:
        if not isinstance(entry, Entries) or set(entry) != {"from", "language", "to"}:
            line = getattr(entry, "line", 1)
            raise ContentError(file, line, "a redirect needs “from”, “language” and “to”")
        if entry["language"] not in LANGUAGES:
            raise ContentError(file, entry.line, f"there is no language “{entry['language']}”")
        if entry["to"] not in content.pages:
            raise ContentError(file, entry.line, f"there is no page “{entry['to']}”")
        if entry["from"] in seen:
            raise ContentError(file, entry.line, f"“{entry['from']}” stands twice")
        seen.add(entry["from"])
    return redirects


def write_redirects(redirects: list[Entries]) -> int:
    """Makes those that are not there yet and whose page is; gives how many. Others stay.

    They name the page, not its address, and so follow it when it moves.
    """
    known = set(Redirect.objects.values_list("old_path", flat=True))
    made = 0
    for entry in redirects:
        old_path = Redirect.normalise_path(entry["from"])
        home = root_path(entry["language"])
        page = home and Page.objects.filter(url_path=home + entry["to"].lstrip("/")).first()
        if page and old_path not in known:
            Redirect.objects.create(old_path=old_path, redirect_page=page, is_permanent=True)
            made += 1
    return made
