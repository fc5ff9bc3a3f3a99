"""What every graph format has in common: the parts of a network, and names that can be ids."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, DataWarning, Issue
from orgnet_analytics.loaders.delimited import encoding_of
from orgnet_analytics.network import Duplicates, FloatArray, OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

Graph = OrgNetwork | TwoModeNetwork
MOST_CELLS = 30_000_000


@dataclass
class Parts:
    """A network as a file tells it; ``events`` only where it has two kinds of vertices."""

    actors: pd.DataFrame
    ties: pd.DataFrame
    directed: bool = True
    name: str = ""
    events: pd.DataFrame | None = None
    notes: list[str] = field(default_factory=list)

    def built(self, duplicates: Duplicates) -> Graph:
        """Return the network, warning of what the notes say."""
        for note in self.notes:
            warnings.warn(note, DataWarning, stacklevel=4)
        if self.events is None:
            return OrgNetwork(self.actors, self.ties, self.directed, self.name, tuple(self.notes),
                              duplicates=duplicates)  # fmt: skip
        ties = self.ties.rename(columns={"source": "actor", "target": "event"})
        return TwoModeNetwork(self.actors, self.events, ties, self.name, tuple(self.notes),
                              duplicates=duplicates)  # fmt: skip


def text_of(path: Path) -> str:
    """Return the text of a file, its encoding found."""
    raw = path.read_bytes()
    encoding = encoding_of(raw)
    text = "" if encoding is None else raw.decode(encoding).lstrip("\ufeff")
    if encoding is None or "\0" in text:
        raise DataError(Issue(path.name, "not a text file"))
    return text


def as_ids(labels: Sequence[str], notes: list[str], taken: Iterable[str] = ()) -> pd.Index:
    """Return labels as ids; a label that stands twice gets its number, and a note says so."""
    seen = set(taken)
    again = pd.Series(labels, dtype=object).duplicated(keep=False).to_numpy()
    ids: list[str] = []
    for at, label in enumerate(labels):
        unique = not again[at] and label.strip() and label not in seen
        made = label if unique else f"{label.strip()} ({at + 1})".strip()
        while made in seen:
            made += "'"
        seen.add(made)
        ids.append(made)
    changed = sum(made != label for made, label in zip(ids, labels, strict=True))
    if changed:
        notes.append(f"{changed} labels were blank or stood twice: their number was added")
    return pd.Index(ids, dtype="str")


def matrix_ties(cells: FloatArray, rows: pd.Index, columns: pd.Index) -> pd.DataFrame:
    """Return the cells that are not 0 as ties; NaN is unknown, and the diagonal of a square is left."""
    keep = cells != 0
    if rows is columns:
        np.fill_diagonal(keep, val=False)
    at, to = np.nonzero(keep)
    return pd.DataFrame({"source": rows[at], "target": columns[to], "weight": cells[at, to]})


def check_size(cells: int, path: Path) -> None:
    """Refuse a matrix that memory cannot hold."""
    if cells > MOST_CELLS or cells < 0:
        raise DataError(Issue(path.name, f"a matrix of {cells:,} cells is too large"))


def said_whole(text: str, where: str, row: object, what: str) -> int:
    """Return a whole number of 0 or more, or tell where there is none."""
    if not text.isdecimal() or len(text) > 9:
        raise DataError(Issue(where, f"wanted a whole number: {what}", row, value=text))
    return int(text)


def said_number(text: str, where: str, row: object) -> float:
    """Return a number, NaN for a missing mark, or tell where there is none."""
    if text.upper() in ("NA", ".", "NAN", "?"):
        return np.nan
    try:
        value = float(text)
    except ValueError:
        raise DataError(Issue(where, "wanted a number", row, value=text)) from None
    if not np.isfinite(value):
        raise DataError(Issue(where, "wanted a number", row, value=text))
    return value
