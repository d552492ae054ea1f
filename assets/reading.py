"""Has the words of an uploaded document read, by a program of its own with bounds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from structlog import get_logger

from . import document_text
from .document_text import DocumentText

if TYPE_CHECKING:
    from .models import Paper

logger = get_logger(__name__)

MAX_FILE_BYTES = 100_000_000
MAX_SECONDS = 120


def read_paper(paper: Paper) -> DocumentText:
    """The words of a document. One that cannot be read has none; the log says why.

    Raises OSError when the file itself cannot be had.
    """
    with paper.open_file() as file, tempfile.TemporaryFile() as copy:
        if file.size > MAX_FILE_BYTES:
            return nothing(paper, "it is too large")
        # Storage elsewhere gives no file that another process could read from.
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 (our own program, the file on its input)
                [sys.executable, "-I", Path(document_text.__file__), paper.file_extension.lower()],
                stdin=copy,
                capture_output=True,
                timeout=MAX_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return nothing(paper, "it takes too long")
    if done.returncode:
        return nothing(paper, done.stderr.decode(errors="replace").strip()[-300:])
    return DocumentText(**json.loads(done.stdout))


def nothing(paper: Paper, reason: str) -> DocumentText:
    """No words, and a line in the log."""
    logger.warning("document_not_read", document=paper.pk, file=paper.filename, reason=reason)
    return DocumentText("")
