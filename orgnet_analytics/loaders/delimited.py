"""Text tables (csv, tsv): the encoding and the delimiter are found, every cell is text."""

from __future__ import annotations

import codecs
import csv
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.sheet import Sheet, sheet_of_frame
from orgnet_analytics.loaders.unquoted import unquoted_texts

BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
DELIMITERS = ",;\t|"
START = 1 << 18


def read_delimited(path: Path) -> Sheet | None:
    """Return the table in a text file; None where it is blank.

    The encoding is guessed from the start of the file; only where the rest proves it wrong is the whole
    file looked through.
    """
    with path.open("rb") as file:
        start = file.read(START)
    encoding = encoding_of(start, whole=len(start) < START)
    try:
        return _sheet(path.name, path, start, encoding)
    except UnicodeError:
        raw = path.read_bytes()
        return _sheet(path.name, path, raw[:START], encoding_of(raw))


def _sheet(name: str, file: Path, raw: bytes, encoding: str | None) -> Sheet | None:
    """Return the table in a file that starts with the bytes ``raw``."""
    if encoding is None:
        hint = "save it as csv in UTF-8"
        raise DataError(Issue(name, "not a text file in any known encoding", suggestion=hint))
    start = raw.decode(encoding, errors="replace")
    if len(raw) < START and not start.strip("\ufeff\r\n\t "):
        return None
    if "\0" in start:
        raise DataError(Issue(name, "holds bytes that no text has", suggestion="save it as csv"))
    told = re.fullmatch(r'"?sep=(.)"?\s*', start.lstrip("\ufeff").split("\n", 2)[0])
    delimiter, skipped = (told[1], 1) if told else (delimiter_of(start), 0)
    names = _widest(start, delimiter) if _ragged(start, delimiter) else None
    shape = {"sep": delimiter, "encoding": encoding, "skiprows": skipped, "names": names}
    plain = names is None and encoding in ("utf-8", "utf-8-sig")
    frame = unquoted_texts(file, delimiter, skipped) if plain else None
    try:
        return sheet_of_frame(name, _texts(file, shape) if frame is None else frame)
    except pd.errors.EmptyDataError:
        return None
    except UnicodeError:
        raise
    except (pd.errors.ParserError, csv.Error, ValueError) as problem:
        raise DataError(
            Issue(name, _said(problem), suggestion="see that line of the file")
        ) from None


def _texts(file: Path, shape: dict[str, Any]) -> pd.DataFrame:
    """Return every cell as text.

    The header is read as a row of cells, so a column is guessed to be text: that is pandas' fast way.
    Where the heading is itself a number the guess fails, and the slow way is taken.
    """
    plain = {"header": None, "na_filter": False, "skip_blank_lines": False, "low_memory": False}
    frame = pd.read_csv(file, **plain, **shape)
    if not all(dtype == "str" for dtype in frame.dtypes):
        frame = pd.read_csv(file, dtype="str", **plain, **shape)
    if not isinstance(frame.index, pd.RangeIndex):
        raise DataError("a row has more cells than the first rows of the file")
    return frame.fillna("") if frame.isna().to_numpy().any() else frame


def encoding_of(raw: bytes, *, whole: bool = True) -> str | None:
    """Return the encoding of a text: by its mark, else UTF-8, UTF-16 or Windows' own.

    ``whole`` is false where ``raw`` is only its start, which may end within a letter.
    """
    for mark, encoding in BOMS.items():
        if raw.startswith(mark):
            return encoding if not whole or _decodes(raw, encoding) else None
    if raw[:200].count(0) > len(raw[:200]) / 4:
        guess = "utf-16-be" if raw[:1] == b"\0" else "utf-16-le"
        return guess if not whole or _decodes(raw, guess) else None
    if not whole:
        return "utf-8" if _starts_as_utf8(raw) else "cp1252"
    return next((e for e in ("utf-8", "cp1252") if _decodes(raw, e)), None)


def _starts_as_utf8(raw: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw, final=False)
    except UnicodeError:
        return False
    return True


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeError:
        return False
    return True


def delimiter_of(start: str) -> str:
    """Return the delimiter that parts the first lines into the most, and the most equal, columns."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = [len(row) for row in _first_rows(start, delimiter) if row]
        if not widths or max(widths) == 1:
            continue
        score = (float(np.mean([width == widths[0] for width in widths])), widths[0])
        if widths[0] > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _first_rows(start: str, delimiter: str, many: int = 40) -> list[list[str]]:
    lines = [f"{line}\n" for line in re.split(r"\r\n|\r|\n", start, maxsplit=many)[:many]]
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []


def _ragged(start: str, delimiter: str) -> bool:
    rows = _first_rows(start, delimiter)
    return len({len(row) for row in rows if row}) > 1 or not all(rows[:1])


def _widest(start: str, delimiter: str) -> list[int]:
    rows = _first_rows(start, delimiter)
    return list(range(max([1, *map(len, rows)])))


def _said(problem: Exception) -> str:
    told = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(problem))
    if told:
        return f"line {told[2]} has {told[3]} cells, the first has {told[1]}"
    if "EOF inside string" in str(problem):
        return "a quoted cell is never closed"
    return "the lines cannot be read as a table"
