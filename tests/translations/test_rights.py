"""Who can change what, by every address at which translations are changed: one table.

Each row is an action on the Japanese translation of a page; it names the roles for whom it changes
anything. For everybody else the database stays as it was, to the row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Revision, TaskState
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from accounts.groups import EDITOR, REVIEWER, create_groups, translator_group_name
from accounts.models import User
from pages.models import StandardPage
from tests.pages.factories import make_home, make_locale, make_page
from tests.translations.exchange.test_files import exported
from tests.translations.factories import make_translated, translate_all
from translations.exchange.exporting import FileFormat
from translations.models import Assignment, FuzzyTarget, GlossaryTerm, MemoryUnit, TargetState
from translations.review.handing_on import hand_on
from translations.segments.writing import write_targets
from translations.store import bring_in
from translations.targets import make_target, submit

pytestmark = pytest.mark.django_db

JAPANESE = translator_group_name("ja")
KOREAN = translator_group_name("ko")
STRANGER = "stranger"  # of the staff, with no rights but to the admin's door
VISITOR = "visitor"
ROLES = (JAPANESE, KOREAN, EDITOR, REVIEWER, STRANGER, VISITOR)


@dataclass
class Work:
    """A page in English, Japanese and Korean; the Japanese one is a draft, whole but for a text."""

    page: StandardPage
    japanese: Translation
    draft: Page

    @property
    def segment(self) -> StringSegment:
        return StringSegment.objects.get(source=self.japanese.source, string__data="Sort it.")

    @property
    def named(self) -> dict[str, int]:
        """The open text as the desk's forms name it."""
        return {"string": self.segment.string_id, "context": self.segment.context_id}


@pytest.fixture
def work(db) -> Work:
    japanese, korean = make_locale("ja"), make_locale("ko")
    home = make_home()
    make_translated(home, japanese, korean)
    create_groups()
    page = make_page(home, title="Waste", slug="waste", summary="Sort it.")
    source, _ = bring_in(page)
    make_target(submit(source, korean).source, korean, publish=False)
    translation = translate_all(source, japanese)
    StringTranslation.objects.filter(
        locale=japanese, translation_of__data="Sort it.", context__object_id=source.object_id
    ).delete()
    draft = make_target(source, japanese, publish=False)
    return Work(page, translation, draft)


def browser_of(role: str) -> Client:
    """A browser of somebody who is of that role alone."""
    client = Client()
    if role == VISITOR:
        return client
    user = User.objects.create_user(username=role, email=f"{role}@example.org")
    if role == STRANGER:
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    else:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def everything() -> dict[str, object]:
    """All that a person may have changed."""
    return {
        "targets": list(StringTranslation.objects.order_by("pk").values()),
        "fuzzy": list(FuzzyTarget.objects.order_by("pk").values()),
        "states": list(TargetState.objects.order_by("pk").values()),
        "memory": MemoryUnit.objects.count(),
        "translations": list(Translation.objects.order_by("pk").values()),
        "assignments": list(Assignment.objects.order_by("pk").values()),
        "glossary": list(GlossaryTerm.objects.order_by("pk").values()),
        "pages": list(
            Page.objects.order_by("pk").values("pk", "title", "live", "alias_of", "draft_title")
        ),
        "revisions": Revision.objects.aggregate(Max("pk")),
        "reviews": list(TaskState.objects.order_by("pk").values("pk", "status")),
        "log": PageLogEntry.objects.filter(action="wagtail.lock").count(),
    }


def desk(work: Work, client: Client, **data):
    return client.post(reverse("translations_desk", args=[work.japanese.pk]), data)


def save(work: Work, client: Client):
    return desk(work, client, **work.named, target="分けて。")


def keep_draft(work: Work, client: Client):
    return desk(work, client, **work.named, target="分ける。", do="draft")


def hand_the_page_on(work: Work, client: Client):
    return desk(work, client, do="hand_on")


def finish(work: Work) -> None:
    key = (work.segment.string_id, work.segment.context_id)
    write_targets(work.japanese, {key: "分ける。"})


def send_to_review(work: Work) -> None:
    finish(work)
    translator = User.objects.create_user(username="colleague", email="colleague@example.org")
    translator.groups.add(Group.objects.get(name=JAPANESE))
    hand_on(work.japanese, translator)


def approve(work: Work, client: Client):
    return desk(work, client, do="approve")


def send_back(work: Work, client: Client):
    return desk(work, client, do="reject", reason="Two steps.")


def put_a_string(work: Work, client: Client):
    """The string API of wagtail-localize's own editor."""
    address = reverse(
        "wagtail_localize:edit_string_translation", args=[work.japanese.pk, work.segment.pk]
    )
    return client.put(address, "value=%E5%88%86", content_type="application/x-www-form-urlencoded")


def translated_file(work: Work) -> SimpleUploadedFile:
    """What a translator's tool makes of the page: the open text is translated."""
    po = exported(work.japanese, FileFormat.PO)
    translated = po.replace(
        b'msgid "Sort it."\nmsgstr ""', 'msgid "Sort it."\nmsgstr "分"'.encode()
    )
    assert translated != po
    return SimpleUploadedFile("waste.po", translated)


