"""What each member of staff may do, and no more: asked of the admin by its addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
)
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from accounts.groups import PERMISSIONS_OF_LANGUAGE, create_groups, translator_group_name
from pages.models import Figure, StandardPage
from tests.accounts.factories import signed_in
from tests.pages.factories import make_figure, make_home, make_locale, make_page, publish
from tests.translations.factories import make_translated, translate
from translations.languages import LANGUAGES, SOURCE_CODE
from translations.store import bring_in

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "editor", "reviewer", "translator-ja", "translator-fr", "administrator")


@dataclass
class Site:
    """A home page and a page below it in English, Japanese and French, and a figure."""

    pages: dict[str, StandardPage]
    figure: Figure

    def translation(self, code: str) -> Translation:
        """The record of the page's translation into a language."""
        return Translation.objects.get(
            source__object_id=self.pages["en"].translation_key,
            target_locale__language_code=code,
        )


@pytest.fixture
def site() -> Site:
    locales = [make_locale(code) for code in ("ja", "fr")]
    home = make_home()
    make_translated(home, *locales)
    page = make_page(home, title="Waste", slug="waste", summary="What to do.")
    translated = make_translated(page, *locales)
    create_groups()
    pages = {"en": page, "ja": translated[0], "fr": translated[1]}
    return Site(pages, make_figure())


def edit_address(page: Page) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def form_of(page: StandardPage, **changes: str) -> dict[str, str]:
    """What the page's form in the admin sends."""
    fields = {"title": page.title, "slug": page.slug, "summary": page.summary}
    counts = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    return fields | counts | changes


# Each action tells whether the answer let it happen.


def opens_editor(client: Client, site: Site, code: str) -> bool:
    return client.get(edit_address(site.pages[code])).status_code == 200


def publishes(client: Client, site: Site, code: str) -> bool:
    """A change that was entered goes live with the action of the language's own editor."""
    page = site.pages[code]
    if code == SOURCE_CODE:
        form = form_of(page, title="Rubbish") | {"action-publish": "action-publish"}
    else:
        locale = page.locale
        source = TranslationSource.objects.get(object_id=page.translation_key)
        translate(source, locale, {"Waste": "Rubbish"})
        form = {"action": "publish"}
    client.post(edit_address(page), form)
    return StandardPage.objects.get(pk=page.pk).title == "Rubbish"


def translates_text(client: Client, site: Site, code: str) -> bool:
    """The editor's own way to store one text."""
    translation = site.translation(code)
    segment = translation.source.stringsegment_set.get(context__path="summary")
    client.put(
        f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
        encode_multipart(BOUNDARY, {"value": "…"}),
        content_type=MULTIPART_CONTENT,
    )
    return StringTranslation.objects.filter(
        context=segment.context, locale=translation.target_locale, data="…"
    ).exists()


def takes_po_file(client: Client, site: Site, code: str) -> bool:
    translation = site.translation(code)
    address = f"/admin/localize/translate/{translation.pk}/pofile/download/"
    return client.get(address).status_code == 200


def stops_translation(client: Client, site: Site, code: str) -> bool:
    translation = site.translation(code)
    client.post(f"/admin/localize/translate/{translation.pk}/disable/")
    return not Translation.objects.get(pk=translation.pk).enabled


def adds_page(client: Client, site: Site, code: str) -> bool:
    address = f"/admin/pages/add/pages/standardpage/{site.pages[code].pk}/"
    return client.get(address).status_code == 200


def takes_down(client: Client, site: Site, code: str) -> bool:
    client.post(f"/admin/pages/{site.pages[code].pk}/unpublish/")
    return not Page.objects.get(pk=site.pages[code].pk).live


def deletes(client: Client, site: Site, code: str) -> bool:
    client.post(f"/admin/pages/{site.pages[code].pk}/delete/")
    return not Page.objects.filter(pk=site.pages[code].pk).exists()


def locks(client: Client, site: Site, code: str) -> bool:
    client.post(f"/admin/pages/{site.pages[code].pk}/lock/")
    return Page.objects.get(pk=site.pages[code].pk).locked


def submits_for_translation(client: Client, site: Site, code: str) -> bool:
    address = f"/admin/localize/submit/page/{site.pages[code].pk}/"
    return client.get(address).status_code == 200


def opening(address: str) -> Callable[[Client, Site, str], bool]:
    """Whether a page of the admin opens."""

    def opens(client: Client, site: Site, code: str) -> bool:
        return client.get(address.format(figure=site.figure.pk)).status_code == 200

    return opens


