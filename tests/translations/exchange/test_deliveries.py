"""Texts leave from the table, come back as files, and a report says what became of each."""

from __future__ import annotations

import io
import zipfile

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from accounts.groups import EDITOR, REVIEWER, create_groups, translator_group_name
from jobs.models import Job
from jobs.running import run_next
from tests.pages.factories import block, make_figure, make_locale, make_page, publish
from tests.translations.exchange.test_files import exported
from tests.translations.factories import make_translated
from tests.translations.matrix.test_matrix import signed_in
from translations.exchange import deliveries
from translations.exchange.exporting import FileFormat
from translations.models import Delivery
from translations.store import bring_in
from translations.targets import make_target, submit

pytestmark = pytest.mark.django_db

TABLE = "translations_matrix"
FILES = "translations_deliveries"


@pytest.fixture
def groups(draft) -> None:
    create_groups()


@pytest.fixture
def korean(page, draft) -> Locale:
    """Another language into which the page is being translated."""
    korean = make_locale("ko")
    make_translated(page.get_parent().specific, korean)
    make_target(submit(bring_in(page)[0], korean).source, korean, publish=False)
    create_groups()
    return korean


def download(client: Client, pages: list[Page], locales: list[Locale], chosen: str = "po"):
    """What the table gives for these pages and languages."""
    return client.post(
        reverse(TABLE),
        {
            "pages": [page.pk for page in pages],
            "languages": [locale.pk for locale in locales],
            "action": "hand_on",
            "file_format": chosen,
            "download": "1",
        },
    )


def names_in(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def translated(data: bytes, **texts: str) -> bytes:
    """A PO file in which these texts are translated."""
    file = polib.pofile(data.decode())
    for source, target in texts.items():
        file.find(source).msgstr = target
    return str(file).encode()


def upload(client: Client, *files: tuple[str, bytes], follow: bool = True):
    """What the page answers to an upload."""
    chosen = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(reverse(FILES), {"files": chosen}, follow=follow)


def title_in(locale: Locale, page: Page) -> str | None:
    """The title's target in a language."""
    return (
        StringTranslation.objects.filter(
            locale=locale, context__object_id=page.translation_key, context__path="title"
        )
        .values_list("data", flat=True)
        .first()
    )


def test_one_page_in_one_language_is_one_file(groups, page, japanese):
    response = download(signed_in(EDITOR), [page], [japanese])
    assert response["Content-Disposition"] == f'attachment; filename="ja-{page.slug}.po"'
    assert b'msgid "Waste"' in response.getvalue()


@pytest.mark.parametrize(
    ("chosen", "suffix"), [("po", "po"), ("xliff12", "xlf"), ("xliff20", "xlf")]
)
def test_a_selection_is_one_zip_file_a_language(groups, page, japanese, korean, chosen, suffix):
    home = page.get_parent()
    client = signed_in(EDITOR)
    response = download(client, [home, page], [japanese], chosen)
    assert response["Content-Disposition"] == 'attachment; filename="ja.zip"'
    assert names_in(response.getvalue()) == [f"{home.slug}.{suffix}", f"{page.slug}.{suffix}"]
    data = download(client, [home, page], [japanese, korean], chosen).getvalue()
    assert sorted(names_in(data)) == ["ja.zip", "ko.zip"]


def test_what_a_page_shows_goes_with_it(groups, page, japanese):
    figure = make_figure()
    page.body = [block("figures", [block("item", figure.pk)])]
    publish(page)
    for each in (page, figure):
        submit(bring_in(each)[0], japanese)
    names = names_in(download(signed_in(EDITOR), [page], [japanese]).getvalue())
    assert names[0] == f"{page.slug}.po"
    assert len(names) == 2


def test_what_nobody_has_begun_is_not_there_to_download(groups, page, japanese):
    fresh = make_page(page.get_parent().specific, title="New", slug="new")
    response = download(signed_in(EDITOR), [fresh], [japanese])
    assert (response.status_code, response.url) == (302, reverse(TABLE))


def test_what_was_downloaded_and_translated_comes_back(groups, page, japanese, korean):
    client = signed_in(REVIEWER)
    outer = download(client, [page], [japanese, korean]).getvalue()
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(outer)) as archive,
        zipfile.ZipFile(buffer, "w") as back,
    ):
        for name, title in (("ja", "ごみ"), ("ko", "쓰레기")):
            with zipfile.ZipFile(io.BytesIO(archive.read(f"{name}.zip"))) as inner:
                data = inner.read(f"{page.slug}.po")
            back.writestr(f"{name}/{page.slug}.po", translated(data, Waste=title))
    html = upload(client, ("back.zip", buffer.getvalue())).content.decode()
    assert html.count("1 text new or changed") == 2
    assert (title_in(japanese, page), title_in(korean, page)) == ("ごみ", "쓰레기")
    # Nothing that came in has gone out to readers.
    assert not page.get_translations().filter(live=True).exists()


def test_a_refused_file_is_named_with_line_text_and_reason(groups, translation, page, japanese):
    data = exported(translation, FileFormat.PO) + b'\nmsgid "Rubbish"\nmsgstr "x"\n'
    good = exported(translation, FileFormat.PO)
    response = upload(
        signed_in(REVIEWER), ("bad.po", data), ("good.po", translated(good, Waste="ごみ"))
    )
    html = response.content.decode()
    line = data.decode().splitlines().index('msgid "Rubbish"') + 1
    assert f"<td>{line}</td><td>Rubbish</td><td>The page has no such text.</td>" in html
    assert "Refused: nothing of it was taken." in html
    assert title_in(japanese, page) == "ごみ"


