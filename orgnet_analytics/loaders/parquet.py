"""Parquet files: names come as codes, as the file keeps them, so a large table of ties is read quickly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.sheet import Sheet, texts_of

MOST_CELLS = 400_000_000


def read_parquet(path: Path) -> Sheet | None:
    """Return the table in a parquet file; None where it has no column."""
    pyarrow = _pyarrow(path)
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            told = file.metadata
            _check_size(path, told.num_rows * told.num_columns)
            flat = [field.name for field in file.schema_arrow if _is_text(pyarrow, field.type)]
        table = pyarrow.parquet.read_table(path, read_dictionary=flat, partitioning=None)
    except DataError:
        raise
    except Exception:
        hint = "is it whole, and written as parquet?"
        raise DataError(Issue(path.name, "not a parquet file", suggestion=hint)) from None
    if not table.num_columns:
        return None
    columns = {at: _column(table.column(at)) for at in range(table.num_columns)}
    frame = pd.DataFrame(columns, index=np.arange(table.num_rows) + 1)
    return Sheet(path.name, [str(name) for name in table.column_names], frame, 0)


def _pyarrow(path: Path) -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        hint = "pip install pyarrow, or save the table as csv"
        problem = "reading parquet needs the package pyarrow"
        raise DataError(Issue(path.name, problem, suggestion=hint)) from None
    return pyarrow


def _check_size(path: Path, cells: int) -> None:
    if cells > MOST_CELLS:
        raise DataError(Issue(path.name, f"a table of {cells:,} cells is too large"))


def _is_text(pyarrow: Any, kind: Any) -> bool:
    return bool(pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind))


def _column(column: Any) -> Any:
    """Return a column as text: names stay codes and kinds, everything else is written out once per kind."""
    values = column.to_pandas()
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return texts_of(values)
    kinds = values.cat.categories
    if not (isinstance(kinds.dtype, pd.StringDtype) or kinds.inferred_type == "string"):
        return texts_of(values.astype(object))
    codes, blank = values.cat.codes.to_numpy(), values.isna().to_numpy()
    names = pd.Index(kinds, dtype="str")
    if blank.any():
        names = names if "" in names else names.append(pd.Index([""], dtype="str"))
        codes = np.where(blank, names.get_loc(""), codes)
    return pd.Categorical.from_codes(codes, categories=names)
