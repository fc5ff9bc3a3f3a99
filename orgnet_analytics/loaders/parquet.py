"""Parquet files: tables that are read quickly, of which every cell is text here too."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.kinds import kept_as_kinds
from orgnet_analytics.loaders.sheet import Sheet, code_text

MOST_CELLS = 400_000_000
LEAST_PER_TEXT = 4


def read_parquet(path: Path) -> Sheet | None:
    """Return the table in a parquet file; None where it has no column."""
    arrow = _pyarrow(path)
    try:
        with arrow.parquet.ParquetFile(path) as file:
            _check_size(path, file.metadata.num_rows * file.metadata.num_columns)
            coded = _coded_texts(file, arrow)
        with arrow.parquet.ParquetFile(path, read_dictionary=coded) as file:
            table = file.read().unify_dictionaries()
    except DataError:
        raise
    except Exception:
        hint = "is it whole, and written as parquet?"
        raise DataError(Issue(path.name, "not a parquet file", suggestion=hint)) from None
    if not table.num_columns:
        return None
    header = [str(name) for name in table.column_names]
    _check_cells(path, header, table, arrow)
    columns = {at: _column(table.column(at), arrow) for at in range(table.num_columns)}
    frame = pd.DataFrame(columns, index=np.arange(table.num_rows) + 1)
    return Sheet(path.name, header, frame, 0)


def _pyarrow(path: Path) -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        hint = "pip install pyarrow, or save the table as csv"
        problem = "reading parquet needs the package pyarrow"
        raise DataError(Issue(path.name, problem, suggestion=hint)) from None
    return pyarrow


def _check_size(path: Path, cells: int) -> None:
    if cells > MOST_CELLS:
        raise DataError(Issue(path.name, f"a table of {cells:,} cells is too large"))


def _check_cells(path: Path, header: list[str], table: Any, arrow: Any) -> None:
    nested = [arrow.types.is_nested(kind) for kind in table.schema.types]
    problem = "its cells hold lists or tables, no single value"
    found = [
        Issue(path.name, problem, column=column)
        for column, holds in zip(header, nested, strict=True)
        if holds
    ]
    if found:
        raise DataError(found)


def _coded_texts(file: Any, arrow: Any) -> list[str]:
    """Return the columns of texts that stand in the file as codes: each text once, a few bits a row.

    A text takes four bytes for its length alone, so a column that takes less holds codes. Where a file
    went over to plain texts on the way, those are read quicker as they are.
    """
    meta, size = file.metadata, Counter[str]()
    for group in range(meta.num_row_groups):
        for at in range(meta.num_columns):
            chunk = meta.row_group(group).column(at)
            size[chunk.path_in_schema] += chunk.total_uncompressed_size
    texts = [field.name for field in file.schema_arrow if _is_text(field.type, arrow)]
    return [name for name in texts if size[name] < LEAST_PER_TEXT * meta.num_rows]


def _is_text(kind: Any, arrow: Any) -> bool:
    return bool(arrow.types.is_string(kind) or arrow.types.is_large_string(kind))


def _column(column: Any, arrow: Any) -> Any:
    """Return a column as texts; what is no text, or stands there as codes, is kept as kinds."""
    if _is_text(column.type, arrow):
        texts = column.to_pandas()
        return texts.fillna("").array if texts.isna().any() else texts.array
    coded = column if arrow.types.is_dictionary(column.type) else column.dictionary_encode()
    whole = coded.combine_chunks()
    codes = whole.indices.fill_null(-1).to_numpy()
    kinds = whole.dictionary.to_pandas()
    return kept_as_kinds(codes, kinds if kinds.dtype == "str" else kinds.map(code_text))
