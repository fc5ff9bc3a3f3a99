"""Text tables without a quote and with rows of one width, as most are: pyarrow reads those quickest."""

from __future__ import annotations

import codecs
from pathlib import Path

import pandas as pd


def unquoted_texts(file: Path, delimiter: str, skipped: int) -> pd.DataFrame | None:
    """Return every cell of a table in UTF-8 as text; None where pandas has to read it.

    Quotes, rows of unequal width, letters that are no UTF-8: whatever could be read in two ways is left
    to pandas, and so is everything where pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowInvalid, BufferReader, csv, large_string
    except ImportError:
        return None
    raw = file.read_bytes()
    odd = b'"' in raw or b"\0" in raw or raw.startswith(codecs.BOM_UTF8 * 2)
    lines = raw[: 1 << 16].splitlines()
    if odd or len(delimiter.encode()) > 1 or len(lines) <= skipped:
        return None
    width = lines[skipped].count(delimiter.encode()) + 1
    names = [f"f{at}" for at in range(width)]
    try:
        table = csv.read_csv(
            BufferReader(raw),
            csv.ReadOptions(use_threads=False, skip_rows=skipped, column_names=names),
            csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            csv.ConvertOptions(
                column_types=dict.fromkeys(names, large_string()), strings_can_be_null=False
            ),
        )
    except ArrowInvalid:
        return None
    return pd.DataFrame({at: pd.array(table.column(at), dtype="str") for at in range(width)})
