"""The same page and people as at the desk."""

from tests.translations.desk.conftest import (
    home,
    japanese,
    page,
    reviewer,
    translation,
    translator,
)

__all__ = ["home", "japanese", "page", "reviewer", "translation", "translator"]
