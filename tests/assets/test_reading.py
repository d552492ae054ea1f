"""An uploaded document is read in the background; what cannot be read hinders nobody."""

from __future__ import annotations

import subprocess

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from assets import reading
from assets.models import Paper, PaperContents
from assets.tasks import read_document, read_documents_left_behind
from tests.assets.documents import docx, locked_pdf, pdf
from tests.assets.factories import make_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """As after a commit: what was queued is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_an_uploaded_document_is_read_once_it_is_saved_for_good(admin_client, committing):
    upload = SimpleUploadedFile("plan.pdf", pdf("Higher ground", "Two"), "application/pdf")
    with committing():
        response = admin_client.post(
            "/admin/documents/add/", {"title": "A plan of a test", "file": upload}
        )
        assert response.status_code == 302
        paper = Paper.objects.get(title="A plan of a test")
        assert not PaperContents.objects.filter(paper=paper).exists()
    contents = PaperContents.objects.get(paper=paper)
    assert (contents.text, contents.page_count) == ("Higher ground\nTwo", 2)
    assert contents.file_hash == paper.file_hash


def test_a_document_with_another_file_is_read_again_and_with_another_title_it_is_not(
    committing, monkeypatch
):
    with committing():
        paper = make_paper(content=b"First.")
    paper.refresh_from_db()
    monkeypatch.setattr("assets.tasks.read_paper", lambda paper: pytest.fail("read again"))
    with committing():
        paper.title = "Another title"
        paper.save()
    monkeypatch.undo()
    with committing():
        paper.file = ContentFile(b"Second.", name="second.txt")
        paper._set_document_file_metadata()
        paper.save()
    assert PaperContents.objects.get(paper=paper).text == "Second."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("locked.pdf", locked_pdf("Secret", "a password")),
        ("broken.pdf", b"%PDF-1.4 nothing"),
        ("broken.docx", docx("Hello")[:100]),
        ("empty.pdf", b""),
    ],
    # A made document holds the time it was made at: it is no name for a test.
    ids=["locked.pdf", "broken.pdf", "broken.docx", "empty.pdf"],
)
def test_a_document_that_cannot_be_read_is_kept_without_text(name, content, committing, caplog):
    with committing():
        paper = make_paper(content=content, name=name)
    contents = PaperContents.objects.get(paper=paper)
    assert (contents.text, contents.page_count) == ("", None)
    assert "document_not_read" in caplog.text


def test_a_file_that_takes_too_long_or_is_too_large_is_not_read(monkeypatch, caplog):
    paper = make_paper()

    def slow(*args, **kwargs):
        raise subprocess.TimeoutExpired("python", 1)

    with monkeypatch.context() as patched:
        patched.setattr(reading.subprocess, "run", slow)
        assert reading.read_paper(paper).text == ""
    with monkeypatch.context() as patched:
        patched.setattr(reading, "MAX_FILE_BYTES", 3)
        assert reading.read_paper(paper).text == ""
    assert "too long" in caplog.text
    assert "too large" in caplog.text
    assert reading.read_paper(paper).text == "A form."


def test_a_deleted_document_or_a_missing_file_is_no_error():
    read_document(0)
    paper = make_paper()
    paper.file.storage.delete(paper.file.name)
    read_document(paper.pk)
    assert not PaperContents.objects.filter(paper=paper).exists()


def test_documents_that_were_left_behind_are_read_later(committing):
    unread, old, done = make_paper(), make_paper(content=b"New."), make_paper(content=b"Read.")
    for paper in (old, done):
        read_document(paper.pk)
    PaperContents.objects.filter(paper=old).update(file_hash="of another file", text="Old.")
    before = PaperContents.objects.get(paper=done)
    with committing() as queued:
        read_documents_left_behind()
    assert len(queued) >= 2
    texts = dict(PaperContents.objects.values_list("paper_id", "text"))
    assert (texts[unread.pk], texts[old.pk]) == ("A form.", "New.")
    assert PaperContents.objects.get(paper=done).text == before.text == "Read."
    with committing() as queued:
        read_documents_left_behind()
    assert queued == []
