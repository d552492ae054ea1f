"""Whether a target keeps to the glossary."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..glossary.finding import Glossary, form_pattern, has_form
from .findings import ERROR, WARNING, Finding


def check_terms(source: str, target: str, terms: Glossary) -> list[Finding]:
    """A forbidden form of a term of the source is an error, a missing form a warning."""
    findings = []
    for term in dict.fromkeys(found.term for found in terms.binding.find(source)):
        for form in term.forbidden:
            # A right form may have the wrong one in it.
            rest = target
            for right in term.wanted:
                rest = form_pattern(right).sub(" ", rest)
            if has_form(rest, form):
                message = _("“%(form)s” is not used for “%(term)s”.")
                if term.shown:
                    message = _("“%(form)s” is not used for “%(term)s”: write “%(right)s”.")
                findings.append(
                    Finding(
                        "forbidden_term",
                        ERROR,
                        message % {"form": form, "term": term.term, "right": term.shown},
                    )
                )
        if term.wanted and not any(has_form(target, form) for form in term.wanted):
            message = _("The glossary has “%(right)s” for “%(term)s”.")
            if term.do_not_translate and not term.preferred + term.allowed:
                message = _("The glossary leaves “%(term)s” untranslated.")
            findings.append(
                Finding("missing_term", WARNING, message % {"term": term.term, "right": term.shown})
            )
    return findings
