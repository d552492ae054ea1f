"""The fields of the form, and what is wrong with them in the reader's language."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.form_guard import came_in_time, time_token
from pages.models import Enquiry
from translations.languages import LANGUAGES, django_choices


class LanguageSelect(forms.Select):
    """A list of languages; each name says that it is in that language."""

    def create_option(self, name: str, value: str, *args, **kwargs) -> dict:
        option = super().create_option(name, value, *args, **kwargs)
        if language := LANGUAGES.get(value):
            option["attrs"] |= {"lang": language.tag, "dir": language.direction}
        return option


class EnquiryForm(forms.ModelForm):
    """What a visitor writes. An e-mail address is needed only by whoever wants an answer."""

    wants_answer = forms.TypedChoiceField(
        label=_("Do you want an answer?"),
        choices=[("no", _("No, I only want to tell you something")), ("yes", _("Yes, by e-mail"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = ["subject", "message", "wants_answer", "email", "answer_language", "name"]

    class Meta:
        model = Enquiry
        fields = ["subject", "message", "name", "email", "answer_language"]
        labels = {
            "subject": _("What is it about?"),
            "message": _("Your message"),
            "name": _("Your name"),
            "email": _("Your e-mail address"),
            "answer_language": _("Language of the answer"),
        }
        help_texts = {
            "message": _(
                "In any language. Please do not write about other people by name, and nothing that"
                " is secret, such as a password or the number of your residence card."
            ),
            "name": _("Only if you like."),
            "email": _("Only if you want an answer. We use it for nothing else."),
            "answer_language": _("We cannot promise an answer in every language."),
        }
        error_messages = {
            "subject": {"required": _("Choose what your message is about.")},
            "message": {
                "required": _("Write your message."),
                "max_length": _("Your message is longer than 5,000 characters. Please shorten it."),
            },
            "email": {"invalid": _("This is not a complete e-mail address: name@example.org")},
        }
        widgets = {
            "subject": forms.Select(attrs={"required": True}),
            "message": forms.Textarea(attrs={"rows": 8}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "answer_language": LanguageSelect,
            "email": forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        }

    def __init__(self, *args, language_code: str, **kwargs) -> None:
        initial = {"answer_language": language_code, "wants_answer": "no"}
        super().__init__(*args, initial=initial, **kwargs)
        self.use_required_attribute = False  # our messages say more than the browser's
        self.language_code = language_code
        self.fields["answer_language"].choices = django_choices()
        self.fields["subject"].choices = [("", _("Please choose")), *Enquiry.Subject.choices]

    def clean(self) -> dict:
        """An answer needs an address to go to."""
        cleaned = super().clean()
        if cleaned.get("wants_answer") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write your e-mail address, so that we can answer you."))
        if not cleaned.get("wants_answer"):
            # Nothing is kept of who it was, nor is it asked to be right.
            for name in ("email", "name"):
                cleaned[name] = ""
                self.errors.pop(name, None)
        return cleaned

    def came_in_time(self) -> bool:
        """Whether the form was filled in at a pace that people have."""
        return came_in_time(self.data.get("token", ""))

    def fresh_token(self) -> str:
        """What the form carries when it is shown, or shown again."""
        return time_token()

    def save(self, commit: bool = True) -> Enquiry:
        self.instance.language_code = self.language_code
        return super().save(commit)
