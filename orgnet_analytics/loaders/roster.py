"""The list of organizations of a survey: ids, names, attributes, and who took part in which wave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import Issue
from orgnet_analytics.loaders.codebook import Actors
from orgnet_analytics.loaders.names import Names, split_names
from orgnet_analytics.loaders.scales import yes_or_no
from orgnet_analytics.loaders.sheet import Sheet, all_spaced, typed


@dataclass(frozen=True, eq=False)
class Roster:
    """Every organization of the survey, a row each, and the names it goes by."""

    sheet: Sheet
    table: pd.DataFrame
    names: Names

    def flags(self, column: str, found: list[Issue]) -> NDArray[np.bool_] | None:
        """Return a yes-no column of the sheet, or None with issues added."""
        cells = self.sheet.column(column, found)
        if cells is None:
            return None
        told = [yes_or_no(cell) for cell in cells]
        said = {plain for plain, flag in zip(cells, told, strict=True) if plain.strip()}
        ticked = said <= {"x", "X", "1"}
        flags = [
            False if ticked and not cell.strip() else flag
            for cell, flag in zip(cells, told, strict=True)
        ]
        wrong = [at for at, flag in enumerate(flags) if flag is None]
        found += [
            Issue(self.sheet.name, "neither yes nor no", int(cells.index[at]), column, cells.iloc[at],
                  "ja, nee, yes, no, 1 or 0")
            for at in wrong
        ]  # fmt: skip
        return np.array([bool(flag) for flag in flags])


def read_roster(sheet: Sheet, actors: Actors, found: list[Issue]) -> Roster | None:
    """Return the organizations in a sheet; None with issues added where they cannot be told apart."""
    wanted = {"id": actors.id, "label": actors.label, "aliases": actors.aliases}
    columns = {key: sheet.column(name, found) for key, name in wanted.items() if name is not None}
    ids = columns["id"]
    if ids is None:
        return None
    ids = _spaced(ids)
    found += _id_issues(sheet, ids, actors.id)
    found += sheet.rounded_ids([actors.id])
    table = pd.DataFrame(index=pd.Index(ids.to_numpy(), dtype="str"))
    label, aliases = columns.get("label"), columns.get("aliases")
    if label is not None:
        said = _spaced(label)
        table["label"] = said.where(said != "", ids).to_numpy()
    for name, kept in actors.attributes.items():
        cells = sheet.column(name, found)
        if cells is not None:
            table[kept] = typed(cells).to_numpy()
    own, more = ([""] * len(ids) if told is None else told.tolist() for told in (label, aliases))
    names = Names.of(_called(ids, own, more), sheet.name)
    found += names.clashes
    return Roster(sheet, table, names)


def _called(
    ids: pd.Series, own: list[str], more: list[str]
) -> Iterator[tuple[str, list[str], int]]:
    """Yield every actor once: its id, its names and its row."""
    seen: set[str] = set()
    for row, actor, name, others in zip(ids.index.tolist(), ids.tolist(), own, more, strict=True):
        if actor and actor not in seen:
            seen.add(actor)
            yield actor, [name for name in (name.strip(), *split_names(others)) if name], row


def _spaced(cells: pd.Series) -> pd.Series:
    return pd.Series(all_spaced(cells.tolist()), cells.index, dtype="str", name=cells.name)


def _id_issues(sheet: Sheet, ids: pd.Series, column: str) -> list[Issue]:
    found = [Issue(sheet.name, "the id is empty", int(row), column) for row in ids.index[ids == ""]]
    first = dict(zip(reversed(ids.tolist()), reversed(ids.index.tolist()), strict=True))
    again = ids[ids.duplicated() & (ids != "")]
    return found + [
        Issue(sheet.name, "the id stands twice", int(row), column, actor, f"see row {first[actor]}")
        for row, actor in again.items()
    ]
