"""Makes README's pictures of a site that runs: `python deploy/screenshots.py [address]`.

Needs the packages of the tests (Playwright, Pillow) and Chromium. Start the site beside it with
`python manage.py runserver 8030 --noreload`.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
PICTURES = {  # file: path on the site, width and height of the window in CSS pixels
    "home.png": ("/en/", 1280, 900),
    "home-ja-phone.png": ("/ja/", 360, 780),
}


def save_small(png: bytes, file: Path) -> None:
    """Writes a screenshot with a palette of 256 colours, which is a quarter of its size."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


def main(address: str) -> None:
    """Takes all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, (path, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(address.rstrip("/") + path, wait_until="load")
            save_small(page.screenshot(), FOLDER / name)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:] or ["http://127.0.0.1:8030"])
