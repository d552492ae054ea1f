"""The segments of a source as one reads them: in order, each with its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wagtail_localize.models import StringSegment

# A segment of a source by its string and its context, as wagtail-localize's targets name it.
Key = tuple[int, int]


@dataclass(frozen=True)
class Segment:
    """A text of a source, where it stands, and the hashes of the texts before and after it."""

    string_id: int
    context_id: int
    source: str
    source_hash: UUID
    path: str
    field_path: str = ""
    before: UUID | None = None
    after: UUID | None = None

    @property
    def key(self) -> Key:
        return (self.string_id, self.context_id)


def segments_of(source_id: int) -> list[Segment]:
    """The segments of a TranslationSource in reading order. One query."""
    rows = list(
        StringSegment.objects.filter(source_id=source_id)
        .order_by("order", "pk")
        .values_list(
            "string_id",
            "context_id",
            "string__data",
            "string__data_hash",
            "context__path",
            "context__field_path",
        )
    )
    hashes = [None, *(row[3] for row in rows), None]
    return [
        Segment(*row, before=hashes[number], after=hashes[number + 2])
        for number, row in enumerate(rows)
    ]
