"""SPSS and Stata files: codes as text, with their labels and their user-missing values."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.sheet import Sheet, code_text, texts_of

MARKS = (
    b"$FL2",
    b"$FL3",
    b"SPSS PORT FILE",
    b"<stata_dta>",
    b"\1\1\0",
    b"\1\2\0",
    b"\2\1\0",
    b"\2\2\0",
)
"""What stands at the start of a file that the reader does not turn away at once."""
SECONDS = 600
TRY = """
import sys, pyreadstat
reader, path, *more = sys.argv[1:]
more = dict.fromkeys(more, True)
getattr(pyreadstat, reader)(path, apply_value_formats=False, output_format="dict", **more)
"""


def read_statistical(path: Path) -> Sheet | None:
    """Return the data of a .sav, .zsav, .por or .dta file; None where it has no column."""
    import pyreadstat

    reader = {".dta": pyreadstat.read_dta, ".por": pyreadstat.read_por}
    read = reader.get(path.suffix.lower(), pyreadstat.read_sav)
    more = {} if path.suffix.lower() == ".por" else {"user_missing": True}
    _try_apart(path, read.__name__, more)
    try:
        frame, meta = read(str(path), apply_value_formats=False, **more)
    except Exception:
        hint = "is it whole, and saved by SPSS or Stata?"
        raise DataError(Issue(path.name, "not a statistics file", suggestion=hint)) from None
    if not len(frame.columns):
        return None
    header = [str(column) for column in meta.column_names]
    columns = [texts_of(frame.iloc[:, at]) for at in range(len(header))]
    texts = dict(zip(header, columns, strict=True))
    return Sheet(
        path.name,
        header,
        pd.DataFrame(dict(enumerate(columns)), index=np.arange(len(frame)) + 1, dtype=object),
        0,
        questions={k: str(v) for k, v in (meta.column_names_to_labels or {}).items() if v},
        labels=_labels(meta.variable_value_labels),
        missing=_missing(meta, texts),
    )


def _try_apart(path: Path, reader: str, more: dict[str, bool]) -> None:
    """Refuse a damaged file that would take this process down: it is read in a process of its own first.

    The reader is a C library; a count that cannot be makes it touch memory it does not have.
    """
    with path.open("rb") as file:
        start = file.read(600)
    if not sys.executable or not any(mark in start for mark in MARKS):
        return
    command = [sys.executable, "-P", "-c", TRY, reader, str(path), *more]
    try:
        ended = subprocess.run(
            command, capture_output=True, timeout=SECONDS, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        ended = -1
    if ended not in (0, 1):
        hint = "is it whole, and saved by SPSS or Stata?"
        raise DataError(Issue(path.name, "a damaged statistics file", suggestion=hint))


def _labels(told: Mapping[str, Mapping[Any, str]]) -> dict[str, dict[str, str]]:
    return {
        column: {code_text(code): str(label) for code, label in labels.items()}
        for column, labels in told.items()
    }


def _missing(meta: Any, texts: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Return the codes that occur and that the file declares to be no answer."""
    found: dict[str, set[str]] = {}
    for column, codes in (meta.missing_user_values or {}).items():
        found.setdefault(column, set()).update(map(code_text, codes))
    for column, ranges in (meta.missing_ranges or {}).items():
        for code in set(texts.get(column, ())) - {""}:
            if any(_within(code, span["lo"], span["hi"]) for span in ranges):
                found.setdefault(column, set()).add(code)
    return {column: frozenset(codes) for column, codes in found.items()}


def _within(code: str, low: Any, high: Any) -> bool:
    if isinstance(low, str) or isinstance(high, str):
        return code in (str(low), str(high))
    try:
        return bool(low <= float(code) <= high)
    except ValueError:
        return False
