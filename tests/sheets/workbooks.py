"""Files for the tests of reading: made by hand where a writer would not make them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(path: Path, rows: Iterable[Sequence[object]], **sheets: Iterable[Sequence[object]]) -> Path:
    """An .xlsx by openpyxl; more sheets by name."""
    book = Workbook()
    first = book.worksheets[0]
    for row in rows:
        first.append(list(row))
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(list(row))
    book.save(path)
    return path


def package(archive: zipfile.ZipFile, ending: str) -> None:
    """What every .xlsx and .xlsb has around its parts; `ending` is that of the parts."""
    archive.writestr("[Content_Types].xml", _TYPES)
    archive.writestr(
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
        f' Target="xl/workbook.{ending}"/></Relationships>',
    )
    parts = {"worksheet": "worksheets/sheet1", "sharedStrings": "sharedStrings", "styles": "styles"}
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/{kind}" Target="{part}.{ending}"/>'
        for i, (kind, part) in enumerate(parts.items(), 1)
    )
    archive.writestr(
        f"xl/_rels/workbook.{ending}.rels", f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'
    )


def styles_xml(*codes: str | int) -> str:
    """The styles part of an .xlsx: style 0 has no format, style 1 the first of the codes; numbers are built-in ids."""
    declared = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for i, code in enumerate(codes)
        if isinstance(code, str)
    )
    styles = "".join(f'<xf numFmtId="{164 + i if isinstance(code, str) else code}"/>' for i, code in enumerate(codes))
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{declared}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    )


def raw_workbook(
    path: Path,
    cells: str | Iterable[str],
    *,
    styles: str = "",
    strings: str = "",
    prefix: str = "",
    namespace: str = _MAIN,
    from_1904: bool = False,
    head: str = "",
) -> Path:
    """An .xlsx whose sheet data is the XML given: quick for many rows, and able to say what no writer would.

    `styles` and `strings` are whole parts, `head` stands before the sheet data.
    """
    x, ns = (f"{prefix}:", f"xmlns:{prefix}") if prefix else ("", "xmlns")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        package(archive, "xml")
        archive.writestr(
            "xl/workbook.xml",
            f'<{x}workbook {ns}="{namespace}" xmlns:r="{_OFFICE}"><{x}workbookPr date1904="{int(from_1904)}"/>'
            f'<{x}sheets><{x}sheet name="S" sheetId="1" r:id="rId1"/></{x}sheets></{x}workbook>',
        )
        for name, content in {"xl/styles.xml": styles, "xl/sharedStrings.xml": strings}.items():
            if content:
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            file.write(f'<{x}worksheet {ns}="{namespace}">{head}<{x}sheetData>'.encode())
            for piece in [cells] if isinstance(cells, str) else cells:
                file.write(piece.encode())
            file.write(f"</{x}sheetData></{x}worksheet>".encode())
    return path


def number_rows(count: int) -> Iterable[str]:
    """Rows of one number each, from row 1 on, as XML for :func:`raw_workbook`."""
    for row in range(1, count + 1):
        yield f'<row r="{row}"><c r="A{row}"><v>{13000000000 + row}</v></c></row>'


def ods(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    """An .ods of text cells."""
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return ods_content(path, f'<table:table table:name="表">{body}</table:table>')


def ods_content(path: Path, tables: str, styles: str = "", head: str = "") -> Path:
    """An .ods of the tables given as XML; `head` stands between the declaration and the document."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "calcext")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?>{head}<office:document-content{names}>'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path
