"""Tables of ties that are no survey: edge lists, nominations, square matrices, memberships."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, DataWarning, Issue
from orgnet_analytics.loaders.names import Names, all_folded, split_names
from orgnet_analytics.loaders.reconcile import Choices, read_choices
from orgnet_analytics.loaders.sheet import Sheet, all_spaced, code_text, numbers, typed
from orgnet_analytics.loaders.sheets import PathLike, read_sheet
from orgnet_analytics.network import Duplicates, FloatArray, IntArray, OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

Known: TypeAlias = "pd.DataFrame | Iterable[str] | None"
SHOWN = 5
_END = ("source", "target")


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
    """Return the network in a table with a row per tie.

    Parameters
    ----------
    path, sheet : path, str
        The file, and the sheet where it has several.
    source, target, weight, relation : str
        The columns. Without ``weight`` and ``relation`` columns of those names are used where they are
        there. Further columns are kept.
    actors : DataFrame or ids, optional
        The organizations (index = id, columns ``label`` and ``aliases`` are names too). Without it those
        named are the actors.
    names : DataFrame, dict or path, optional
        Who is meant by names nobody would recognize: a table of `reconcile` that you filled in. It needs
        ``actors``.
    directed, name, duplicates
        As of `OrgNetwork`.

    Raises
    ------
    DataError
        Listing every problem with its sheet, row, column, value and suggestion.

    Notes
    -----
    Every cell is read as text, so ``00123``, ``NA`` and ids of seventeen digits stay as they are. A blank
    weight is unknown. Names that differ only in capitals, spaces or legal form stay apart, with a warning.
    """
    table = read_sheet(path, sheet)
    found: list[Issue] = []
    ends = {"source": source, "target": target}
    optional = {"weight": weight, "relation": relation}
    used = ends | {
        key: column or key for key, column in optional.items() if column or key in table.header
    }
    told = {key: table.column(column, found) for key, column in used.items()}
    columns = {key: column for key, column in told.items() if column is not None}
    found += table.rounded_ids(ends.values())
    if len(columns) < len(told):
        raise DataError(found)
    known = _known(actors, found, names)
    both = pd.concat([columns[key] for key in ends])
    codes, ids = _meant(table, known, found, both, lambda at: ends[_END[at >= len(table.rows)]])
    parts = zip(ends, np.split(codes, 2), strict=True)
    ties = pd.DataFrame(
        {key: pd.Categorical.from_codes(part, categories=ids) for key, part in parts},
        index=table.frame.index,
    )
    if "weight" in columns:
        ties["weight"] = _weights(table, columns["weight"], found)
    if "relation" in columns:
        ties["relation"] = _relation(table, columns["relation"], found)
    taken = {table.find(column, []) for column in used.values()}
    for at, heading in enumerate(table.header):
        if at not in taken and heading and heading not in ties:
            ties[heading] = typed(table.series(at))
    if found:
        raise DataError(found)
    everyone = pd.DataFrame(index=ids) if actors is None else _table(actors)
    net: OrgNetwork = _built(table, ties, lambda frame: OrgNetwork(
        everyone, frame, directed, name, duplicates=duplicates))  # fmt: skip
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
    """Return the network in a square table: names in the first row and column, row sends to column.

    ``actors``, ``names`` and the rest are as of `read_ties`. A blank cell is unknown, or worth ``blank``; the diagonal is not read. The columns may stand in
    another order than the rows.

    Raises
    ------
    DataError
        Listing every problem: names on one side only, cells that are no number of 0 or more.
    """
    table = read_sheet(path, sheet)
    found: list[Issue] = []
    known = _known(actors, found, names)
    resolve = _resolved(table, known, found)
    rows = resolve(table.series(0))
    heads = pd.Series(table.header[1:], index=[table.header_row] * (len(table.header) - 1))
    columns = resolve(heads.rename(""))
    found += _one_sided(table, rows, columns)
    cells = _cells(table, blank, found, square=True)
    if found:
        raise DataError(found)
    frame = pd.DataFrame(cells, index=rows.to_numpy(), columns=columns.to_numpy())
    ids = rows.tolist() if actors is None else _table(actors)
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
    """Return the network in a table with a row per respondent and the names each gives in further cells.

    Parameters
    ----------
    ego : str
        The column that says who answers; the first where it is not given.
    alters : str or list of str
        The columns with names: a list, or a heading with ``{number}``; all others where not given.
        A cell may hold several names, separated by ``;``.
    actors, names, relation, name, path, sheet
        As of `read_ties`.

    Notes
    -----
    Who has a row has responded, also without naming anybody; who is only named has not, and what such
    an actor would have said is unknown.
    """
    table = read_sheet(path, sheet)
    found: list[Issue] = []
    first = table.series(0) if ego is None else table.column(ego, found)
    if first is None:
        raise DataError(found)
    known = _known(actors, found, names)
    resolve = _resolved(table, known, found)
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
    base = _table(actors)
    if base is None:
        everyone = pd.concat([egos, ties["target"]]).drop_duplicates()
        base = pd.DataFrame(index=pd.Index(everyone.to_numpy(), dtype="str"))
        _warn_alike(base.index)
    return OrgNetwork(base.assign(responded=base.index.isin(egos)), ties, name=name)


def read_memberships(
    path: PathLike,
    *,
    sheet: str | None = None,
    actor: str | None = None,
    event: str | None = None,
    weight: str | None = None,
    actors: Known = None,
    names: Choices = None,
    blank: float | None = 0,
    name: str = "",
) -> TwoModeNetwork:
    """Return who takes part in what: a row per organization and a column per event, or a row for each pair.

    Parameters
    ----------
    actor : str
        The column with the organizations; the first where it is not given.
    event, weight : str
        With ``event`` each row is one membership, and these are its columns. Without it every further
        column is an event, and a cell above 0 a membership.
    blank : float or None
        What a blank cell is worth; None is unknown.
    actors, names, name, path, sheet
        As of `read_ties`.
    """
    table = read_sheet(path, sheet)
    found: list[Issue] = []
    first = table.series(0) if actor is None else table.column(actor, found)
    if first is None:
        raise DataError(found)
    who = _resolved(table, _known(actors, found, names), found)(first)
    if event is None:
        ties, events = _incidence(table, str(first.name), who, blank, found)
    else:
        ties, events = _pairs(table, who, event, weight, found), None
    if found:
        raise DataError(found)
    base = _table(actors)
    if base is None and event is None:
        base = pd.DataFrame(index=pd.Index(who.to_numpy(), dtype="str"))
    net: TwoModeNetwork = _built(
        table, ties, lambda frame: TwoModeNetwork.from_ties(frame, base, events, name=name)
    )
    return net


def _incidence(
    table: Sheet, first: str, who: pd.Series, blank: float | None, found: list[Issue]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    found += [
        Issue(table.name, "the organization has two rows", int(row), first, value)
        for row, value in who[who.duplicated() & (who != "")].items()
    ]
    start = table.find(first, [])
    kept = [at for at, heading in enumerate(table.header) if at != start and heading]
    twice = pd.Series([table.header[at] for at in kept])
    found += [
        Issue(table.name, "the column stands more than once", table.header_row, heading, heading)
        for heading in twice[twice.duplicated()]
    ]
    cells = _cells(table, blank, found, columns=kept)
    rows, columns = np.nonzero(cells != 0)
    ties = pd.DataFrame(
        {
            "actor": who.to_numpy()[rows],
            "event": twice.to_numpy(dtype=object)[columns],
            "weight": cells[rows, columns],
        }
    )
    return ties, pd.DataFrame(index=pd.Index(twice, dtype="str"))


def _pairs(
    table: Sheet, who: pd.Series, event: str, weight: str | None, found: list[Issue]
) -> pd.DataFrame:
    what = table.column(event, found)
    worth = table.column(weight, found) if weight else None
    ties = pd.DataFrame({"actor": who})
    if what is not None:
        ties["event"] = _resolved(table, None, found)(what)
    if worth is not None:
        ties["weight"] = _weights(table, worth, found)
    return ties


def _known(actors: Known, found: list[Issue], choices: Choices = None) -> Names | None:
    table = _table(actors)
    if table is None:
        if choices is not None:
            raise DataError(
                Issue("names", "names need actors to belong to", suggestion="give actors")
            )
        return None
    names = Names.of_actors(table)
    names.choices.update(read_choices(choices, table.index))
    found += names.clashes
    return names


def _table(actors: Known) -> pd.DataFrame | None:
    if actors is None:
        return None
    given: Any = actors
    if not isinstance(given, pd.DataFrame):
        given = pd.DataFrame(index=pd.Index([code_text(actor) for actor in given], dtype="str"))
    return given.set_axis(given.index.map(code_text), axis=0)


def _resolved(table: Sheet, known: Names | None, found: list[Issue]) -> Callable[..., pd.Series]:
    """Return what turns a column of written names into ids, adding an issue for each unknown one."""

    def resolve(column: pd.Series, headings: pd.Series | None = None) -> pd.Series:
        named = pd.Series(str(column.name), column.index) if headings is None else headings
        codes, ids = _meant(table, known, found, column, lambda at: str(named.iloc[at]))
        texts = ids.append(pd.Index([""], dtype="str"))
        return pd.Series(texts.take(codes), index=column.index, name=column.name)

    return resolve


def _meant(
    table: Sheet, known: Names | None, found: list[Issue], column: pd.Series,
    heading: Callable[[int], str],
) -> tuple[IntArray, pd.Index]:  # fmt: skip
    """Return who is meant by each written name: codes of ids (-1 for nobody), and the ids.

    Names are many and their kinds few: each kind is looked up once.
    """
    codes, kinds = pd.factorize(column)
    written = np.asarray(kinds, dtype=object).tolist()
    actors = all_spaced(written) if known is None else [known.find(name) for name in written]
    bad = np.array([not actor for actor in actors], dtype=bool)
    for at in np.flatnonzero(bad[codes]) if bad.any() else []:
        name = written[codes[at]]
        problem = "not among the actors" if name.strip() else "no organization is named"
        hint = known.unknown(name) if known and name.strip() else ""
        found.append(
            Issue(table.name, problem, int(column.index[at]), heading(int(at)), name, hint)
        )
    if actors == written and not bad.any():
        return codes, pd.Index(kinds, dtype="str")
    places, ids = pd.factorize(np.array([actor or None for actor in actors], dtype=object))
    return places[codes] if len(places) else codes, pd.Index(ids, dtype="str")


def _relation(table: Sheet, column: pd.Series, found: list[Issue]) -> pd.Series:
    kinds = _resolved(table, None, [])(column)
    problem, heading = "no relation is named", str(column.name)
    found += [Issue(table.name, problem, int(row), heading) for row in kinds.index[kinds == ""]]
    return kinds


def _weights(table: Sheet, column: pd.Series, found: list[Issue]) -> pd.Series:
    values = numbers(column)
    blank = column[values.isna()].map(str.strip) == ""
    wrong = (values < 0) | np.isinf(values) | values.isna()
    wrong[blank.index[blank]] = False
    found += [
        Issue(table.name, "wanted a number, 0 or more", int(row), str(column.name), value)
        for row, value in column[wrong].items()
    ]
    return values


def _cells(
    table: Sheet,
    blank: float | None,
    found: list[Issue],
    *,
    columns: list[int] | None = None,
    square: bool = False,
) -> FloatArray:
    at = list(range(1, len(table.header))) if columns is None else columns
    texts = table.cells[:, at]
    values: FloatArray = numbers(pd.Series(texts.ravel())).to_numpy(copy=True).reshape(texts.shape)
    empty = np.array([not text.strip() for text in texts.ravel()], bool).reshape(texts.shape)
    wrong = ~empty & ~(np.isfinite(values) & (values >= 0))
    if square and texts.shape[0] == texts.shape[1]:
        own = np.array(table.header)[at][None, :] == table.cells[:, :1]
        wrong &= ~own
    for row, column in zip(*np.nonzero(wrong), strict=True):
        heading, value = table.header[at[column]], texts[row, column]
        problem = "wanted a number, 0 or more"
        found.append(Issue(table.name, problem, int(table.rows[row]), heading, value))
    values[empty] = np.nan if blank is None else blank
    return values


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


def _built(table: Sheet, ties: pd.DataFrame, build: Callable[[pd.DataFrame], Any]) -> Any:
    """Build the network; what is wrong with a tie is told at the row of the sheet."""
    try:
        return build(ties)
    except DataError as error:
        listed = error.issues.to_dict("records")
        for issue in listed:
            if issue["where"] == "ties" and isinstance(issue["row"], (int, np.integer)):
                issue |= {"where": table.name, "row": int(ties.index[issue["row"]])}
        raise DataError([Issue(**issue) for issue in listed]) from None


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
