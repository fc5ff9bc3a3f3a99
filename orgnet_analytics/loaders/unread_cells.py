"""Cells of an Excel sheet the reader leaves blank although something stands in them.

An error (``#N/A``) is none of its values, and a formula nobody worked out, as programs that write workbooks
leave it, has no value yet. Either would pass for a blank answer, so they are told as what stands in the file.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile

from orgnet_analytics.loaders.spans import column_number

Unread = dict[tuple[int, int], str]
HAS_FORMULA = re.compile(rb"f(?<=<f)[\s/>]")
CELL = rb"<c ([^<>]{0,300}+)>\s*+"
FORMULA = rb"<f\b[^<>]{0,300}+(?:(?<=/)>|>([^<]*+)</f>)\s*+"
ERROR = re.compile(CELL + rb"(?:" + FORMULA + rb")?<v>(#[^<]{0,40}+)</v>")
NOT_WORKED_OUT = re.compile(CELL + FORMULA + rb"(?:<v\s*/>|<v></v>)?\s*+</c>")
KIND = re.compile(rb'\bt="([a-z]+)"')
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')


def unread_cells(content: bytes) -> Unread:
    """Return what stands in the cells of a sheet that have no value: row and column, from 0, to text.

    Examples
    --------
    >>> unread_cells(b'<sheetData><c r="B2" t="e"><v>#N/A</v></c><c r="C2"><f>A1+1</f><v/></c>')
    {(1, 1): '#N/A', (1, 2): '=A1+1'}
    """
    found: Unread = {}
    if b"sheetData" not in content:
        return found
    if b"#" in content:
        for cell in ERROR.finditer(content):
            _add(found, cell[1], b"e", cell[3])
    if HAS_FORMULA.search(content):
        for cell in NOT_WORKED_OUT.finditer(content):
            _add(found, cell[1], b"n", b"=" + (cell[2] or b""))
    return found


def _add(found: Unread, attributes: bytes, kind: bytes, text: bytes) -> None:
    """Add a cell of the kind that is meant; a formula that comes to an empty text is blank indeed."""
    at, told = REFERENCE.search(attributes), KIND.search(attributes)
    if at is not None and (told[1] if told else b"n") == kind:
        place = int(at[2]) - 1, column_number(at[1].decode()) - 1
        found[place] = html.unescape(text.decode("utf-8", "replace"))


def sheets_of_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of the sheet in each part of the archive that holds one."""
    from defusedxml.ElementTree import fromstring

    links = {
        link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))[1:]
        for link in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    names: dict[str, str] = {}
    for node in fromstring(archive.read("xl/workbook.xml")).iter():
        if node.tag.endswith("}sheet"):
            link = next((value for key, value in node.attrib.items() if key.endswith("}id")), "")
            names[links.get(link, "")] = str(node.get("name"))
    return names