def upload_a_file(work: Work, client: Client):
    return client.post(reverse("translations_deliveries"), {"files": translated_file(work)})


def upload_a_file_at_the_editor(work: Work, client: Client):
    address = reverse("wagtail_localize:upload_pofile", args=[work.japanese.pk])
    return client.post(address, {"file": translated_file(work)})


def stop(work: Work, client: Client):
    return client.post(reverse("wagtail_localize:stop_translation", args=[work.japanese.pk]))


def act_in_the_table(work: Work, client: Client, action: str, **more):
    data = {"pages": work.page.pk, "languages": work.japanese.target_locale_id, "action": action}
    return client.post(reverse("translations_matrix"), {**data, **more})


def hand_on_in_the_table(work: Work, client: Client):
    return act_in_the_table(work, client, "hand_on")


def give_to_a_translator(work: Work, client: Client):
    person = User.objects.create_user(username="colleague", email="colleague@example.org")
    person.groups.add(Group.objects.get(name=JAPANESE))
    return act_in_the_table(work, client, "assign", translator=person.pk)


def unpublish_the_home_page(work: Work, client: Client):
    home = work.draft.get_parent()
    return client.post(reverse("wagtailadmin_pages:unpublish", args=[home.pk]))


def delete_the_draft(work: Work, client: Client):
    return client.post(reverse("wagtailadmin_pages:delete", args=[work.draft.pk]))


def make_an_alias_of_it(work: Work, client: Client):
    return client.post(reverse("wagtail_localize:convert_to_alias", args=[work.draft.pk]))


def edit_the_source(work: Work, client: Client):
    address = reverse("wagtailadmin_pages:edit", args=[work.page.pk])
    return client.post(
        address,
        {
            **{"title": "Changed", "slug": "waste", "summary": "", "drawing": ""},
            **{"last_checked_on": "", "body-count": "0", "image": "", "seo_title": ""},
            **{"search_description": "", "comments-TOTAL_FORMS": "0"},
            **{"comments-INITIAL_FORMS": "0", "go_live_at": "", "expire_at": ""},
        },
    )


def add_a_term(work: Work, client: Client):
    address = reverse("wagtailsnippets_translations_glossaryterm:add")
    forms = {"forms-TOTAL_FORMS": "0", "forms-INITIAL_FORMS": "0"}
    return client.post(address, {"term": "rehearsed term", "definition": "", "note": "", **forms})


@dataclass(frozen=True)
class Row:
    """An action, the roles for whom it changes anything, and what comes before it."""

    action: Callable[[Work, Client], object]
    allowed: frozenset[str]
    before: Callable[[Work], None] | None = None


def row(action, *allowed: str, before=None) -> Row:
    return Row(action, frozenset(allowed), before)


TABLE = (
    row(save, JAPANESE, REVIEWER),
    row(keep_draft, JAPANESE, REVIEWER),
    row(hand_the_page_on, JAPANESE, REVIEWER, before=finish),
    row(approve, REVIEWER, before=send_to_review),
    row(send_back, REVIEWER, before=send_to_review),
    row(put_a_string, JAPANESE, REVIEWER),
    # While it is reviewed it is locked for all but its reviewers.
    row(save, REVIEWER, before=send_to_review),
    row(put_a_string, REVIEWER, before=send_to_review),
    row(upload_a_file, JAPANESE, REVIEWER),
    row(upload_a_file_at_the_editor, JAPANESE, REVIEWER),
    row(stop, REVIEWER),
    row(hand_on_in_the_table, JAPANESE, REVIEWER, before=finish),
    row(give_to_a_translator, EDITOR, REVIEWER),
    row(unpublish_the_home_page, REVIEWER),
    # Wagtail lets those who may change a page delete it while no reader has it.
    row(delete_the_draft, JAPANESE, REVIEWER),
    row(make_an_alias_of_it),
    row(edit_the_source, EDITOR, REVIEWER),
    row(add_a_term, EDITOR, REVIEWER),
)


@pytest.mark.parametrize(
    "case",
    TABLE,
    ids=lambda case: (
        case.action.__name__ + (f"_after_{case.before.__name__}" if case.before else "")
    ),
)
def test_the_table_of_rights_holds(work, case):
    may = set()
    for role in ROLES:
        with transaction.atomic():
            client = browser_of(role)
            if case.before:
                case.before(work)
            was = everything()
            answer = case.action(work, client)
            assert answer.status_code < 500, role
            if everything() != was:
                may.add(role)
            transaction.set_rollback(True)
    assert may == case.allowed


@pytest.mark.parametrize(
    "name", ["translations_desk", "translations_desk_check", "translations_desk_matches"]
)
def test_texts_in_the_works_are_read_by_those_who_work_on_them(work, name):
    address = reverse(name, args=[work.japanese.pk])
    data = {**work.named, "target": "x"}
    may = set()
    for role in ROLES:
        client = browser_of(role)
        answer = client.post(address, data) if name.endswith("check") else client.get(address, data)
        if answer.status_code == 200:
            may.add(role)
    assert may == {JAPANESE, REVIEWER, EDITOR}
