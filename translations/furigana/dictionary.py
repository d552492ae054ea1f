"""The analyser with the site's own words. Only workers load it: it takes 80 MB of memory.

SudachiPy and its dictionary are an optional set of packages; without them there are no readings.
"""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
import tempfile
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from structlog import get_logger

if TYPE_CHECKING:
    from sudachipy import Tokenizer

FOLDER = Path(__file__).parent
WORDS = FOLDER / "words.csv"
PHRASES = FOLDER / "phrases.csv"
# A proper noun of any kind, as cheap as a word may be, so that it wins over its parts.
ENTRY = "{form},4786,4786,-5000,{word},名詞,固有名詞,一般,*,*,*,{reading},{word},*,*,*,*,*\n"
HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}

logger = get_logger(__name__)
loading = Lock()


@cache
def installed() -> bool:
    """Whether the packages are there. Says once in the log when they are not."""
    there = all(find_spec(name) for name in ("sudachipy", "sudachidict_core"))
    if not there:
        logger.warning("no_furigana", reason="sudachipy and sudachidict_core are not installed")
    return there


def read_rows(path: Path) -> dict[str, str]:
    """The words of one of our files with their readings; parts stand apart by a space."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return dict(rows[1:])


@cache
def words() -> dict[str, list[tuple[str, str]]]:
    """The site's own words, each with its parts and their readings."""
    return {
        word.replace(" ", ""): list(zip(word.split(), reading.split(), strict=True))
        for word, reading in read_rows(WORDS).items()
    }


@cache
def phrases() -> dict[str, str]:
    """Readings that a word has in such company, or that we prefer to the dictionary's."""
    return {
        phrase.replace(" ", ""): reading.replace(" ", "")
        for phrase, reading in read_rows(PHRASES).items()
    }


@cache
def edition() -> str:
    """What tells readings of this dictionary, these words and rules from others."""
    found = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.csv")) + sorted(FOLDER.glob("*.py")):
        found.update(path.read_bytes())
    try:
        found.update(version("sudachidict_core").encode())
    except PackageNotFoundError:
        found.update(b"none")
    return found.hexdigest()[:12]


def build(system: Path, lexicon: Path, target: Path) -> None:
    """Runs SudachiPy's own builder, in a process of its own: it takes 600 MB while it works."""
    run = "from sudachipy.command_line import main; main()"
    subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-c", run, "ubuild", "-s", system, "-o", target, lexicon],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def compiled(system: Path) -> Path:
    """The site's own words as SudachiPy reads them; built when they or the packages are new."""
    source = "".join(
        ENTRY.format(
            # What is looked up, in the form that texts are brought to first.
            form=unicodedata.normalize("NFKC", word).lower(),
            word=word,
            reading="".join(reading for _, reading in parts).translate(HIRAGANA_TO_KATAKANA),
        )
        for word, parts in words().items()
    )
    stamp = hashlib.sha256(f"{source}{system}{system.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    folder = Path(settings.DATA_DIR) / "furigana"
    target = folder / f"words-{stamp}.dic"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Built beside its place, so that no other worker finds half of it.
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            lexicon = Path(scratch) / "words.csv"
            lexicon.write_text(source, encoding="utf-8")
            built = Path(scratch) / "words.dic"
            build(system, lexicon, built)
            built.replace(target)
        for old in folder.glob("words-*.dic"):
            if old != target:
                old.unlink(missing_ok=True)
    return target


@cache
def load() -> Tokenizer:
    """The analyser, loaded once in a process: a fifth of a second."""
    import sudachidict_core
    import sudachipy

    system = Path(sudachidict_core.__file__).parent / "resources" / "system.dic"
    config = sudachipy.Config(system=str(system), user=[str(compiled(system))])
    return sudachipy.Dictionary(config=config).tokenizer(sudachipy.SplitMode.C)


def tokenizer() -> Tokenizer:
    """The analyser. Raises ImportError when its packages are not installed."""
    with loading:
        return load()