ADMIN = {"administrator"}
# Who may do what, in which language.
MAY = {
    (opens_editor, "en"): {"editor", "reviewer"} | ADMIN,
    (opens_editor, "ja"): {"reviewer", "translator-ja"} | ADMIN,
    (opens_editor, "fr"): {"reviewer", "translator-fr"} | ADMIN,
    (publishes, "en"): {"editor", "reviewer"} | ADMIN,
    (publishes, "ja"): {"reviewer"} | ADMIN,
    (publishes, "fr"): {"reviewer"} | ADMIN,
    (translates_text, "ja"): {"reviewer", "translator-ja"} | ADMIN,
    (translates_text, "fr"): {"reviewer", "translator-fr"} | ADMIN,
    (takes_po_file, "ja"): {"reviewer", "translator-ja"} | ADMIN,
    (takes_po_file, "fr"): {"reviewer", "translator-fr"} | ADMIN,
    (stops_translation, "ja"): {"reviewer"} | ADMIN,
    (stops_translation, "fr"): {"reviewer"} | ADMIN,
    (adds_page, "en"): {"editor"} | ADMIN,
    (adds_page, "ja"): ADMIN,
    (takes_down, "en"): {"editor", "reviewer"} | ADMIN,
    (takes_down, "ja"): {"reviewer"} | ADMIN,
    (deletes, "en"): {"editor", "reviewer"} | ADMIN,
    (deletes, "ja"): {"reviewer"} | ADMIN,
    (locks, "en"): {"editor", "reviewer"} | ADMIN,
    (locks, "ja"): {"reviewer"} | ADMIN,
    (submits_for_translation, "en"): {"editor", "reviewer"} | ADMIN,
}
PLACES = {
    "/admin/": set(ROLES) - {"anonymous"},
    "/admin/images/": {"editor"} | ADMIN,
    "/admin/images/add/": {"editor"} | ADMIN,
    "/admin/documents/add/": {"editor"} | ADMIN,
    "/admin/snippets/pages/figure/": {"editor", "reviewer"} | ADMIN,
    "/admin/snippets/pages/figure/add/": {"editor"} | ADMIN,
    "/admin/snippets/pages/figure/edit/{figure}/": {"editor", "reviewer"} | ADMIN,
    "/admin/snippets/jet/participantcount/add/": {"editor"} | ADMIN,
    "/admin/readers_feedback/": {"editor", "reviewer"} | ADMIN,
    "/admin/readings/": {"editor", "reviewer", "translator-ja"} | ADMIN,
    "/admin/readings/new/": {"editor", "reviewer", "translator-ja"} | ADMIN,
    "/admin/users/": ADMIN,
    "/admin/users/new/": ADMIN,
    "/admin/groups/": ADMIN,
    "/admin/locales/": ADMIN,
    "/admin/collections/": ADMIN,
    "/admin/redirects/": ADMIN,
}
MAY |= {(opening(address), address): roles for address, roles in PLACES.items()}


Key = tuple[Callable[[Client, Site, str], bool], str]


def undone(key: Key, client: Client, site: Site) -> bool:
    """Whether the action happens; what it did is undone."""
    action, subject = key
    with transaction.atomic():
        happened = action(client, site, subject)
        transaction.set_rollback(True)
    return happened


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_its_work_needs_and_no_more(site, role):
    client = signed_in(role)
    done = {named(key) for key in MAY if undone(key, client, site)}
    assert done == {named(key) for key, roles in MAY.items() if role in roles}


def named(key: Key) -> str:
    action, subject = key
    return f"{action.__name__} {subject}"


def test_anonymous_visitors_are_sent_to_the_sign_in_page_and_back():
    response = Client().get("/admin/pages/1/edit/")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/admin/pages/1/edit/"


def test_someone_without_a_role_does_not_get_into_the_admin(site, django_user_model):
    client = Client()
    user = django_user_model.objects.create_user("nobody")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code != 200


def rights() -> dict:
    """All rights of all groups, as they are stored."""
    return {
        "models": sorted(Group.objects.values_list("name", "permissions"), key=str),
        "pages": sorted(GroupPagePermission.objects.values_list("group", "page", "permission")),
        "library": sorted(
            GroupCollectionPermission.objects.values_list("group", "collection", "permission")
        ),
    }


def test_making_the_groups_again_changes_nothing(site):
    names, before = create_groups(), rights()
    assert create_groups() == names
    assert rights() == before


def test_there_is_a_group_of_translators_for_each_language_but_the_source(site):
    codes = Locale.objects.exclude(language_code=SOURCE_CODE).values_list(
        "language_code", flat=True
    )
    assert create_groups() == ["editor", "reviewer", *map(translator_group_name, codes)]


def test_translators_get_their_rights_once_their_language_has_a_home_page(site):
    korean = make_locale("ko")
    create_groups()
    group = Group.objects.get(name="translator-ko")
    assert not GroupPagePermission.objects.filter(group=group).exists()
    home = Page.objects.parent_of(site.pages["en"]).get().specific
    make_translated(home, korean)
    create_groups()
    right = GroupPagePermission.objects.get(group=group)
    assert (right.page, right.permission.codename) == (
        Page.objects.get(translation_key=home.translation_key, locale=korean),
        "change_page",
    )


def test_rights_that_were_added_to_a_role_by_hand_are_taken_back(site):
    group = Group.objects.get(name="translator-fr")
    group.permissions.add(*Group.objects.get(name="editor").permissions.all())
    create_groups()
    assert {each.codename for each in group.permissions.all()} == {
        "access_admin",
        "view_glossaryterm",
    }


def test_the_translators_who_may_correct_readings_are_those_of_languages_with_furigana():
    spoken = {code for code, language in LANGUAGES.items() if language.furigana}
    assert spoken == set(PERMISSIONS_OF_LANGUAGE) & set(LANGUAGES)


def test_a_page_that_is_new_in_a_language_is_open_to_its_translators(site):
    page = make_page(Page.objects.parent_of(site.pages["en"]).get(), title="Health")
    (target,) = make_translated(page, make_locale("ja"))
    assert signed_in("translator-ja").get(edit_address(target)).status_code == 200
    assert signed_in("translator-fr").get(edit_address(target)).status_code != 200


def test_translators_see_the_new_text_of_a_page_that_changed(site):
    page = site.pages["en"]
    page.summary = "Sort it, tie it up."
    bring_in(publish(page))
    html = signed_in("translator-ja").get(edit_address(site.pages["ja"])).content.decode()
    assert "Sort it, tie it up." in html
