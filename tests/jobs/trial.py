"""Steps of a trial with real workers, each run in a process of its own on a database of its own.

    python -m tests.jobs.trial STEP

The last one prints a line of JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402
from wagtail.models import Locale, Page, Revision  # noqa: E402
from wagtail_localize.models import StringTranslation, Translation  # noqa: E402

from accounts.groups import create_groups  # noqa: E402
from accounts.models import User  # noqa: E402
from jobs.models import Job, JobState  # noqa: E402
from jobs.sweeping import sweep  # noqa: E402
from tests.pages.factories import make_home, make_locale, make_page  # noqa: E402
from tests.translations.factories import make_translated  # noqa: E402
from translations.matrix.actions import Action, Order  # noqa: E402
from translations.matrix.batches import ask_for_batches  # noqa: E402

PAGES = 24
LANGUAGES = ("ja", "ko", "th")


def begin() -> None:
    """A site with a small tree in English, and an order to prepare all of it in each language."""
    user = User.objects.create_superuser(username="staff", email="staff@example.org")
    home = make_home()
    locales = [make_locale(code) for code in LANGUAGES]
    make_translated(home, *locales)
    create_groups()
    parent = home
    for number in range(PAGES):
        page = make_page(parent, slug=f"page-{number}", title=f"Page {number}", summary="Words.")
        parent = page if number % 4 == 0 else parent
    Job.objects.all().delete()
    pages = Page.objects.filter(slug__startswith="page-")
    ask_for_batches(Order(Action.PREPARE, user), pages, locales)


def age() -> None:
    """Lets five minutes pass for all jobs, and sweeps up."""
    then = timezone.now() - timedelta(minutes=5)
    Job.objects.filter(state=JobState.RUNNING).update(seen_at=then)
    Job.objects.filter(state=JobState.WAITING).update(asked_at=then, due_at=then)
    sweep()


def tree() -> dict:
    """What became of it: for each language the rows that matter; what is wrong with the tree."""
    found = {}
    for locale in Locale.objects.filter(language_code__in=LANGUAGES):
        pages = Page.objects.filter(locale=locale, slug__startswith="page-").order_by("path")
        found[locale.language_code] = [
            [
                page.slug,
                page.get_parent().slug.removesuffix(f"-{locale.language_code}"),
                page.depth,
                page.numchild,
                page.live,
                page.url_path.split("/", 2)[2],
                Revision.objects.for_instance(page).count(),
                Translation.objects.filter(
                    source__object_id=page.translation_key, target_locale=locale, enabled=True
                ).count(),
                StringTranslation.objects.filter(
                    locale=locale, context__object_id=page.translation_key
                ).count(),
            ]
            for page in pages
        ]
    return {"languages": found, "problems": Page.find_problems()}


if __name__ == "__main__":
    steps = {"begin": begin, "age": age, "tree": tree}
    print(json.dumps(steps[sys.argv[1]]()))
