"""What a check says of a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
ERROR: Severity = "error"
WARNING: Severity = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a target: an error stops publishing, a warning does not."""

    code: str
    severity: Severity
    message: str
