"""Pictures are made ready in the sizes and formats that pages use, before any visitor comes."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from wagtail.images.models import Filter

from assets.models import Picture, PictureRendition
from assets.tasks import RENDITIONS, make_renditions
from pages.blocks.media import PictureBlock
from tests.assets.factories import make_drawing, make_picture

pytestmark = pytest.mark.django_db

FORMATS = {"avif": "AVIF", "webp": "WEBP", "jpeg": "JPEG"}


def renditions_of(picture: Picture) -> dict[str, PictureRendition]:
    return {each.filter_spec: each for each in PictureRendition.objects.filter(image=picture)}


def test_a_new_picture_is_made_ready_once_it_is_saved_for_good(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture = make_picture(1600, 900)
        assert renditions_of(picture) == {}
    assert set(renditions_of(picture)) == set(RENDITIONS)


def test_each_size_and_format_is_what_its_name_says():
    picture = make_picture(1600, 900)
    make_renditions(picture.pk)
    made = renditions_of(picture)
    card = made.pop("fill-1200x630")
    assert (card.width, card.height) == (1200, 630)
    assert len(made) == 9
    for spec, rendition in made.items():
        kind, width = re.fullmatch(r"format-(\w+)\|width-(\d+)", spec).groups()
        with rendition.file.open("rb") as file, Image.open(file) as image:
            assert image.format == FORMATS[kind]
            assert image.width == rendition.width == int(width)
            assert image.height == pytest.approx(int(width) * 9 / 16, abs=1)


def test_a_small_picture_is_not_blown_up():
    picture = make_picture(500, 300)
    make_renditions(picture.pk)
    made = renditions_of(picture)
    assert {each.width for spec, each in made.items() if spec.endswith("width-400")} == {400}
    assert {each.width for spec, each in made.items() if not spec.endswith("width-400")} == {500}


def test_running_again_makes_nothing_twice():
    picture = make_picture()
    make_renditions(picture.pk)
    before = {spec: each.pk for spec, each in renditions_of(picture).items()}
    make_renditions(picture.pk)
    assert {spec: each.pk for spec, each in renditions_of(picture).items()} == before


def test_a_new_title_makes_no_picture_again(django_capture_on_commit_callbacks):
    picture = make_picture()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        picture.title = "Another title"
        picture.save()
    assert callbacks == []


def test_a_drawing_needs_no_other_sizes(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        drawing = make_drawing()
    assert drawing.is_svg()
    assert renditions_of(drawing) == {}


def test_a_picture_that_was_deleted_meanwhile_is_no_error(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pk = make_picture().pk
        Picture.objects.filter(pk=pk).delete()
    make_renditions(pk)
    assert not PictureRendition.objects.filter(image_id=pk).exists()


def test_a_page_shows_a_picture_without_making_anything():
    picture = make_picture()
    make_renditions(picture.pk)
    made = PictureRendition.objects.count()
    block = PictureBlock()
    value = {"image": picture.pk, "alt_text": "A red lantern", "caption": "The festival"}
    html = block.render(block.to_python(value))
    assert PictureRendition.objects.count() == made
    shown = set(re.findall(r"/media/(images/[^\s\"]+)", html))
    names = {spec: each.file.name for spec, each in renditions_of(picture).items()}
    assert shown == {name for spec, name in names.items() if spec.startswith("format")}


def test_every_rendition_is_a_filter_that_wagtail_knows():
    for spec in RENDITIONS:
        assert Filter(spec).operations
