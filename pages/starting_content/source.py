"""Makes the English pages, figures and data from the content files; changes only what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import models, transaction
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from pages import drawings
from pages.models import BasePage, Figure, HomePage
from translations.languages import LANGUAGES, SOURCE_CODE

from .blocks import BlockError, Resolver, stream
from .files import Content, ContentError, PageFile

OWN_KEYS = {"type", "order", "menu"}


def model_of(page: PageFile) -> type[BasePage]:
    """The page model that the file names. Raises ContentError."""
    name = page.entries.get("type", "")
    try:
        model = apps.get_model(name)
    except (LookupError, ValueError):
        raise page.error("type", f"there is no page type “{name}”") from None
    if not issubclass(model, BasePage):
        raise page.error("type", f"“{name}” is not a page type")
    return model


def check(content: Content) -> None:
    """Raises ContentError for the first mistake that can be seen without the database."""
    series = {figure["series"] for figure in content.figures}
    for page in content.parents_first:
        model = model_of(page)
        fields = {field.name: field for field in model._meta.get_fields()}
        for key in page.entries:
            if key not in OWN_KEYS and key not in fields:
                raise page.error(key, f"{model._meta.label} has no field “{key}”")
        if not page.entries.get("title"):
            raise page.error(None, "a page needs a title")
        if (name := page.entries.get("drawing")) and name not in drawings.names():
            raise page.error("drawing", f"there is no drawing “{name}”")
        check_streams(page, model, content, series)


def check_streams(page: PageFile, model: type, content: Content, series: set[str]) -> None:
    """Builds the page's streams with ids that stand for the real ones."""

    def known(names: set[str] | dict, what: str) -> Callable[[str], int]:
        def find(name: str) -> int:
            if name not in names:
                raise BlockError(f"there is no {what} “{name}”")
            return 1

        return find

    def image(name: str) -> int:
        if not (content.folder / "images" / name).is_file():
            raise BlockError(f"there is no picture “{name}”")
        return 1

    resolver = Resolver(known(content.pages, "page"), known(series, "figure series"), image)
    for field in stream_fields(model):
        if field.name in page.entries:
            build_stream(page, field, resolver)


def stream_fields(model: type[models.Model]) -> Iterator[StreamField]:
    """The stream fields of a page model."""
    return (field for field in model._meta.get_fields() if isinstance(field, StreamField))


def build_stream(page: PageFile, field: StreamField, resolver: Resolver) -> list[dict]:
    """The stream data of one field of a page's file. Raises ContentError with the block's line."""
    items = page.entries.get(field.name, [])
    if not isinstance(items, list):
        raise page.error(field.name, "expected a list")
    for number, item in enumerate(items):
        try:
            stream(field.stream_block, [item], resolver, (page.path, field.name))
        except (BlockError, KeyError, TypeError, AttributeError) as error:
            line = getattr(item, "line", page.entries.lines[field.name])
            reason = f"“{error.args[0]}” is missing" if isinstance(error, KeyError) else error
            raise ContentError(page.file, line, f"block {number + 1}: {reason}") from None
    return stream(field.stream_block, items, resolver, (page.path, field.name))


