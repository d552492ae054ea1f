"""Brings terms from a file into the glossary."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.db import transaction
from wagtail.models import Locale

from .models import GlossaryForm, GlossaryTerm

FIELDS = {"case_sensitive", "definition", "do_not_translate", "note"}
STATUSES = set(GlossaryForm.Status.values)


class GlossaryError(ValueError):
    """A glossary file that cannot be read, with what is wrong in it."""


def read_glossary(path: Path) -> list[dict]:
    """The terms of a file: none if it is not there. Raises GlossaryError.

    Of each term: `term`, the fields of GlossaryTerm, and `forms`: for each language the preferred
    form, or lists of `preferred`, `allowed` and `forbidden` ones.
    """
    if not path.exists():
        return []
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise GlossaryError(f"glossary.yaml: not a YAML file: {error}") from None
    if not isinstance(entries, list):
        raise GlossaryError("glossary.yaml: a list of terms is expected")
    return [checked(entry) for entry in entries]


def checked(entry: object) -> dict:
    """An entry of the file with its forms as lists by status. Raises GlossaryError."""
    if not isinstance(entry, dict) or not isinstance(entry.get("term"), str):
        raise GlossaryError(f"glossary.yaml: {entry!r} has no term")
    term = entry["term"]
    if unknown := entry.keys() - FIELDS - {"term", "forms"}:
        raise GlossaryError(f"glossary.yaml: {term}: unknown {', '.join(sorted(unknown))}")
    forms = {}
    for code, value in (entry.get("forms") or {}).items():
        by_status = {"preferred": value} if isinstance(value, str) else value
        if not isinstance(by_status, dict) or by_status.keys() - STATUSES:
            raise GlossaryError(
                f"glossary.yaml: {term}: {code}: forms are preferred, allowed or forbidden"
            )
        forms[code] = {
            status: [texts] if isinstance(texts, str) else list(texts)
            for status, texts in by_status.items()
        }
    return {**entry, "forms": forms}


@transaction.atomic
def load_glossary(entries: list[dict]) -> int:
    """Adds the terms that the glossary lacks, and forms in languages in which a term has none.

    What is there stays as people have made it. Gives how many terms and forms are new. Five
    queries, however many terms.
    """
    terms = {term.term: term for term in GlossaryTerm.objects.all()}
    new = [
        GlossaryTerm(term=entry["term"], **{name: entry[name] for name in FIELDS if name in entry})
        for entry in entries
        if entry["term"] not in terms
    ]
    terms |= {term.term: term for term in GlossaryTerm.objects.bulk_create(new)}
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    there = set(GlossaryForm.objects.values_list("term_id", "locale_id"))
    forms = [
        GlossaryForm(term=terms[entry["term"]], locale=locales[code], status=status, text=text)
        for entry in entries
        for code, by_status in entry["forms"].items()
        if code in locales and (terms[entry["term"]].pk, locales[code].pk) not in there
        for status, texts in by_status.items()
        for text in texts
    ]
    GlossaryForm.objects.bulk_create(forms)
    return len(new) + len(forms)
