"""Who takes part in what: two-mode tables, a column per event or a row per membership."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.reconcile import Choices
from orgnet_analytics.loaders.sheet import Sheet
from orgnet_analytics.loaders.sheets import PathLike, read_sheet
from orgnet_analytics.loaders.written import (
    Known,
    actors_table,
    built,
    cells_in,
    known_names,
    resolved,
    weights_in,
)
from orgnet_analytics.twomode import TwoModeNetwork


def read_memberships(
    path: PathLike,
    *,
    sheet: str | None = None,
    actor: str | None = None,
    event: str | Sequence[str] | None = None,
    weight: str | None = None,
    actors: Known = None,
    names: Choices = None,
    blank: float | None = 0,
    name: str = "",
) -> TwoModeNetwork:
    r"""Return who takes part in what: a row per organization and a column per event, or one for each pair.

    Parameters
    ----------
    actor : str
        The column with the organizations; the first where it is not given.
    event : str or list of str
        The column with the events, where each row is one membership. A list names the columns that are
        events, where each row is an organization; without it every further column is one. A cell above
        0, or a yes (``x``, ``ja``, ``true``), is then a membership.
    weight : str
        The column with the weight of each membership, where there is one.
    blank : float or None
        What a blank cell is worth; None is unknown.
    actors, names, name, path, sheet
        As of `read_ties`.

    Returns
    -------
    TwoModeNetwork
        Organizations by events.

    Raises
    ------
    DataError
        Listing every problem: names off the list, cells that are no answer, rows that stand twice.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "seats.csv")
    ...     size = file.write_text("org,board,lab\na,x,\nb,1,yes\n")
    ...     read_memberships(file)
    <TwoModeNetwork: 2 actors, 2 events, 3 memberships>
    """
    table = read_sheet(path, sheet)
    found: list[Issue] = []
    first = table.series(0) if actor is None else table.column(actor, found)
    if first is None:
        raise DataError(found)
    who = resolved(table, known_names(actors, found, names), found)(first)
    listed = not isinstance(event, str)
    if isinstance(event, str):
        ties, events = _pairs(table, who, event, weight, found), None
    else:
        kept = _event_columns(table, str(first.name), event, found)
        ties, events = _incidence(table, who, kept, blank, found)
    if found:
        raise DataError(found)
    base = actors_table(actors)
    if base is None and listed:
        base = pd.DataFrame(index=pd.Index(who.to_numpy(), dtype="str"))
    net: TwoModeNetwork = built(
        table, ties, lambda frame: TwoModeNetwork.from_ties(frame, base, events, name=name)
    )
    return net


def _event_columns(
    table: Sheet, first: str, events: Sequence[str] | None, found: list[Issue]
) -> list[int]:
    """Return the columns that are events, each once; what stands twice is an issue."""
    if events is not None:
        return [at for at in (table.find(event, found) for event in events) if at is not None]
    start = table.find(first, [])
    kept = [at for at, heading in enumerate(table.header) if at != start and heading]
    names = pd.Series([table.header[at] for at in kept])
    problem = "the column stands more than once"
    found += [
        Issue(table.name, problem, table.header_row, heading, heading)
        for heading in names[names.duplicated()]
    ]
    return kept


def _incidence(
    table: Sheet, who: pd.Series, kept: list[int], blank: float | None, found: list[Issue]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    found += [
        Issue(table.name, "the organization has two rows", int(row), str(who.name), value)
        for row, value in who[who.duplicated() & (who != "")].items()
    ]
    names = pd.Index([table.header[at] for at in kept], dtype="str")
    cells = cells_in(table, blank, found, columns=kept, words=True)
    rows, columns = np.nonzero(cells != 0)
    ties = {"actor": who.to_numpy()[rows], "event": names[columns], "weight": cells[rows, columns]}
    return pd.DataFrame(ties), pd.DataFrame(index=names)


def _pairs(
    table: Sheet, who: pd.Series, event: str, weight: str | None, found: list[Issue]
) -> pd.DataFrame:
    what = table.column(event, found)
    worth = table.column(weight, found) if weight else None
    ties = pd.DataFrame({"actor": who})
    if what is not None:
        ties["event"] = resolved(table, None, found)(what)
    if worth is not None:
        ties["weight"] = weights_in(table, worth, found)
    return ties
