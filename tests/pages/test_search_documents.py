"""A visitor finds a document by what it says, if everyone may read it; so does an editor."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction

from assets.models import Paper
from assets.tasks import read_document
from tests.assets.documents import docx, pdf
from tests.assets.factories import make_paper

pytestmark = pytest.mark.django_db


def upload(**values) -> Paper:
    """A document that has been read."""
    paper = make_paper(**values)
    read_document(paper.pk)
    return Paper.objects.get(pk=paper.pk)


def ask(code: str, question: str, **more: str) -> str:
    response = Client().get(f"/{code}/search/", {"q": question, **more})
    assert response.status_code == 200
    return response.content.decode()


def documents(code: str, question: str, **more: str) -> str:
    """The list of documents on the page of results."""
    html = ask(code, question, **more)
    found = re.search(r'<section[^>]* aria-labelledby="documents">.*?</section>', html, re.S)
    return found[0] if found else ""


@pytest.mark.usefixtures("site_content")
def test_a_document_is_found_by_what_it_says_and_shows_what_it_is():
    paper = upload(
        title="Plan", content=pdf("Where zebras gather. " * 9, "The end"), name="plan.pdf"
    )
    shown = documents("en", "zebra")
    assert f'<a href="{paper.url}">Plan</a>' in shown
    assert "Where <mark>zebras</mark> gather" in shown
    assert "<span>PDF</span>" in shown
    assert re.search(r"<span>[\d.]+\s(?:bytes|KB)</span>", shown)
    assert "<span>2 pages</span>" in shown
    assert Client().get(paper.url).status_code == 200


# For each: the language of the reader, what the document says, what finds it, what does not.
SAID = [
    ("ja", "市の避難所は高台にあります。", "避難所", "所避難"),
    ("ja", "ゴミは水曜日に出します。", "ｺﾞﾐ", "ガス"),
    ("th", "เมื่อเกิดแผ่นดินไหวให้หมอบลง", "แผ่นดินไหว", "พายุ"),
    ("ko", "지진이 일어나면 대피하십시오.", "지진은", "홍수"),
    ("vi", "Khi có động đất hãy ra ngoài.", "dong dat", "lũ lụt"),
    ("de", "Die Notunterkünfte sind geöffnet.", "Notunterkunft", "Hochwasser"),
    ("ru", "Все убежища города открыты.", "убежище", "наводнение"),
    ("fr", "L'évacuation des écoles.", "evacuation école", "inondation"),
    ("es", "Las evacuaciones de los colegios.", "evacuación", "inundación"),
    ("id", "Dengarkan peringatan tsunami.", "peringatan", "banjir"),
    # Nobody has said in which language it is, and the reader's may be another.
    ("en", "市の避難所は高台にあります。", "避難所", "洪水"),
]


@pytest.mark.usefixtures("site_content")
@pytest.mark.parametrize(("code", "text", "wanted", "other"), SAID)
def test_what_a_document_says_is_found_as_its_language_writes_it(code, text, wanted, other):
    paper = upload(title="Z1", content=docx(text), name="z1.docx")
    assert paper.url in documents(code, wanted)
    assert paper.url not in documents(code, other)


@pytest.mark.usefixtures("site_content")
def test_documents_in_the_readers_language_come_first_and_others_say_which_they_are_in():
    names = {"en": "English", "": "Unknown", "ja": "Japanese"}
    for code in ("ja", "", "en"):
        upload(title=names[code], content=b"xylophone", name="x.txt", language_code=code)
    shown = documents("en", "xylophone")
    titles = re.findall(r'<h3><a href="[^"]+">(\w+)</a>', shown)
    assert titles == ["English", "Unknown", "Japanese"]
    assert re.findall(r"<li([^>]*)>", shown) == ["", ' lang=""', ' lang="ja" dir="ltr"']
    assert '<span lang="ja">日本語</span>' in shown
    assert re.findall(r"<h3><a[^>]*>(\w+)</a>", documents("ja", "xylophone"))[0] == "Japanese"


@pytest.mark.usefixtures("site_content")
def test_documents_that_only_some_may_read_are_not_found():
    closed = Collection.get_first_root_node().add_child(name="Staff")
    inside = Collection.objects.get(pk=closed.pk).add_child(name="Inside")
    beside = Collection.get_first_root_node().add_child(name="Beside")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=CollectionViewRestriction.LOGIN
    )
    for collection in (closed, inside):
        upload(title="Xylophone", content=b"A secret xylophone", collection=collection)
    assert documents("en", "xylophone") == ""
    assert "secret" not in ask("en", "xylophone")
    paper = upload(title="Open", content=b"An open xylophone", collection=beside)
    assert re.findall(r'<h3><a href="([^"]+)"', documents("en", "xylophone")) == [paper.url]


@pytest.mark.usefixtures("site_content")
def test_few_documents_are_shown_and_only_beside_the_first_pages():
    for number in range(8):
        upload(title=f"Japan {number}", content=b"Japan", name=f"japan{number}.txt")
    assert documents("en", "Japan").count("<li") == 5
    assert documents("en", "Japan", page="2") == ""
    assert documents("en", "Japan", pillar="jet") == ""
    with CaptureQueriesContext(connection) as queries:
        ask("en", "Japan")
    assert len(queries) <= 8


@pytest.mark.usefixtures("site_content")
def test_a_document_with_another_file_is_found_by_that_one_only():
    from django.core.files.base import ContentFile

    paper = upload(title="Plan", content=b"xylophone", name="a.txt")
    paper.file = ContentFile(b"marimba", name="b.txt")
    paper._set_document_file_metadata()
    paper.save()
    read_document(paper.pk)
    assert documents("en", "xylophone") == ""
    paper = Paper.objects.get(pk=paper.pk)
    assert paper.url in documents("en", "marimba")
    paper.delete()
    assert documents("en", "marimba") == ""


@pytest.mark.usefixtures("site_content")
def test_documents_cannot_put_markup_into_the_results():
    text = "<script>alert(1)</script> <b>zebra</b>"
    upload(title="<i>zebra</i>", content=text.encode(), name="z.txt")
    shown = documents("en", "zebra")
    assert "<script>" not in shown
    assert "&lt;b&gt;<mark>zebra</mark>" in shown
    assert "&lt;i&gt;<mark>zebra</mark>" in shown


def test_an_editor_finds_a_document_by_what_it_says(admin_client):
    upload(title="Z1", content=docx("Die Notunterkünfte sind geöffnet."), name="z1.docx")
    upload(title="Z2", content="เมื่อเกิดแผ่นดินไหวให้หมอบลง".encode(), name="z2.txt")
    for question, title in (("notunterkunft", "Z1"), ("แผ่นดินไหว", "Z2")):
        html = admin_client.get("/admin/documents/", {"q": question}).content.decode()
        shown = set(re.findall(r"\bZ[12]\b", html))
        assert shown == {title}
