"""Pictures are made ready in the sizes and formats that pages use, before any visitor comes."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.models import Filter

from assets.models import Picture, PictureRendition
from assets.renditions import FOR_SHARED_LINKS, IN_TEXT, RENDITIONS
from assets.signals import renditions_made
from assets.tasks import make_missing_renditions, make_renditions
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
    card = made.pop(FOR_SHARED_LINKS)
    assert (card.width, card.height) == (1200, 630)
    assert len(made) == len(IN_TEXT)
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


def test_what_must_stay_in_sight_is_another_part_so_the_cut_is_made_anew(
    django_capture_on_commit_callbacks,
):
    picture = make_picture(500, 300)
    make_renditions(picture.pk)
    before = PictureRendition.objects.filter(image=picture).count()
    picture = Picture.objects.get(pk=picture.pk)
    picture.focal_point_x = picture.focal_point_y = 100
    picture.focal_point_width = picture.focal_point_height = 50
    with django_capture_on_commit_callbacks(execute=True):
        picture.save()
    picture = Picture.objects.get(pk=picture.pk)
    assert set(picture.ready_renditions(*RENDITIONS)) == set(RENDITIONS)
    assert PictureRendition.objects.filter(image=picture).count() == before + 1


def test_another_file_in_the_admin_has_its_own_sizes(
    admin_client, django_capture_on_commit_callbacks
):
    picture = make_picture(500, 300)
    make_renditions(picture.pk)
    old = set(PictureRendition.objects.filter(image=picture).values_list("pk", flat=True))
    file = io.BytesIO()
    Image.new("RGB", (900, 900), "green").save(file, "PNG")
    upload = SimpleUploadedFile("square.png", file.getvalue(), "image/png")
    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(
            f"/admin/images/{picture.pk}/", {"title": "Square", "file": upload}
        )
    assert response.status_code == 302
    made = renditions_of(picture)
    assert set(RENDITIONS) <= set(made)
    assert not old & {each.pk for each in made.values()}
    assert made[IN_TEXT[0]].width == made[IN_TEXT[0]].height == 900


def test_pictures_that_lack_a_size_are_found_and_completed(monkeypatch):
    complete, partly = make_picture(500, 300), make_picture(500, 300)
    for picture in (complete, partly):
        make_renditions(picture.pk)
    make_drawing()
    PictureRendition.objects.filter(image=partly, filter_spec=IN_TEXT[0]).delete()
    others = set(Picture.objects.values_list("pk", flat=True)) - {complete.pk, partly.pk}
    queued: list[int] = []
    monkeypatch.setattr(make_renditions, "delay", queued.append)
    make_missing_renditions()
    assert set(queued) - others == {partly.pk}
    make_renditions(partly.pk)
    assert set(RENDITIONS) <= set(renditions_of(partly))


def test_what_is_ready_is_told_once_per_making():
    told: list[Picture] = []

    def note(sender, instance, **kwargs) -> None:
        told.append(instance)

    renditions_made.connect(note)
    try:
        picture = make_picture(500, 300)
        make_renditions(picture.pk)
        make_renditions(picture.pk)
    finally:
        renditions_made.disconnect(note)
    assert told == [picture]