class SourceWriter:
    """Writes the source content into the database and counts what it did."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.done: Counter[str] = Counter()
        self.pages: dict[str, BasePage] = {}
        self.figures: dict[str, Figure] = {}
        self.images: dict[str, models.Model] = {}

    @transaction.atomic
    def write(self) -> None:
        """Brings the whole source content in, or nothing of it when a file is broken."""
        self.locale = make_locales()
        self.write_figures()
        self.write_participants()
        self.write_images()
        for page in self.content.parents_first:
            self.place(page)
        for page in self.content.parents_first:
            self.fill(page)

    def write_figures(self) -> None:
        """All figures; the first of a series is the one that pages show."""
        positions: Counter[str] = Counter()
        for entries in self.content.figures:
            values = {key: value for key, value in entries.items() if key != "key"}
            values["position"] = positions[values["series"]]
            positions[values["series"]] += 1
            figure = Figure.objects.filter(key=entries["key"], locale=self.locale).first()
            figure = figure or Figure(key=entries["key"], locale=self.locale)
            changed = figure.pk is None
            for key, value in values.items():
                if getattr(figure, key) != value:
                    setattr(figure, key, value)
                    changed = True
            if changed:
                try:
                    figure.full_clean()
                except ValidationError as error:
                    raise ContentError(
                        self.content.figures_file, entries.line, "; ".join(error.messages)
                    ) from None
                figure.save()
                figure.refresh_from_db()  # numbers and dates as the database gives them
                self.done["figures"] += 1
            self.figures[figure.key] = figure

    def write_participants(self) -> None:
        """JET participants by year."""
        model = apps.get_model("jet.ParticipantCount")
        for year, count in self.content.participants:
            _, created = model.objects.update_or_create(year=year, defaults={"participants": count})
            self.done["years"] += created

    def write_images(self) -> None:
        """Our own pictures into the library, known by their file names."""
        model = get_image_model()
        for path in sorted((self.content.folder / "images").glob("*.*")):
            image = model.objects.filter(title=path.stem, credit="CLAIR").first()
            if image is None:
                with path.open("rb") as file:
                    image = model.objects.create(
                        title=path.stem,
                        credit="CLAIR",
                        licence="CC BY 4.0",
                        file=ImageFile(file, name=path.name),
                    )
                self.done["pictures"] += 1
            self.images[path.name] = image

    def place(self, page: PageFile) -> None:
        """Finds the page's place in the tree, or makes it there as a draft."""
        model = model_of(page)
        if page.path == "/":
            found = home_page(self.locale)
        else:
            parent = self.pages[page.parent_path]
            found = Page.objects.child_of(parent).filter(slug=page.slug).first()
        if found is not None:
            if found.specific_class is not model:
                raise page.error("type", f"the site has another kind of page at {page.path}")
            self.pages[page.path] = found.specific
            return
        instance = model(slug=page.slug, locale=self.locale, live=False)
        self.set_plain_fields(instance, page)
        if page.path == "/":
            Page.get_first_root_node().add_child(instance=instance)
            point_site_at(instance)
        else:
            parent.add_child(instance=instance)
        self.pages[page.path] = instance

    def set_plain_fields(self, instance: BasePage, page: PageFile) -> bool:
        """Sets every field but the streams. Gives whether anything changed."""
        changed = False
        values = {"show_in_menus": bool(page.entries.get("menu", False))}
        for key, value in page.entries.items():
            field = None if key in OWN_KEYS else instance._meta.get_field(key)
            if field is not None and not isinstance(field, StreamField):
                try:
                    values[key] = self.plain_value(field, value, page)
                except (ValidationError, KeyError) as error:
                    reason = "; ".join(getattr(error, "messages", [f"{error} is missing"]))
                    raise page.error(key, f"{key}: {reason}") from None
        for key, value in values.items():
            if getattr(instance, key) != value:
                setattr(instance, key, value)
                changed = True
        return changed

    def plain_value(self, field: models.Field, value: Any, page: PageFile) -> Any:
        """A value of the file as the field takes it."""
        if isinstance(field, models.ForeignKey):
            if value not in self.content.pages:
                raise page.error(field.name, f"there is no page “{value}”")
            if value not in self.pages:
                return None
            return self.pages[value]
        if isinstance(field, models.DateTimeField):
            zone = ZoneInfo(page.entries["time_zone"])
            if isinstance(value, datetime):
                return value.replace(tzinfo=zone)
            if isinstance(value, date):
                at = time(23, 59) if field.name.startswith("ends") else time(0, 0)
                return datetime.combine(value, at, tzinfo=zone)
        if isinstance(field, models.CharField | models.TextField):
            return str(value).strip()
        return field.to_python(str(value) if isinstance(value, float) else value)

    def fill(self, page: PageFile) -> None:
        """Brings the page to what its file says and publishes it, if that changes anything."""
        instance = self.pages[page.path]
        changed = self.set_plain_fields(instance, page)
        resolver = Resolver(
            lambda path: self.pages[path].pk,
            lambda series: self.figures[self.content.figures_of(series)[0]["key"]].pk,
            lambda name: self.images[name].pk,
        )
        for field in stream_fields(type(instance)):
            data = build_stream(page, field, resolver)
            if list(getattr(instance, field.name).raw_data) != data:
                setattr(instance, field.name, field.to_python(data))
                changed = True
        if changed or not instance.live:
            try:
                instance.full_clean()
            except ValidationError as error:
                name, messages = next(iter(error.message_dict.items()))
                raise page.error(name, f"{name}: {'; '.join(messages)}") from None
            instance.save_revision(clean=False).publish()
            instance.refresh_from_db()
            self.done["pages"] += 1


def make_locales() -> Locale:
    """A locale for each language that pages can have. Gives the source's."""
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    return Locale.objects.get(language_code=SOURCE_CODE)


def home_page(locale: Locale) -> Page | None:
    """The site's home page in the source language; clears away Wagtail's welcome page."""
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        welcome = Page.objects.filter(depth=2, slug="home").first()
        if welcome is not None and welcome.specific_class is Page:
            welcome.delete()
            # The tree's cached counts are stale after the deletion.
            Page.fix_tree()
    return home


def point_site_at(home: HomePage) -> None:
    """Makes the page the root of the one site that there is."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": port,
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
