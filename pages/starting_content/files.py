"""Reads the content files, keeping the line of every value, so that an error can name it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


class ContentError(Exception):
    """Something in a content file is wrong. Says the file, the line and why."""

    def __init__(self, path: Path | str, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path}:{line}: {reason}")


class Entries(dict):
    """A mapping of a content file that knows the lines of its keys (counted from 1)."""

    lines: dict[str, int]
    line: int


class LineLoader(yaml.SafeLoader):
    """YAML's safe loader, whose mappings remember lines and refuse a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Entries:
        entries = Entries()
        entries.line = node.start_mark.line + 1
        entries.lines = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=deep)
            if key in entries:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key “{key}” stands twice", key_node.start_mark
                )
            entries[key] = self.construct_object(value_node, deep=True)
            entries.lines[key] = key_node.start_mark.line + 1
        return entries


LineLoader.add_constructor(
    yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG,
    lambda loader, node: loader.construct_mapping(node, deep=True),
)


@dataclass
class PageFile:
    """One page's file: its path on the site and what stands in it."""

    file: Path
    path: str
    entries: Entries

    @property
    def depth(self) -> int:
        """How deep the page stands; the home page is 0."""
        return self.path.strip("/").count("/") + 1 if self.path != "/" else 0

    @property
    def parent_path(self) -> str:
        """The path of the page above."""
        return self.path.rstrip("/").rpartition("/")[0] + "/"

    @property
    def slug(self) -> str:
        """The last part of the path; `home` for the home page."""
        return self.path.strip("/").rpartition("/")[2] or "home"

    def error(self, key: str | None, reason: str) -> ContentError:
        """An error at the line of a key, or at the file's first line."""
        line = self.entries.lines.get(key, 1) if key else 1
        return ContentError(self.file, line, reason)


@dataclass
class Content:
    """Everything under the content folder except the translations."""

    folder: Path
    pages: dict[str, PageFile]
    figures: list[Entries]
    participants: list[tuple[int, int | None]]
    figures_file: Path = field(init=False)

    def __post_init__(self) -> None:
        self.figures_file = self.folder / "figures.yaml"

    @property
    def parents_first(self) -> list[PageFile]:
        """The pages, every parent before its children, siblings in their order."""
        return sorted(
            self.pages.values(),
            key=lambda page: (page.depth, page.parent_path, page.entries.get("order", 0)),
        )

    def figures_of(self, series: str) -> list[Entries]:
        """The figures of a series, the one that holds now first."""
        return [figure for figure in self.figures if figure["series"] == series]

    def figures_on(self, paths: set[str]) -> set[str]:
        """The keys of the figures that these pages show, earlier ones of their series too."""
        shown = {
            series
            for path in paths
            for block in self.pages[path].entries.get("body") or []
            for series in block.get("figures", [])
        }
        return {figure["key"] for figure in self.figures if figure["series"] in shown}

    def with_parents(self, paths: Iterable[str]) -> set[str]:
        """These pages and all above them, without paths that no page has."""
        found = set()
        for path in paths:
            while path in self.pages and path not in found:
                found.add(path)
                path = self.pages[path].parent_path
        return found


def read_yaml(path: Path) -> Any:
    """What stands in a YAML file. Raises ContentError with the line of a mistake."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=LineLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ContentError(
            path, mark.line + 1 if mark else 1, error.problem or "not YAML"
        ) from None
    except UnicodeDecodeError as error:
        raise ContentError(path, 1, f"not UTF-8: {error.reason}") from None


def read_pages(folder: Path) -> Iterator[PageFile]:
    """The page files of a folder and those below."""
    root = folder / "pages"
    for file in sorted(root.rglob("*.yaml")):
        relative = file.relative_to(root).with_suffix("")
        parts = [part for part in relative.parts if part != "index"]
        path = "/" + "".join(f"{part}/" for part in parts)
        entries = read_yaml(file)
        if not isinstance(entries, Entries):
            raise ContentError(file, 1, "a page file holds keys and values")
        yield PageFile(file, path, entries)


def read_figures(folder: Path) -> list[Entries]:
    """The figures, in their order."""
    file = folder / "figures.yaml"
    figures = read_yaml(file)
    seen: set[str] = set()
    for figure in figures:
        for key in ("key", "series", "value", "counts", "source"):
            if key not in figure:
                raise ContentError(file, figure.line, f"a figure needs “{key}”")
        if figure["key"] in seen:
            raise ContentError(file, figure.line, f"the figure “{figure['key']}” stands twice")
        seen.add(figure["key"])
    return figures


def read_participants(folder: Path) -> list[tuple[int, int | None]]:
    """JET participants by year; None where the source gives no number."""
    file = folder / "data" / "jet-participants.csv"
    rows = []
    with file.open(encoding="utf-8", newline="") as lines:
        for line, row in enumerate(csv.DictReader(lines), start=2):
            try:
                count = int(row["participants"]) if row["participants"] else None
                rows.append((int(row["year"]), count))
            except (KeyError, TypeError, ValueError):
                raise ContentError(file, line, "expected year,participants") from None
    return rows


def read_content(folder: Path) -> Content:
    """All source content under a folder. Raises ContentError at the first mistake."""
    pages = {page.path: page for page in read_pages(folder)}
    for page in pages.values():
        if page.depth and page.parent_path not in pages:
            raise page.error(None, f"there is no page “{page.parent_path}” to stand below")
    return Content(folder, pages, read_figures(folder), read_participants(folder))
