"""Files of documents, made on the spot."""

from __future__ import annotations

import io
import zipfile

from pypdf import PdfReader, PdfWriter

OFFICE = "http://schemas.openxmlformats.org"
W = f'xmlns:w="{OFFICE}/wordprocessingml/2006/main"'
A = f'xmlns:a="{OFFICE}/drawingml/2006/main"'
X = f'xmlns="{OFFICE}/spreadsheetml/2006/main"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def pdf(*pages: str) -> bytes:
    """A PDF with a line of Latin letters for each line of each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    for page in pages:
        lines = " T* ".join(f"({line}) Tj" for line in page.splitlines())
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {lines} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            f" /Resources << /Font << /F1 {font} >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    file, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    file += f"<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{file.index('xref')}\n%%EOF\n"
    return file.encode("latin-1")


def locked_pdf(page: str, password: str) -> bytes:
    """A PDF that asks for a password."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(page))))
    writer.encrypt(password)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def archive(parts: dict[str, str]) -> bytes:
    """A zip archive of parts by their names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in parts.items():
            zipped.writestr(name, text)
    return file.getvalue()


def docx(*paragraphs: str) -> bytes:
    """A Word document; each paragraph is in two runs."""
    body = "".join(
        f"<w:p><w:r><w:t>{text[:2]}</w:t></w:r><w:r><w:t>{text[2:]}</w:t></w:r></w:p>"
        for text in paragraphs
    )
    return archive(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W}><w:p><w:t>stylesheet</w:t></w:p></w:styles>",
        }
    )


def docx_with_readings() -> bytes:
    """A Word document with furigana, a deleted word and a field's code."""
    ruby = (
        "<w:ruby><w:rt><w:r><w:t>ひなん</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>避難</w:t></w:r></w:rubyBase></w:ruby>"
    )
    body = (
        f"<w:p><w:r>{ruby}</w:r><w:r><w:t>所</w:t></w:r><w:r><w:tab/><w:t>地図</w:t></w:r>"
        "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGEREF</w:instrText></w:r></w:p>"
    )
    return archive({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})


def odt(*paragraphs: str) -> bytes:
    """An OpenDocument text; each paragraph has a word in a span and a tab."""
    names = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
    body = "".join(
        f"<text:p><text:span>{text[:2]}</text:span>{text[2:]}<text:tab/>end</text:p>"
        for text in paragraphs
    )
    body = f"<office:body><office:text>{body}</office:text></office:body>"
    return archive(
        {"content.xml": f"<office:document-content {names}>{body}</office:document-content>"}
    )


def pptx(*slides: str) -> bytes:
    """A presentation with a paragraph on each slide, stored last slide first."""
    numbered = reversed(list(enumerate(slides, 1)))
    return archive(
        {
            f"ppt/slides/slide{number}.xml": f"<s {A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></s>"
            for number, text in numbered
        }
    )


def xlsx(*cells: str) -> bytes:
    """A workbook with texts that cells share, each with its reading, and one inside a cell."""
    shared = "".join(f"<si><t>{text}</t><rPh><t>ヨミ</t></rPh></si>" for text in cells)
    sheet = '<c t="inlineStr"><is><t>inside</t></is></c><c><v>848</v></c>'
    return archive(
        {
            "xl/sharedStrings.xml": f"<sst {X}>{shared}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {X}>{sheet}</worksheet>",
        }
    )