def test_a_zip_file_that_cannot_be_opened_is_told_at_the_field(groups):
    response = upload(signed_in(EDITOR), ("x.zip", b"PK\x03\x04 and no more"))
    assert "The zip file is broken." in response.content.decode()
    assert not Delivery.objects.exists()


def test_an_upload_without_a_file_is_told_at_the_field(groups):
    response = signed_in(EDITOR).post(reverse(FILES), {})
    assert "This field is required." in response.content.decode()


def test_who_only_sends_to_translation_brings_nothing_in(groups, translation, page, japanese):
    data = translated(exported(translation, FileFormat.PO), Waste="ごみ")
    html = upload(signed_in(EDITOR), ("ja.po", data)).content.decode()
    assert "You do not have the right to change texts in this language." in html
    assert title_in(japanese, page) is None


def test_a_translator_takes_and_brings_their_language_only(groups, page, japanese, korean):
    client = signed_in(translator_group_name("ja"))
    assert download(client, [page], [japanese]).status_code == 200
    refused = download(client, [page], [korean])
    assert "attachment" not in refused.get("Content-Disposition", "")
    other = Translation.objects.get(source__object_id=page.translation_key, target_locale=korean)
    data = translated(exported(other, FileFormat.PO), Waste="쓰레기")
    html = upload(client, ("ko.po", data)).content.decode()
    assert "You do not have the right to change texts in this language." in html
    assert title_in(korean, page) is None


def test_a_translator_reads_their_own_reports_and_editors_all(groups, translation, korean):
    theirs = signed_in(translator_group_name("ja"))
    answer = upload(theirs, ("ja.po", exported(translation, FileFormat.PO)))
    report = answer.redirect_chain[-1][0]
    other = signed_in(translator_group_name("ko"))
    editor = signed_in(EDITOR)
    assert theirs.get(report).status_code == 200
    assert editor.get(report).status_code == 200
    assert other.get(report).status_code != 200
    assert "ja.po" in editor.get(reverse(FILES)).content.decode()
    assert "ja.po" not in other.get(reverse(FILES)).content.decode()


@pytest.mark.parametrize("name", [FILES, "translations_delivery"])
def test_who_does_not_translate_finds_no_such_page(groups, name, django_user_model, client):
    arguments = [1] if name == "translations_delivery" else []
    client.force_login(django_user_model.objects.create_user("nobody", "nobody@example.org"))
    assert client.get(reverse(name, args=arguments)).status_code in (302, 403)


@pytest.fixture
def large(groups, translation, monkeypatch) -> list[tuple[str, bytes]]:
    """More files than are taken in at once, of which the second is bad."""
    monkeypatch.setattr(deliveries, "MOST_AT_ONCE", 2)
    Job.objects.all().delete()
    good = exported(translation, FileFormat.PO)
    titles = ("ごみ", "", "ごみ")
    files = [(f"{n}.po", translated(good, Waste=title)) for n, title in enumerate(titles)]
    files[1] = ("1.po", b"nothing of the kind")
    return files


def test_a_large_delivery_is_left_to_the_workers(large, page, japanese):
    client = signed_in(REVIEWER)
    response = upload(client, *large)
    assert "0 of 3 files are dealt with" in response.content.decode()
    assert title_in(japanese, page) is None
    assert run_next("translations")
    html = client.get(response.redirect_chain[-1][0]).content.decode()
    assert html.count("nothing of it was taken") == 1
    assert title_in(japanese, page) == "ごみ"
    job = Job.objects.get(kind=deliveries.DELIVERY)
    assert (job.state, job.done, job.total) == ("done", 3, 3)


def test_a_large_delivery_goes_on_where_a_worker_died(large, page, japanese, admin_user):
    delivery = deliveries.deliver(large, admin_user)
    job = Job.objects.get(kind=deliveries.DELIVERY)
    next(deliveries.go_on(job))  # and the worker is gone
    assert delivery.files.filter(report__isnull=False).count() == 1
    again = Job.objects.get(pk=job.pk)
    assert [again.done for _piece in deliveries.go_on(again)] == [2, 3]
    assert not delivery.files.filter(report__isnull=True).exists()
    assert not delivery.files.filter(data__isnull=False).exists()


def test_a_file_is_uploaded_from_the_page_as_well(translation, draft, admin_client, japanese, page):
    data = translated(exported(translation, FileFormat.PO), Waste="ごみ")
    response = admin_client.post(
        f"/admin/localize/translate/{translation.pk}/pofile/upload/",
        {"file": SimpleUploadedFile("ja.po", data)},
        follow=True,
    )
    assert "1 text new or changed" in response.content.decode()
    assert title_in(japanese, page) == "ごみ"


def test_a_po_file_without_a_header_is_no_server_error(translation, draft, admin_client):
    response = admin_client.post(
        f"/admin/localize/translate/{translation.pk}/pofile/upload/",
        {"file": SimpleUploadedFile("ja.po", b'msgid "Waste"\nmsgstr "x"\n')},
        follow=True,
    )
    assert response.status_code == 200
    assert "is missing" in response.content.decode()


def test_a_form_without_a_file_is_no_server_error(translation, draft, admin_client):
    response = admin_client.post(
        f"/admin/localize/translate/{translation.pk}/pofile/upload/", follow=True
    )
    assert "Choose a file first." in response.content.decode()
