"""Tables of ties that are no survey: edge lists, nominations, square matrices."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, DataWarning, Issue
from orgnet_analytics.frames import CodedTies
from orgnet_analytics.loaders.names import Names, all_folded, split_names
from orgnet_analytics.loaders.reconcile import Choices
from orgnet_analytics.loaders.sheet import Sheet, plain, typed
from orgnet_analytics.loaders.sheets import PathLike, read_sheet
from orgnet_analytics.loaders.written import (
    Known,
    actors_table,
    built,
    cells_in,
    known_names,
    relations_in,
    resolved,
    weights_in,
    who_is_meant,
)
from orgnet_analytics.network import Duplicates, OrgNetwork

SHOWN = 5
UNHEADED = "give the column a heading, or quote a number with a decimal comma"


def read_ties(
    path: PathLike,
    *,
    sheet: str | None = None,
    source: str = "source",
    target: str = "target",
    weight: str | None = None,
    relation: str | None = None,
    actors: Known = None,
    names: Choices = None,
    directed: bool = True,
    name: str = "",
    duplicates: Duplicates = "error",
) -> OrgNetwork:
    r"""Return the network in a table with a row per tie.

    Parameters
    ----------
    path, sheet : path, str
        The file, and the sheet where it has several.
    source, target, weight, relation : str
        The columns. Without ``weight`` and ``relation`` columns of those names are used where they are
        there. Capitals play no part. Further columns are kept; a cell beyond the last heading is an error.
    actors : DataFrame or ids, optional
        The organizations (index = id, columns ``label`` and ``aliases`` are names too). Without it those
        named are the actors.
    names : DataFrame, dict or path, optional
        Who is meant by names nobody would recognize: a table of `reconcile` that you filled in. It needs
        ``actors``.
    directed, name, duplicates
        As of `OrgNetwork`.

    Returns
    -------
    OrgNetwork
        The organizations and their ties, with a column ``relation`` where the table has one.

    Raises
    ------
    DataError
        Listing every problem with its sheet, row, column, value and suggestion.

    Notes
    -----
    Every cell is read as text, so ``00123``, ``NA`` and ids of seventeen digits stay as they are. A blank
    weight is unknown. Names that differ only in capitals, spaces or legal form stay apart, with a warning.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "ties.csv")
    ...     size = file.write_text("source,target,weight\nclinic,homes,2\nhomes,school,\n")
    ...     read_ties(file)
    <OrgNetwork: 3 actors, 1 directed tie; 1 unknown cell>
    """
    table = read_sheet(path, sheet)
    found: list[Issue] = []
    ends = {"source": source, "target": target}
    optional = {"weight": weight, "relation": relation}
    headings = {plain(heading) for heading in table.header}
    used = ends | {
        key: column or key for key, column in optional.items() if column or key in headings
    }
    places = {key: table.find(column, found) for key, column in used.items()}
    found += table.rounded_ids(ends.values()) + _beyond(table)
    columns = {key: table.kept(at) for key, at in places.items() if at is not None}
    if len(columns) < len(places):
        raise DataError(found)
    known = known_names(actors, found, names)
    named = [columns[key].rename(heading) for key, heading in ends.items()]
    meant = who_is_meant(table, known, found, named)
    ties = pd.DataFrame(dict(zip(ends, meant.texts, strict=True)), index=table.frame.index)
    if "weight" in columns:
        ties["weight"] = weights_in(table, columns["weight"], found)
    if "relation" in columns:
        ties["relation"] = relations_in(table, columns["relation"], found)
    for at, heading in enumerate(table.header):
        if at not in places.values() and heading and heading not in ties:
            ties[heading] = typed(table.kept(at))
    if found:
        raise DataError(found)
    everyone = pd.DataFrame(index=meant.ids) if actors is None else actors_table(actors)
    looked_up = {end: (codes, meant.ids) for end, codes in zip(ends, meant.codes, strict=True)}
    net: OrgNetwork = built(table, ties, lambda frame: OrgNetwork(
        everyone, CodedTies(frame, looked_up), directed, name, duplicates=duplicates))  # fmt: skip
    _warn_alike(net.actors.index if known is None else [])
    return net


def read_matrix(
    path: PathLike,
    *,
    sheet: str | None = None,
    actors: Known = None,
    names: Choices = None,
    directed: bool = True,
    relation: str | None = None,
    blank: float | None = None,
    name: str = "",
) -> OrgNetwork:
    r"""Return the network in a square table: names in the first row and column, row sends to column.

    Parameters
    ----------
    path, sheet, actors, names, directed, name
        As of `read_ties`.
    relation : str, optional
        What kind of tie it is.
    blank : float, optional
        What a blank cell is worth; unknown where not given. The diagonal is not read.

    Returns
    -------
    OrgNetwork
        One relation. The columns may stand in another order than the rows.

    Raises
    ------
    DataError
        Listing every problem: names on one side only, cells that are no number of 0 or more.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "square.csv")
    ...     size = file.write_text(",a,b\na,0,2\nb,,0\n")
    ...     read_matrix(file)
    <OrgNetwork: 2 actors, 1 directed tie; 1 unknown cell>
    """
    table = read_sheet(path, sheet)
    found: list[Issue] = []
    known = known_names(actors, found, names)
    resolve = resolved(table, known, found)
    rows = resolve(table.series(0))
    heads = pd.Series(table.header[1:], index=[table.header_row] * (len(table.header) - 1))
    columns = resolve(heads.rename(""))
    found += _one_sided(table, rows, columns)
    cells = cells_in(table, blank, found, square=True)
    if found:
        raise DataError(found)
    frame = pd.DataFrame(cells, index=rows.to_numpy(), columns=columns.to_numpy())
    ids = rows.tolist() if actors is None else actors_table(actors)
    square = frame[rows.tolist()]
    if isinstance(ids, pd.DataFrame):
        square = square.reindex(index=ids.index, columns=ids.index)
    return OrgNetwork.from_matrix(square, ids, directed=directed, name=name, relation=relation)


def read_nominations(
    path: PathLike,
    *,
    sheet: str | None = None,
    ego: str | None = None,
    alters: str | Sequence[str] | None = None,
    actors: Known = None,
    names: Choices = None,
    relation: str | None = None,
    name: str = "",
) -> OrgNetwork:
    r"""Return the network in a table with a row per respondent and the names each gives in further cells.

    Parameters
    ----------
    ego : str
        The column that says who answers; the first where it is not given.
    alters : str or list of str
        The columns with names: a list, or a heading with ``{number}``; all others where not given.
        A cell may hold several names, separated by ``;``.
    actors, names, relation, name, path, sheet
        As of `read_ties`.

    Returns
    -------
    OrgNetwork
        Directed, every tie of strength 1.

    Raises
    ------
    DataError
        Listing every problem: names off the list, who answers twice or names itself, missing columns.

    Notes
    -----
    Who has a row has responded, also without naming anybody; who is only named has not, and what such
    an actor would have said is unknown.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "named.csv")
    ...     size = file.write_text("who,one,two\na,b,c\nb,,\n")
    ...     read_nominations(file)
    <OrgNetwork: 3 actors, 2 directed ties; 2 of 3 responded>
    """
    table = read_sheet(path, sheet)
    found: list[Issue] = []
    first = table.series(0) if ego is None else table.column(ego, found)
    if first is None:
        raise DataError(found)
    known = known_names(actors, found, names)
    resolve = resolved(table, known, found)
    egos = resolve(first)
    again = egos[egos.duplicated() & (egos != "")]
    found += [
        Issue(
            table.name, "this organization answers more than once", int(row), str(first.name), value
        )
        for row, value in again.items()
    ]
    named = _named(table, _alter_columns(table, str(first.name), alters, found))
    named["target"] = resolve(named["target"].rename("alter"), named["column"])
    source = pd.Series(egos.to_numpy(), index=egos.index)
    ties = named.assign(source=source.reindex(named.index).to_numpy())[["source", "target"]]
    found += _self_named(table, ties, named["column"])
    if found:
        raise DataError(found)
    ties = ties[~ties.duplicated()]
    if relation is not None:
        ties["relation"] = relation
    base = actors_table(actors)
    if base is None:
        everyone = pd.concat([egos, ties["target"]]).drop_duplicates()
        base = pd.DataFrame(index=pd.Index(everyone.to_numpy(), dtype="str"))
        _warn_alike(base.index)
    return OrgNetwork(base.assign(responded=base.index.isin(egos)), ties, name=name)


def _one_sided(table: Sheet, rows: pd.Series, columns: pd.Series) -> list[Issue]:
    found = []
    for side, other, what in ((rows, columns, "column"), (columns, rows, "row")):
        names = other.tolist()
        for row, value in side[~side.isin(names) & (side != "")].items():
            hint = Names.of(((n, [], "") for n in names), "").unknown(value)
            found.append(Issue(table.name, f"has no {what} of its own", int(row), "", value, hint))
        again = side[side.duplicated() & (side != "")]
        found += [
            Issue(table.name, "stands more than once", int(row), "", value)
            for row, value in again.items()
        ]
    return found


def _alter_columns(
    table: Sheet, ego: str, alters: str | Sequence[str] | None, found: list[Issue]
) -> list[int]:
    if alters is None:
        own = table.find(ego, [])
        return [at for at in range(len(table.header)) if at != own]
    if isinstance(alters, str) and "{number}" in alters:
        shape = re.escape(alters).replace(re.escape("{number}"), r"\d+")
        fits = [at for at, heading in enumerate(table.header) if re.fullmatch(shape, heading)]
        if not fits:
            found.append(Issue(table.name, "no column fits", table.header_row, alters, alters))
        return fits
    wanted = [alters] if isinstance(alters, str) else alters
    return [at for at in (table.find(column, found) for column in wanted) if at is not None]


def _named(table: Sheet, columns: list[int]) -> pd.DataFrame:
    """Return every name given, on the row number of who gives it."""
    told = [
        (int(row), name, table.header[at])
        for at in columns
        for row, text in zip(table.rows, table.cells[:, at], strict=True)
        for name in split_names(text)
    ]
    frame = pd.DataFrame(told, columns=["row", "target", "column"], dtype=object)
    return frame.set_index("row").rename_axis(None)


def _self_named(table: Sheet, ties: pd.DataFrame, columns: pd.Series) -> list[Issue]:
    own = (ties["source"] == ties["target"]) & (ties["source"] != "")
    return [
        Issue(table.name, "a tie of an actor with itself", int(row), str(column), value)
        for row, value, column in zip(
            ties.index[own], ties.loc[own, "target"], columns[own], strict=True
        )
    ]


def _beyond(table: Sheet) -> list[Issue]:
    """Return an issue for each cell to the right of the last heading, as a decimal comma makes them."""
    last = max((at for at, heading in enumerate(table.header) if heading), default=-1)
    return [
        Issue(table.name, "a cell beyond the last heading", int(row), "", value, UNHEADED)
        for at in range(last + 1, len(table.header))
        for row, value in table.series(at).items()
        if value
    ]


def _warn_alike(ids: Iterable[str]) -> None:
    """Warn of actors whose names differ in capitals, spaces or legal form only."""
    names = np.asarray(ids, dtype=object).tolist()
    keys = all_folded(names)
    if len(set(keys)) == len(keys):
        return
    groups: dict[str, list[str]] = {}
    for key, name in zip(keys, names, strict=True):
        groups.setdefault(key, []).append(name)
    alike = [group for group in groups.values() if len(group) > 1]
    if alike:
        listed = "; ".join(" / ".join(map(repr, group)) for group in alike[:SHOWN])
        more = "; ..." if len(alike) > SHOWN else ""
        said = f"names that differ in capitals, spaces or legal form only were kept apart: {listed}"
        warnings.warn(said + more, DataWarning, stacklevel=3)
