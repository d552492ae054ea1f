"""Makes the fonts in assets/fonts from the npm packages of Fontsource; run by hand, once a version.

    .venv/bin/python deploy/fonts.py

npm fetches the packages into a temporary folder. Of each the files with whole scripts are taken,
joined into one font a script, and stripped of what a picture never needs: hints for screens,
vertical text, forms that only a typographer asks for. What is left is the same outlines under the
same names.

The file of all Japanese lacks what Japanese computers added to the standard, such as ～ and 髙.
That comes from the numbered parts, which have no other use here: each holds some of everything.
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "fonts"
VERSION = "5.3.0"
WEIGHT = 700

# The font's family: the package, and the parts that hold whole scripts.
FONTS = {
    "Noto Sans": ("noto-sans", "latin", "latin-ext", "cyrillic", "cyrillic-ext", "vietnamese"),
    "Noto Sans Thai": ("noto-sans-thai", "thai"),
    "Noto Sans JP": ("noto-sans-jp", "japanese"),
    "Noto Sans KR": ("noto-sans-kr", "korean"),
    "Noto Sans SC": ("noto-sans-sc", "chinese-simplified"),
}
ADDITIONS = {"Noto Sans JP": "cp932"}  # the encoding whose characters it has to have
FEATURES = [  # those that are on unless somebody turns them off
    *("ccmp", "locl", "rlig", "liga", "clig", "calt", "kern", "mark", "mkmk", "dist"),
    *("abvm", "blwm", "ljmo", "tjmo", "vjmo"),
]
NAMES_KEPT = [0, 1, 2, 4, 5, 6, 8, 9, 11, 13, 14]


def fetch(package: str, folder: Path) -> Path:
    """Fetches a package of Fontsource. Gives the folder of its font files."""
    done = subprocess.run(  # noqa: S603 (the names above)
        ["npm", "pack", "--silent", f"@fontsource/{package}@{VERSION}"],  # noqa: S607
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    with tarfile.open(folder / done.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(folder / package, filter="data")
    return folder / package / "package" / "files"


def characters_of(encoding: str) -> set[int]:
    """The code points that an encoding of one or two bytes can write."""
    found = set()
    for number in range(0x80, 0x10000):
        raw = bytes([number]) if number < 0x100 else number.to_bytes(2, "big")
        text = raw.decode(encoding, errors="ignore")
        if len(text) == 1:
            found.add(ord(text))
    return found


def additions(files: Path, package: str, missing: set[int], folder: Path) -> list[Path]:
    """Fonts with the missing characters only, out of the package's numbered parts."""
    made = []
    for file in sorted(files.glob(f"{package}-[0-9]*-{WEIGHT}-normal.woff2")):
        font = TTFont(file)
        wanted = missing & set(font.getBestCmap())
        if wanted:
            missing = missing - wanted
            font.flavor = None
            made.append(folder / f"{file.stem}.ttf")
            subset(font, wanted, features=[]).save(made[-1])
    return made


def joined(files: list[Path], folder: Path) -> TTFont:
    """One font with all that the files hold."""
    plain = []
    for number, file in enumerate(files):
        font = TTFont(file)
        font.flavor = None
        plain.append(folder / f"{number}.ttf")
        font.save(plain[-1])
    return TTFont(plain[0]) if len(plain) == 1 else Merger().merge([str(each) for each in plain])


def subset(font: TTFont, characters: set[int], features: list[str]) -> TTFont:
    """The font with some characters and features, and nothing for screens or vertical text."""
    options = Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = NAMES_KEPT
    options.drop_tables += ["vhea", "vmtx", "VORG", "STAT", "BASE", "gasp"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def named(font: TTFont, family: str) -> TTFont:
    """The font as the bold one of its family; some files call themselves thin and bold at once."""
    for number, text in (
        (1, family),
        (2, "Bold"),
        (4, f"{family} Bold"),
        (6, f"{family.replace(' ', '')}-Bold"),
    ):
        font["name"].setName(text, number, 3, 1, 0x409)
    return font


def main() -> None:
    """Makes all fonts anew."""
    FOLDER.mkdir(exist_ok=True)
    for family, (package, *parts) in FONTS.items():
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            files = fetch(package, folder)
            paths = [files / f"{package}-{part}-{WEIGHT}-normal.woff2" for part in parts]
            font = joined(paths, folder)
            if encoding := ADDITIONS.get(family):
                missing = characters_of(encoding) - set(font.getBestCmap())
                main = folder / "main.ttf"
                subset(font, set(font.getBestCmap()), FEATURES).save(main)
                font = joined([main, *additions(files, package, missing, folder)], folder)
            font = named(subset(font, set(font.getBestCmap()), FEATURES), family)
            target = FOLDER / f"{family.replace(' ', '')}-Bold.ttf"
            font.save(target)


if __name__ == "__main__":
    main()
