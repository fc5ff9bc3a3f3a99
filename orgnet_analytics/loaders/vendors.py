"""What is odd about each vendor's export, made a plain sheet.

Forms (Google, Microsoft) and PARTNER exports are plain tables already; their layouts are those of the
codebook: ``Question [{actor}]``, ``nominations`` with a separator, ``roster_long``.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.codebook import Codebook
from orgnet_analytics.loaders.sheet import Sheet, spaced

LINKS = {"_parent_index": "_index", "PARENT_KEY": "KEY", "_submission__id": "_id"}


def plainly(sheet: Sheet, book: Codebook, main: Sheet | None) -> Sheet:
    """Return the sheet without the oddities of the program it was exported from.

    ``main`` is the sheet with a row per respondent, to which the sheets of repeated questions refer.
    """
    if book.format == "qualtrics":
        return _qualtrics(sheet)
    if book.format == "limesurvey":
        return _limesurvey(sheet)
    if book.format == "kobo":
        return _linked(_kobo(sheet), book.respondent, main)
    return sheet


def _qualtrics(sheet: Sheet) -> Sheet:
    """Below the names stand the questions and the import ids; the answers start at the fourth row."""
    marked = [at for at in range(min(3, len(sheet.cells))) if _has_import_ids(sheet.cells[at])]
    if not marked:
        hint = "export it as csv with all header rows, or leave out format: qualtrics"
        problem = "not a Qualtrics export: there is no row of ImportIds"
        raise DataError(Issue(sheet.name, problem, suggestion=hint))
    above = sheet.cells[: marked[0]]
    texts = above[-1] if len(above) else sheet.header
    questions = {
        heading: _without_markup(str(text))
        for heading, text in zip(sheet.header, texts, strict=True)
        if heading
    }
    return replace(sheet, frame=sheet.frame.iloc[marked[0] + 1 :], questions=questions)


def _has_import_ids(cells: np.ndarray) -> bool:
    return any(str(cell).replace("'", '"').startswith('{"ImportId"') for cell in cells)


def _without_markup(text: str) -> str:
    return spaced(html.unescape(re.sub(r"<[^<>]{1,200}>", " ", text)))


def _limesurvey(sheet: Sheet) -> Sheet:
    """A heading may be ``code. question``; N/A is a question that was not shown."""
    header, questions = [], {}
    for heading in sheet.header:
        code, _, text = heading.partition(". ")
        split = bool(text) and re.fullmatch(r"\w+(\[[^\[\]]*\])*", code) is not None
        header.append(code if split else heading)
        if split:
            questions[code] = text
    cells = sheet.cells.copy()
    cells[cells == "N/A"] = ""
    frame = pd.DataFrame(cells, index=sheet.frame.index)
    return replace(sheet, header=header, frame=frame, questions=questions)


def _kobo(sheet: Sheet) -> Sheet:
    """Groups stand before a heading, parted by slashes; a choice stands behind its question."""
    known = set(sheet.header)
    header = []
    for heading in sheet.header:
        parts = heading.split("/")
        choice = len(parts) > 1 and "/".join(parts[:-1]) in known
        header.append("/".join(parts[-2:] if choice else parts[-1:]))
    short = [
        h if header.count(h) == 1 else full for h, full in zip(header, sheet.header, strict=True)
    ]
    return replace(sheet, header=short)


def _linked(sheet: Sheet, respondent: str, main: Sheet | None) -> Sheet:
    """Return a sheet of repeated questions with the respondent of each row added."""
    link = next((key for key in LINKS if key in sheet.header), None)
    if main is None or link is None or respondent in sheet.header:
        return sheet
    found: list[Issue] = []
    keys, who = main.column(LINKS[link], found), main.column(respondent, found)
    if keys is None or who is None:
        raise DataError(found)
    names = dict(zip(keys, who, strict=True))
    linked = sheet.series(sheet.header.index(link))
    lost = [(int(row), key) for row, key in linked.items() if key not in names]
    if lost:
        problem = f"belongs to no row of {main.name!r}"
        raise DataError([Issue(sheet.name, problem, row, link, key) for row, key in lost])
    frame = sheet.frame.assign(respondent=linked.map(names))
    frame.columns = range(len(frame.columns))
    return replace(sheet, header=[*sheet.header, respondent], frame=frame)
