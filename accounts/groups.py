"""The groups of staff and what each may do."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.dispatch import Signal
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
)

EDITOR = "editor"
REVIEWER = "reviewer"

READING_PERMISSIONS = (
    "translations.add_reading",
    "translations.change_reading",
    "translations.delete_reading",
    "translations.view_reading",
)
GLOSSARY_PERMISSIONS = (
    "translations.add_glossaryterm",
    "translations.change_glossaryterm",
    "translations.delete_glossaryterm",
    "translations.view_glossaryterm",
)
JOB_PERMISSIONS = ("jobs.change_job", "jobs.view_job")
EDITOR_PERMISSIONS = (
    *JOB_PERMISSIONS,
    *READING_PERMISSIONS,
    *GLOSSARY_PERMISSIONS,
    "wagtailadmin.access_admin",
    "wagtail_localize.submit_translation",
    "pages.add_figure",
    "pages.change_figure",
    "pages.view_figure",
    "jet.add_participantcount",
    "jet.change_participantcount",
    "jet.view_participantcount",
    "pages.view_pagefeedback",
    "pages.change_pagefeedback",
    "pages.delete_pagefeedback",
    "pages.view_enquiry",
    "pages.change_enquiry",
    "pages.delete_enquiry",
)
REVIEWER_PERMISSIONS = (
    *JOB_PERMISSIONS,
    *READING_PERMISSIONS,
    *GLOSSARY_PERMISSIONS,
    "wagtailadmin.access_admin",
    "wagtail_localize.submit_translation",
    "pages.change_figure",
    "pages.view_figure",
    "pages.view_pagefeedback",
    "pages.change_pagefeedback",
    "pages.view_enquiry",
    "pages.change_enquiry",
)
# The glossary holds all languages; translators of one of them read it.
TRANSLATOR_PERMISSIONS = ("wagtailadmin.access_admin", "translations.view_glossaryterm")
# What only the translators of one language need: those of Japanese correct readings.
PERMISSIONS_OF_LANGUAGE = {"ja": READING_PERMISSIONS, "ja-easy": READING_PERMISSIONS}


# The groups are there with their rights: `reviewers`, the group that reviews in every language.
groups_created = Signal()


def translator_group_name(language_code: str) -> str:
    """The group of a language's translators."""
    return f"translator-{language_code}"


def language_homes() -> dict[str, Page]:
    """The site's home page in every language that has one, by the language's code."""
    home = Page.objects.get(sites_rooted_here__is_default_site=True)
    versions = home.get_translations(inclusive=True).select_related("locale")
    return {version.locale.language_code: version for version in versions}


@transaction.atomic
def create_groups() -> list[str]:
    """Makes the groups and gives them their rights, on the languages' home pages that exist.

    Safe to run again, and to be run again when a language is added. Gives the groups' names.
    """
    homes = language_homes()
    source = homes.get(settings.LANGUAGE_CODE)
    editor = group_with(EDITOR, EDITOR_PERMISSIONS)
    reviewer = group_with(REVIEWER, REVIEWER_PERMISSIONS)
    names = [EDITOR, REVIEWER]
    if source:
        page_rights(editor, source, "add", "change", "publish", "lock", "unlock")
    library_rights(editor, "add", "change", "choose")
    library_rights(reviewer, "choose")
    for home in homes.values():
        page_rights(reviewer, home, "change", "publish", "lock", "unlock")
    for code in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).values_list(
        "language_code", flat=True
    ):
        own = PERMISSIONS_OF_LANGUAGE.get(code, ())
        translator = group_with(translator_group_name(code), (*TRANSLATOR_PERMISSIONS, *own))
        names.append(translator.name)
        library_rights(translator, "choose")
        if code in homes:
            page_rights(translator, homes[code], "change")
    groups_created.send(sender=None, reviewers=reviewer)
    return names


def group_with(name: str, permissions: tuple[str, ...]) -> Group:
    """The group of that name, made if it is not there, with exactly these model permissions."""
    group, _ = Group.objects.get_or_create(name=name)
    wanted = [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in (permission.split(".") for permission in permissions)
    ]
    group.permissions.set(wanted)
    return group


def page_rights(group: Group, page: Page, *actions: str) -> None:
    """Lets the group do these things to a page and all below it."""
    for action in actions:
        GroupPagePermission.objects.get_or_create(
            group=group, page=page, permission=wagtail_permission("page", action)
        )


def library_rights(group: Group, *actions: str) -> None:
    """Lets the group do these things to all pictures and documents."""
    root = Collection.get_first_root_node()
    # Wagtail asks for the rights on its own models, whichever model a site uses.
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in actions:
            permission = Permission.objects.get(
                content_type__app_label=app, codename=f"{action}_{model}"
            )
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )


def wagtail_permission(model: str, action: str) -> Permission:
    """Wagtail's own permission for an action on one of its models."""
    return Permission.objects.get(
        content_type__app_label="wagtailcore", codename=f"{action}_{model}"
    )
