"""What a camera wrote into a picture, such as where it was taken, is not stored."""

from __future__ import annotations

import io

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from assets.metadata import without_metadata
from assets.models import Picture, PictureRendition
from assets.tasks import make_renditions

pytestmark = pytest.mark.django_db

GPS = 0x8825
ORIENTATION = 0x0112
SECRET = b"35 41 22 N"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">35 41 22 N</x:xmpmeta>'


def camera_data(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: how it was held, who made it, and where it was."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010E] = SECRET.decode()
    exif[GPS] = {1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0)}
    return exif


def photograph(kind: str, **options) -> io.BytesIO:
    """A picture 900 wide and 600 high, red on its left half."""
    image = Image.new("RGB", (900, 600), "white")
    image.paste((200, 0, 0), (0, 0, 450, 600))
    file = io.BytesIO()
    image.save(file, kind, **options)
    file.seek(0)
    return file


def stored(file: io.BytesIO, name: str) -> Picture:
    """The picture as it comes back from the library."""
    picture = Picture.objects.create(title="Place", file=ImageFile(file, name=name))
    return Picture.objects.get(pk=picture.pk)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "PNG"])
def test_where_it_was_taken_is_neither_stored_nor_in_any_size_of_it(kind):
    picture = stored(photograph(kind, exif=camera_data()), f"place.{kind.lower()}")
    make_renditions(picture.pk)
    files = [picture.file, *(each.file for each in PictureRendition.objects.filter(image=picture))]
    assert len(files) > 5
    for file in files:
        with file.open("rb") as opened:
            content = opened.read()
        assert SECRET not in content
        with Image.open(io.BytesIO(content)) as image:
            assert not image.getexif()


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"xmp": XMP}),
        ("JPEG", {"comment": SECRET}),
        ("WEBP", {"xmp": XMP}),
        ("AVIF", {"xmp": XMP}),
    ],
)
def test_other_places_for_notes_are_emptied_too(kind, options):
    file = photograph(kind, **options)
    assert SECRET in file.getvalue()
    assert SECRET not in without_metadata(file)


def test_texts_in_a_png_are_taken_out():
    notes = PngInfo()
    notes.add_text("Location", SECRET.decode())
    file = photograph("PNG", pnginfo=notes)
    assert SECRET in file.getvalue()
    assert SECRET not in without_metadata(file)


def test_a_photograph_that_was_held_upright_stays_upright():
    picture = stored(photograph("JPEG", exif=camera_data(orientation=6)), "upright.jpg")
    assert (picture.width, picture.height) == (600, 900)
    with picture.file.open("rb") as file, Image.open(file) as image:
        assert image.size == (600, 900)
        red, green, _ = image.convert("RGB").getpixel((300, 100))  # the left half is on top now
    assert red > 150
    assert green < 80


def test_what_colours_mean_is_kept():
    profile = b"a profile"
    clean = without_metadata(photograph("JPEG", exif=camera_data(), icc_profile=profile))
    assert Image.open(io.BytesIO(clean)).info["icc_profile"] == profile


def test_pictures_without_metadata_are_stored_byte_for_byte():
    for kind in ("JPEG", "WEBP", "AVIF", "PNG", "GIF"):
        file = photograph(kind)
        content = file.getvalue()
        assert without_metadata(file) is None
        with stored(io.BytesIO(content), f"plain.{kind.lower()}").file.open("rb") as kept:
            assert kept.read() == content


def test_several_pictures_in_one_file_of_a_telephone_become_the_first():
    file, second = io.BytesIO(), Image.new("RGB", (300, 200))
    Image.new("RGB", (900, 600), "red").save(
        file, "MPO", save_all=True, append_images=[second], exif=camera_data()
    )
    clean = Image.open(io.BytesIO(without_metadata(file)))
    assert (clean.format, clean.size) == ("JPEG", (900, 600))
    assert not clean.getexif()


def test_an_upload_in_the_admin_is_cleaned_and_its_size_is_noted_right(
    admin_client, django_capture_on_commit_callbacks
):
    content = photograph("JPEG", exif=camera_data(orientation=6)).getvalue()
    upload = SimpleUploadedFile("place.jpg", content, "image/jpeg")
    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(
            "/admin/images/add/", {"title": "A place of a test", "file": upload}
        )
    assert response.status_code == 302
    picture = Picture.objects.get(title="A place of a test")
    with picture.file.open("rb") as file:
        kept = file.read()
    assert SECRET not in kept
    assert picture.file_size == len(kept)
    assert (picture.width, picture.height) == (600, 900)
