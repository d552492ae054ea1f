"""Pages show pictures in the sizes that are ready, and no visitor waits for one to be made."""

from __future__ import annotations

import os
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from assets.models import Picture, PictureRendition
from assets.renditions import FOR_SHARED_LINKS, RENDITIONS, WIDTHS
from assets.tasks import make_renditions
from assets.templatetags import pictures
from pages.addresses import public_path
from pages.models import StandardPage
from tests.assets.factories import make_drawing, make_picture
from tests.pages.factories import block, make_home, make_page, publish

pytestmark = pytest.mark.django_db

ELEMENT = re.compile(r"<picture>.*?</picture>|<img[^>]*>", re.S)


def small() -> Picture:
    """A picture of which little work is made."""
    return make_picture(450, 300)


def shown(picture: Picture, words: str = "A red lantern") -> dict:
    """A block that shows the picture."""
    return block("image", {"image": picture.pk, "alt_text": words, "caption": "The festival"})


def page_with(*blocks: dict, **fields) -> StandardPage:
    """A published page with this body."""
    page = make_page(make_home(), **fields)
    page.body = page.body.stream_block.to_python(list(blocks))
    return publish(page)


def read(page: StandardPage) -> str:
    """The page as a visitor gets it."""
    response = Client().get(public_path(page.url_path, "en"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def nothing_is_made(monkeypatch):
    """Fails whoever makes a rendition, opens a picture's file or computes anything from it."""

    def refuse(*args, **kwargs):
        raise AssertionError("made in a request")

    for owner, name in (
        (Filter, "run"),
        (AbstractImage, "create_rendition"),
        (AbstractImage, "create_renditions"),
        (AbstractImage, "generate_rendition_file"),
        (AbstractImage, "open_file"),
        (AbstractRendition, "save"),
    ):
        monkeypatch.setattr(owner, name, refuse)


def test_a_picture_is_shown_in_every_width_and_format_with_the_room_that_it_takes():
    picture = make_picture(1600, 900)
    make_renditions(picture.pk)
    [element] = ELEMENT.findall(read(page_with(block("text", "<p>First.</p>"), shown(picture))))
    assert re.findall(r'type="([^"]+)"', element) == ["image/avif", "image/webp"]
    image = element[element.index("<img") :]
    for srcset in re.findall(r'srcset="([^"]+)"', element):
        assert sorted(int(width) for width in re.findall(r" (\d+)w", srcset)) == sorted(WIDTHS)
    assert 'width="1400" height' in re.sub(r'(height="\d+")(.*)(width="\d+")', r"\3 \1\2", image)
    assert 'height="787"' in image
    assert 'alt="A red lantern"' in image
    assert "sizes=" in image
    assert 'loading="lazy"' in image


def test_the_picture_that_a_page_begins_with_is_loaded_at_once():
    pictures = [small() for _ in range(2)]
    for picture in pictures:
        make_renditions(picture.pk)
    first, second = ELEMENT.findall(read(page_with(*map(shown, pictures))))
    assert 'fetchpriority="high"' in first
    assert "lazy" not in first
    assert 'loading="lazy"' in second
    assert "fetchpriority" not in second


def test_a_small_picture_is_offered_once_in_each_size_that_it_has():
    picture = make_picture(500, 300)
    make_renditions(picture.pk)
    [element] = ELEMENT.findall(read(page_with(shown(picture))))
    for srcset in re.findall(r'srcset="([^"]+)"', element):
        assert re.findall(r" (\d+)w", srcset) == ["500", "400"]


@pytest.fixture
def half_ready() -> StandardPage:
    """A page with a picture that is ready, one that is half ready, and two that are not."""
    ready, half, none, for_links = (small() for _ in range(4))
    make_renditions(ready.pk)
    half.get_renditions(*RENDITIONS[:3])
    return page_with(*map(shown, (ready, half, none)), image=for_links)


def test_what_is_not_ready_is_not_made_for_a_visitor(half_ready, nothing_is_made):
    before = PictureRendition.objects.count()
    ready, half, none = ELEMENT.findall(read(half_ready))
    assert PictureRendition.objects.count() == before
    assert ready.count("450w") == ready.count("400w") == 3
    assert half.count("srcset=") == 2
    assert "/media/original_images/" in none


def test_a_heavy_picture_that_is_not_ready_gives_its_words(
    half_ready, monkeypatch, nothing_is_made
):
    monkeypatch.setattr(pictures, "MOST_BYTES_AS_UPLOADED", 10)
    html = read(half_ready)
    assert "original_images" not in html
    assert "<p>A red lantern</p>" in html


def test_a_drawing_is_shown_as_it_is():
    [element] = ELEMENT.findall(read(page_with(shown(make_drawing()))))
    assert ".svg" in element
    assert 'alt="A red lantern"' in element


def test_words_of_a_picture_cannot_break_out_of_it():
    picture = small()
    page = page_with(shown(picture, '"><script>alert(1)</script>'))
    assert "<script>alert" not in read(page)
    make_renditions(picture.pk)
    assert "<script>alert" not in read(page)


@pytest.mark.parametrize("made", [True, False])
def test_many_pictures_ask_as_few_queries_as_one(made):
    counts = []
    for number in (1, 5):
        pictures = [small() for _ in range(number)]
        if made:
            for picture in pictures:
                make_renditions(picture.pk)
        page = page_with(*map(shown, pictures))
        read(page)
        with CaptureQueriesContext(connection) as queries:
            read(page)
        counts.append(len(queries))
        about = [each["sql"] for each in queries if "assets_picturerendition" in each["sql"]]
        assert len(about) == 1
    assert counts[0] == counts[1] <= 8


def test_a_page_with_all_kinds_of_pictures_stays_within_eight_queries():
    chosen, one, two = (small() for _ in range(3))
    for picture in (chosen, one, two):
        make_renditions(picture.pk)
    page = page_with(shown(one), shown(two), image=chosen)
    read(page)
    with CaptureQueriesContext(connection) as queries:
        html = read(page)
    assert FOR_SHARED_LINKS.partition("|")[0] in html
    assert len(queries) <= 8


def test_the_page_shows_the_sizes_as_soon_as_they_are_made(
    settings, django_capture_on_commit_callbacks
):
    """A kept copy of the page, from before, is forgotten."""
    settings.CACHES = settings.CACHES | {
        "pages": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": os.urandom(8).hex(),
        }
    }
    picture = small()
    with django_capture_on_commit_callbacks(execute=True):
        page = page_with(shown(picture))
    assert "original_images" in read(page)
    with django_capture_on_commit_callbacks(execute=True):
        make_renditions(picture.pk)
    html = read(page)
    assert "original_images" not in html
    assert "<picture>" in html
