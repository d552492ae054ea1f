"""The folder of finished pages stays small, without being listed at every write."""

from __future__ import annotations

import pytest

from pages.caching import folder
from pages.caching.folder import WRITES_BETWEEN_LOOKS, FolderCache

FULL = 400


@pytest.fixture
def kept(tmp_path) -> FolderCache:
    return FolderCache(tmp_path, {"OPTIONS": {"MAX_ENTRIES": FULL}})


@pytest.fixture
def looks(kept, monkeypatch) -> list[int]:
    """How many entries were in the folder each time that it was listed."""
    seen: list[int] = []
    listed = FolderCache._list_cache_files

    def list_and_note(self) -> list[str]:
        files = listed(self)
        seen.append(len(files))
        return files

    monkeypatch.setattr(FolderCache, "_list_cache_files", list_and_note)
    monkeypatch.setattr(FolderCache, "writes", folder.count(1))
    return seen


def test_the_folder_is_listed_at_every_hundredth_write(kept, looks):
    for number in range(3 * WRITES_BETWEEN_LOOKS):
        kept.set(f"answer:/{number % 10}/", b"page")
    assert len(looks) == 3


def test_the_folder_never_holds_more_than_it_may_and_a_hundred(kept, looks):
    for number in range(9 * WRITES_BETWEEN_LOOKS):
        kept.set(f"answer:/{number}/", b"page")
    assert max(looks) <= FULL + WRITES_BETWEEN_LOOKS
    assert kept.get("answer:/899/") == b"page"
