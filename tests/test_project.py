"""What holds for the project as a whole: its files, its documents, its packages."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {"__pycache__", "node_modules", "var"}
LOCK_FILES = sorted(path.name for path in ROOT.glob("requirements*.lock"))
# What pytest's plugins tell their processes, and what the tests themselves tell Django.
SET_BY_TESTS = ("PYTEST_", "DJANGO_ALLOW_ASYNC_UNSAFE")
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}


def project_files(ending: str, folder: Path = ROOT) -> Iterator[Path]:
    """The project's own files with an ending; nothing hidden, installed or stored by the site."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in NOT_OURS:
            continue
        if path.is_dir():
            yield from project_files(ending, path)
        elif path.name.endswith(ending):
            yield path


def short(path: Path) -> str:
    """A path as one says it inside the project."""
    return str(path.relative_to(ROOT))


# Packages


def pinned(lock_file: str) -> list[str]:
    """The entries of a lock file, each with its hashes in one line."""
    text = (ROOT / lock_file).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("lock_file", LOCK_FILES)
def test_a_lock_file_pins_every_package_with_hashes_and_names_no_index(lock_file):
    entry = re.compile(r"[\w.-]+(\[[\w,]+\])?==\S+( ; .+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    entries = pinned(lock_file)
    assert entries
    assert [line for line in entries if not entry.fullmatch(line)] == []
    assert "://" not in (ROOT / lock_file).read_text(encoding="utf-8")


def test_the_lock_file_has_every_package_that_the_site_names_within_its_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = dict(
        re.match(r"([\w.-]+)(?:\[[\w,]+\])?==(\S+)", line).groups()
        for line in pinned("requirements.lock")
    )
    optional = project["optional-dependencies"]["furigana"]
    for dependency in map(Requirement, [*project["dependencies"], *optional]):
        assert dependency.name in versions, f"{dependency.name}: run make lock"
        assert dependency.specifier.contains(versions[dependency.name]), dependency


# Settings


def first_text(node: ast.expr) -> str | None:
    """The text that an expression is or begins with."""
    while isinstance(node, ast.BinOp):
        node = node.left
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def names_read(source: str) -> Iterator[str]:
    """The names that code reads from the environment; one that is built, by its beginning."""
    tree = ast.parse(source)
    built = {
        target.id: first_text(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            asked, key = ast.unparse(node.func), node.args[0]
        elif isinstance(node, ast.Subscript):
            asked, key = f"{ast.unparse(node.value)}[]", node.slice
        else:
            continue
        if re.fullmatch(r"env|env\.\w+|os\.environ(\.\w+|\[\])|os\.getenv", asked):
            name = built.get(key.id) if isinstance(key, ast.Name) else first_text(key)
            assert name, f"{ast.unparse(node)}: which setting is this?"
            yield name


def settings_read() -> set[str]:
    """Every setting that the code or docker-compose.yml takes from the environment."""
    files = [path for path in project_files(".py") if ROOT / "tests" not in path.parents]
    files.append(ROOT / "tests" / "conftest.py")
    names = {name for path in files for name in names_read(path.read_text(encoding="utf-8"))}
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    names |= set(re.findall(r"\$\{(\w+)", compose))
    return {name for name in names if not name.startswith(SET_BY_TESTS)}


def readme_settings() -> list[str]:
    """The settings of README's table; `STAFF_PASSWORD_<ROLE>` by its beginning."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Settings")[2]
    return re.findall(r"^\| `([A-Z_]+)(?:<[A-Z]+>)?` \|", section.partition("\n## ")[0], re.M)


def test_readme_lists_every_setting_from_the_environment_and_no_other():
    listed = readme_settings()
    assert sorted(listed) == sorted(settings_read())


# Files


def test_every_make_target_has_a_line_of_help():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.M))
    helped = set(re.findall(r"^([a-z][a-z-]*):.*## \w", makefile, re.M))
    assert targets - helped == set()
    assert {"run", "test", "help"} <= targets


def test_the_floors_hold():
    if importlib.util.find_spec("importlinter") is None:
        pytest.skip("`make test-next` installs no linters")
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_has_a_name_that_says_nothing():
    names = {part: path for path in project_files("") for part in (path.stem, path.parent.name)}
    assert {short(names[name]) for name in NAMELESS & set(names)} == set()


def test_every_python_file_says_first_what_it_is_for():
    silent = []
    for path in project_files(".py"):
        source = path.read_text(encoding="utf-8")
        if "migrations" in path.parts or (path.name == "__init__.py" and not source.strip()):
            continue
        if not ast.get_docstring(ast.parse(source)):
            silent.append(short(path))
    assert silent == []


def test_readme_names_every_folder():
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Folders")[2]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)/`", row)}
    there = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and path.name not in NOT_OURS
    }
    assert named == there


# Documents


def test_the_decisions_are_numbered_without_gaps_and_listed():
    files = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in files] == list(range(1, len(files) + 1))
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\d\S+)\)", index) == [path.name for path in files]


@pytest.mark.parametrize(
    "name", [path.name for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))]
)
def test_a_decision_has_its_number_and_its_three_parts(name):
    text = (ROOT / "docs" / "decisions" / name).read_text(encoding="utf-8")
    assert text.startswith(f"# {name[:4]}: ")
    parts = re.split(r"^## ", text, flags=re.M)
    assert [part.splitlines()[0] for part in parts[1:]] == ["Context", "Decision", "Consequences"]
    assert all(len(part.split()) > 5 for part in parts[1:])


def anchor(heading: str) -> str:
    """The anchor that a heading gets."""
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("document", [short(path) for path in project_files(".md")])
def test_the_links_of_a_document_lead_to_something(document):
    path = ROOT / document
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'\ssrc="([^"]+)"', text)
    for target in targets:
        if re.match(r"https?://|mailto:", target):
            continue
        file, _, part = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), f"{document}: {target}"
        if part:
            headings = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.M)
            assert part in map(anchor, headings), f"{document}: {target}"


@pytest.mark.parametrize("document", [short(path) for path in project_files(".md")])
def test_the_files_that_a_document_names_are_there(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    folders = [ROOT, (ROOT / document).parent]
    named = re.findall(r"`((?:\.?[\w-]+/)+[\w.*-]*)`", text)
    missing = [name for name in named if not any(list(each.glob(name)) for each in folders)]
    assert [name for name in missing if name.split("/")[0] not in (".venv", "var")] == []


def test_the_pictures_of_the_documents_are_small():
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert pictures
    assert [short(each) for each in pictures if each.stat().st_size > 150_000] == []
