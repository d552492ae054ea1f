"""Changes to wagtail-localize at run time, each with its reason. Nothing else patches it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Locale
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.locales.views import DeleteView as DeleteLocaleView
from wagtail_localize.models import LocaleSynchronization, StringSegment, Translation
from wagtail_localize.views import convert, edit_translation
from wagtail_localize.views.submit_translations import SubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsForm
from wagtail_localize.wagtail_hooks import ConvertToAliasPageActionMenuItem

from .checks.segment import plain_text
from .checks.translation import limit_of
from .exchange.deliveries import deliver
from .exchange.units import UnreadableFileError
from .memory.models import MemoryUnit
from .segments.writing import refusal


def remove_locale_synchronisation() -> None:
    """“Sync from” makes live pages in one language hold another's text, as aliases."""
    LOCALE_COMPONENTS[:] = [
        component
        for component in LOCALE_COMPONENTS
        if component["model"] is not LocaleSynchronization
    ]


def remove_field(form: type[forms.Form], name: str) -> None:
    """Leaves a yes-or-no field of a form at no, whatever is posted, and shows it to nobody."""
    original = form.__init__

    def without_field(self, *args, **kwargs) -> None:
        original(self, *args, **kwargs)
        self.fields[name] = forms.BooleanField(
            required=False, disabled=True, initial=False, widget=forms.HiddenInput()
        )

    form.__init__ = without_field


def remove_include_subtree() -> None:
    """“Include subtree” corrupts the tree: translated parents end with `numchild` 0 (issue 773)."""
    remove_field(SubmitTranslationForm, "include_subtree")


def remove_publish_on_update() -> None:
    """“Publish immediately” publishes in every language, whether or not one may publish there."""
    remove_field(UpdateTranslationsForm, "publish_translations")


def remove_conversion_to_alias() -> None:
    """“Convert to alias page” puts a live page's text back to English without the right to publish.

    Who may edit a page may do it.
    """

    def not_offered(request: HttpRequest, page_id: int) -> HttpResponse:
        raise Http404

    convert.convert_to_alias = not_offered
    ConvertToAliasPageActionMenuItem.is_shown = lambda self, context: False


def refuse_words_where_none_may_be_written() -> None:
    """wagtail-localize's views take words for locked pages and for translations that were stopped.

    And for snippets in any language from who may change one in some language.
    """
    for name in ("edit_string_translation", "edit_override"):
        view = getattr(edit_translation, name)
        setattr(edit_translation, name, guarded(view, answer_script))
    for name in ("upload_pofile", "machine_translate"):
        view = getattr(edit_translation, name)
        setattr(edit_translation, name, guarded(view, answer_person))


def refuse_words_too_long_for_their_field() -> None:
    """A title of more than 255 characters is a server error; other fields say it at publishing."""
    view = edit_translation.edit_string_translation

    @wraps(view)
    def measured_view(
        request: HttpRequest, translation_id: int, string_segment_id: int
    ) -> HttpResponse:
        segment = (
            StringSegment.objects.filter(pk=string_segment_id)
            .select_related("context", "source")
            .first()
        )
        if request.method == "PUT" and segment:
            content_type = ContentType.objects.get_for_id(segment.source.specific_content_type_id)
            path = segment.context.field_path or segment.context.path
            limit = limit_of(content_type.model_class(), path)
            length = len(plain_text(QueryDict(request.body).get("value", "")))
            if limit and length > limit:
                message = _("It has %(length)d characters; the field holds %(limit)d.")
                detail = message % {"length": length, "limit": limit}
                return JsonResponse({"detail": detail}, status=400)
        return view(request, translation_id, string_segment_id)

    edit_translation.edit_string_translation = measured_view


def take_files_in_our_way() -> None:
    """Uploading a PO file fails where its header is missing, and takes fuzzy texts for final."""

    def upload_pofile(request: HttpRequest, translation_id: int) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            return answer_person(request, _("Choose a file first."))
        try:
            delivery = deliver([(file.name, file.read())], request.user)
        except UnreadableFileError as error:
            return answer_person(request, error.problem.reason)
        return redirect("translations_delivery", delivery.pk)

    edit_translation.upload_pofile = require_POST(upload_pofile)


def leave_stopping_to_those_who_submit() -> None:
    """“Stop Synced translation” was open to every translator, and their main button."""
    view = edit_translation.stop_translation

    @wraps(view)
    def stop_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        return view(request, translation_id)

    edit_translation.stop_translation = stop_translation


def keep_languages_that_the_memory_knows() -> None:
    """A language without pages may be deleted, which fails where the memory has texts in it."""
    original = DeleteLocaleView.can_delete

    def can_delete(self, locale: Locale) -> bool:
        remembered = MemoryUnit.objects.filter(Q(source_locale=locale) | Q(target_locale=locale))
        return original(self, locale) and not remembered.exists()

    DeleteLocaleView.can_delete = can_delete


def guarded(view: Callable, answer: Callable[[HttpRequest, str], HttpResponse]) -> Callable:
    """A view of a translation that answers who may not write there with the reason."""

    @wraps(view)
    def guarded_view(request: HttpRequest, translation_id: int, *args, **kwargs) -> HttpResponse:
        translation = get_object_or_404(
            Translation.objects.select_related("source", "target_locale"), pk=translation_id
        )
        if reason := refusal(request.user, translation):
            return answer(request, reason)
        return view(request, translation_id, *args, **kwargs)

    return guarded_view


def answer_script(request: HttpRequest, reason: str) -> HttpResponse:
    """A refusal for the editor's script."""
    return JsonResponse({"detail": reason}, status=403)


def answer_person(request: HttpRequest, reason: str) -> HttpResponse:
    """A refusal for who pressed a button: back where they came from, with the reason."""
    messages.error(request, reason)
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


def apply() -> None:
    """Applies all of them; called once when the apps are ready."""
    remove_locale_synchronisation()
    remove_include_subtree()
    remove_publish_on_update()
    remove_conversion_to_alias()
    refuse_words_too_long_for_their_field()
    take_files_in_our_way()
    refuse_words_where_none_may_be_written()
    leave_stopping_to_those_who_submit()
    keep_languages_that_the_memory_knows()
