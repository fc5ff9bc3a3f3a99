"""Text tables without a quote and with rows of one width, as most are: pyarrow reads those quickest."""

from __future__ import annotations

import codecs
from itertools import chain
from pathlib import Path

import pandas as pd

BLOCK = 1 << 18


def unquoted_texts(file: Path, delimiter: str, skipped: int) -> pd.DataFrame | None:
    """Return every cell of a table in UTF-8 as text; None where pandas has to read it.

    Quotes, rows of unequal width, letters that are no UTF-8: whatever could be read in two ways is left
    to pandas, and so is everything where pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowInvalid, OSFile, csv, large_string
    except ImportError:
        return None
    with file.open("rb") as opened:
        start = opened.read(BLOCK)
        blocks = chain([start], iter(lambda: opened.read(BLOCK), b""))
        odd = any(b'"' in block or b"\0" in block for block in blocks)
    lines = start.splitlines()
    twice_marked = start.startswith(codecs.BOM_UTF8 * 2)
    if odd or twice_marked or len(delimiter.encode()) > 1 or len(lines) <= skipped:
        return None
    names = [f"f{at}" for at in range(lines[skipped].count(delimiter.encode()) + 1)]
    types = dict.fromkeys(names, large_string())
    reading = csv.ReadOptions(use_threads=False, skip_rows=skipped, column_names=names)
    parting = csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False)
    turning = csv.ConvertOptions(column_types=types, strings_can_be_null=False)
    try:
        with OSFile(str(file)) as source:
            columns = csv.read_csv(source, reading, parting, turning).columns
    except ArrowInvalid:
        return None
    return pd.DataFrame({at: pd.array(column, dtype="str") for at, column in enumerate(columns)})
