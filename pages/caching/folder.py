"""The folder in which finished pages are kept where there is no Redis."""

from __future__ import annotations

from itertools import count
from random import randrange

from django.core.cache.backends.filebased import FileBasedCache

WRITES_BETWEEN_LOOKS = 100


class FolderCache(FileBasedCache):
    """Django's cache in a folder, which lists the folder at each write to see that it is not full.

    With thousands of pages in it that takes longer than making a page, and publishing one page
    writes for each address that shows it. So this one looks at every hundredth write, and may hold
    so many entries too many.
    """

    # From anywhere, as many a worker ends before its hundredth.
    writes = count(randrange(WRITES_BETWEEN_LOOKS))  # noqa: S311

    def _cull(self) -> None:
        if next(self.writes) % WRITES_BETWEEN_LOOKS == 0:
            super()._cull()
