"""Files that were spoilt at random end in a report or a refusal, never in an error."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest

from tests.translations.exchange.test_files import exported
from translations.exchange.deliveries import deliver
from translations.exchange.exporting import FileFormat
from translations.exchange.units import UnreadableFileError
from translations.models import DeliveredFile

pytestmark = pytest.mark.django_db

ROUNDS = 250  # for each kind of file
NAMES = {
    FileFormat.PO: "waste.po",
    FileFormat.XLIFF12: "waste.xlf",
    FileFormat.XLIFF20: "waste.xlf",
}


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """The data with a few bytes changed, taken away, put in, or said twice."""
    spoiling = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(spoiling))
        length = chance.randint(1, 30)
        match chance.randrange(4):
            case 0:
                spoiling[place] = chance.randrange(256)
            case 1:
                del spoiling[place : place + length]
            case 2:
                spoiling[place:place] = chance.randbytes(length)
            case 3:
                spoiling[place:place] = spoiling[place : place + length]
        if not spoiling:
            return b""
    return bytes(spoiling)


def zipped(name: str, data: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize("in_zip", [False, True], ids=["file", "zip"])
@pytest.mark.parametrize("chosen", list(FileFormat))
def test_a_spoilt_file_is_reported_and_the_texts_can_still_be_exported(
    translation, draft, admin_user, chosen, in_zip
):
    chance = random.Random(f"{chosen} {in_zip}")
    name, data = NAMES[chosen], exported(translation, chosen)
    if in_zip:
        name, data = "waste.zip", zipped(name, data)
    dealt_with = 0
    for _ in range(ROUNDS):
        try:
            delivery = deliver([(name, spoilt(data, chance))], admin_user)
        except UnreadableFileError as error:
            assert error.problem.reason
            continue
        reports = DeliveredFile.objects.filter(delivery=delivery).values_list("report", flat=True)
        assert all("problems" in report for report in reports)
        dealt_with += len(reports)
    assert dealt_with
    for each in FileFormat:
        assert exported(translation, each)
