"""Gives each language its review among Wagtail's workflows."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale, Page, Workflow, WorkflowPage, WorkflowTask

from ..languages import LANGUAGES, SOURCE_CODE
from .models import TranslationReview


@transaction.atomic
def make_reviews(reviewers: Group) -> list[Workflow]:
    """Makes a workflow with one review for each language that has a home page and no workflow yet.

    Staff can change it in the admin as any other: a home page that has a workflow is left alone.
    Gives the workflows made.
    """
    homes = Page.objects.filter(depth=2, workflowpage__isnull=True).exclude(
        locale__language_code=SOURCE_CODE
    )
    made = []
    for home in homes.select_related("locale"):
        name = f"Translation: {language_name(home.locale)}"
        task = TranslationReview.objects.create(name=name)
        task.groups.add(reviewers)
        workflow = Workflow.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=home)
        made.append(workflow)
    return made


def language_name(locale: Locale) -> str:
    """The language's name in English, or its code where this site does not know it."""
    language = LANGUAGES.get(locale.language_code)
    return language.english_name if language else locale.language_code
