"""What the browser tests open: the addresses of public pages, and answers that are no pages."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.test import Client
from wagtail.models import Page

from pages.addresses import public_path
from translations.languages import LANGUAGES


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Lighthouse sees every template in every script only when asked (`make lighthouse`)."""
    if "lighthouse" in config.getoption("markexpr"):
        return
    left_out = [item for item in items if item.get_closest_marker("lighthouse")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def public_pages() -> Iterable[tuple[str, str, int]]:
    """Language code, address and content type of every live page, in the order of the tree."""
    rows = (
        Page.objects.filter(live=True, depth__gte=2, locale__language_code__in=LANGUAGES)
        .order_by("path")
        .values_list("locale__language_code", "url_path", "content_type_id")
    )
    return [(code, public_path(url_path, code), kind) for code, url_path, kind in rows]


@pytest.fixture(scope="session")
def addresses(site_content, django_db_blocker) -> dict[str, list[str]]:
    """The addresses of all public pages, by language code."""
    found: dict[str, list[str]] = {code: [] for code in LANGUAGES}
    with django_db_blocker.unblock():
        for code, address, _kind in public_pages():
            found[code].append(address)
    return found


@pytest.fixture(scope="session")
def examples(site_content, django_db_blocker) -> dict[str, list[str]]:
    """The address of one page of each template, by language code."""
    found: dict[str, dict[int, str]] = {code: {} for code in LANGUAGES}
    with django_db_blocker.unblock():
        for code, address, kind in public_pages():
            found[code].setdefault(kind, address)
    return {code: list(by_kind.values()) for code, by_kind in found.items()}


@pytest.fixture
def other_answers(site_content, db, client: Client) -> dict[str, dict[str, str]]:
    """The HTML of what the site answers beside its pages: by language code, then by address."""
    answers: dict[str, dict[str, str]] = {}
    for code, language in LANGUAGES.items():
        contact = Page.objects.get(slug="contact", live=True, locale__language_code=code)
        question = f"/{code}/feedback/{contact.pk}/"
        responses = {
            f"/{code}/no-such-page/": client.get(f"/{code}/no-such-page/"),
            f"/{code}/search/?q=CLAIR": client.get(f"/{code}/search/?q=CLAIR"),
            question: client.post(question, {"useful": "yes"}),
            f"{question}?refused": client.post(question, {"useful": "perhaps"}),
            f"/accounts/login/?{code}": client.get(
                "/accounts/login/", headers={"accept-language": language.tag}
            ),
        }
        Page.objects.filter(pk=contact.pk).update(live=False)
        missing = f"/{code}/contact/"
        responses[missing] = client.get(missing)
        Page.objects.filter(pk=contact.pk).update(live=True)
        answers[code] = {
            address: response.content.decode() for address, response in responses.items()
        }
    return answers
