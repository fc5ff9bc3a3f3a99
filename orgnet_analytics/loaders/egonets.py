"""Personal networks: name generators with ties among the named, position and resource generators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.scales import Scale, strengths, yes_or_no
from orgnet_analytics.loaders.sheet import Sheet, spaced, typed
from orgnet_analytics.loaders.sheets import PathLike, Source, read_sheet
from orgnet_analytics.network import OrgNetwork

NUMBER, FIRST, SECOND, ITEM = "{number}", "{first}", "{second}", "{item}"


def read_name_generator(
    path: PathLike,
    *,
    ego: str,
    alters: str = "name_{number}",
    attributes: Mapping[str, str] | None = None,
    ties: str | None = None,
    scale: Scale | None = None,
    sheet: str | None = None,
) -> dict[str, OrgNetwork]:
    r"""Return the network around each respondent: those it names, and the ties among them.

    Parameters
    ----------
    ego : str
        The column that says who answers.
    alters : str
        The columns with names; ``{number}`` tells them apart.
    attributes : mapping of str to str
        Column of ``actors`` to the columns with what is told of each named one: ``sector_{number}``.
    ties : str, optional
        The columns with the ties among the named: ``tie_{first}_{second}``. A blank cell is unknown, and so
        is a pair without a column: nobody was asked.
    scale : Scale, optional
        What an answer about a tie is worth; any number, 0 or more, where not given.
    path, sheet
        The file, and the sheet where it has several.

    Returns
    -------
    dict of str to OrgNetwork
        By respondent; undirected. ``actors`` has the column ``ego``.

    Raises
    ------
    DataError
        Listing every problem with its row and column.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "named.csv")
    ...     size = file.write_text("who,name_1,name_2,tie_1_2\na,x,y,1\n")
    ...     read_name_generator(file, ego="who", ties="tie_{first}_{second}")["a"]
    <OrgNetwork 'a': 3 actors, 3 undirected ties>
    """
    table = read_sheet(path, sheet)
    found: list[Issue] = []
    at = table.find(ego, found)
    named = _numbered(table, alters, found)
    told = {key: _numbered(table, columns, found) for key, columns in (attributes or {}).items()}
    pairs = _paired(table, ties, found) if ties else {}
    if at is None or found:
        raise DataError(found)
    worth = {pair: _worth(table, column, scale or Scale(), found) for pair, column in pairs.items()}
    nets: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = {}
    for row, who in enumerate(_egos(table, at, found)):
        names = {number: spaced(table.cells[row, column]) for number, column in named.items()}
        names = {number: name for number, name in names.items() if name}
        _check_named(table, row, who, names, named, found)
        actors = pd.DataFrame(index=pd.Index(list(names.values()), dtype="str"))
        for key, columns in told.items():
            actors[key] = [table.cells[row, columns[n]] if n in columns else "" for n in names]
        among = [
            (names[i], names[j], worth[i, j][row]) for i, j in worth if i in names and j in names
        ]
        among += [
            (names[i], names[j], float("nan"))
            for i, j in combinations(names, 2)
            if (i, j) not in worth and (j, i) not in worth
        ]
        nets[who] = actors, pd.DataFrame(among, columns=["source", "target", "weight"])
    if found:
        raise DataError(found)
    return _built(nets)


def read_egonets(
    path: PathLike,
    *,
    ego: str = "ego",
    alter: str = "alter",
    sheet: str | None = None,
    ties_sheet: str | None = None,
    ends: tuple[str, str] = ("source", "target"),
    weight: str | None = None,
) -> dict[str, OrgNetwork]:
    r"""Return the network around each respondent from a table with a row per named one.

    Parameters
    ----------
    ego, alter : str
        The columns with who answers and who is named; further columns tell of the named.
    sheet, ties_sheet : str, optional
        The sheet with the named, and the one with the ties among them (or a file beside), where a pair
        without a row is no tie. Without ``ties_sheet`` nobody was asked: those ties are unknown.
    ends, weight : str
        The columns of the ties: both ends, and the strength if any; the ties have the column ``ego`` too.
    path
        The file.

    Returns
    -------
    dict of str to OrgNetwork
        By respondent; undirected. ``actors`` has the column ``ego``, and what is told of the named.

    Raises
    ------
    DataError
        Listing every problem with its row and column.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "named.csv")
    ...     size = file.write_text("ego,alter\na,x\na,y\n")
    ...     read_egonets(file)["a"]
    <OrgNetwork 'a': 3 actors, 2 undirected ties; 1 unknown cell>
    """
    source = Source(path)
    table = source.sheet(sheet)
    found: list[Issue] = []
    who, whom = table.column(ego, found), table.column(alter, found)
    if who is None or whom is None:
        raise DataError(found)
    who, whom = who.map(spaced), whom.map(spaced)
    more = {h: at for at, h in enumerate(table.header) if h and h not in (ego, alter)}
    for row, (one, other) in zip(table.rows, zip(who, whom, strict=True), strict=True):
        if not one or (one == other):
            problem = "a tie of an actor with itself" if one else "nobody is named as respondent"
            found.append(
                Issue(table.name, problem, int(row), alter if one else ego, other if one else "")
            )
    again = pd.DataFrame({"who": who, "whom": whom})
    for row in table.rows[again.duplicated().to_numpy() & (whom != "").to_numpy()]:
        found.append(Issue(table.name, "this pair has two rows", int(row), alter, whom[row]))
    ties = _ties_of(source, ties_sheet, ego, ends, weight, again, found)
    if found:
        raise DataError(found)
    nets = {}
    for one in who.unique():
        rows = ((who == one) & (whom != "")).to_numpy()
        actors = pd.DataFrame(index=pd.Index(whom[rows].to_numpy(), dtype="str"))
        for heading, at in more.items():
            actors[heading] = table.cells[rows, at]
        mine = ties[ties["ego"] == one].drop(columns="ego")
        if ties_sheet is None:
            pairs = pd.DataFrame(list(combinations(actors.index, 2)), columns=["source", "target"])
            mine = pairs.assign(weight=float("nan"))
        nets[str(one)] = actors, mine
    return _built(nets)


def read_access(
    path: PathLike,
    *,
    respondent: str,
    columns: str = "{item}",
    sheet: str | None = None,
) -> pd.DataFrame:
    r"""Return who has access to what: the answers to a position or a resource generator.

    Parameters
    ----------
    respondent : str
        The column that says who answers.
    columns : str
        The heading of the yes-no columns, ``{item}`` for the position or the resource.
    path, sheet
        The file, and the sheet where it has several.

    Returns
    -------
    pandas.DataFrame
        Respondents by items: 1 is access, 0 is none, NaN is not answered.

    Raises
    ------
    DataError
        Listing every answer that is neither yes nor no, with its row and column.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "access.csv")
    ...     size = file.write_text("who,mayor,nurse\na,yes,0\n")
    ...     read_access(file, respondent="who").loc["a"].to_dict()
    {'mayor': 1.0, 'nurse': 0.0}
    """
    table = read_sheet(path, sheet)
    found: list[Issue] = []
    at = table.find(respondent, found)
    start, _, end = columns.partition(ITEM)
    items = {
        heading[len(start) : len(heading) - len(end)]: place
        for place, heading in enumerate(table.header)
        if heading.startswith(start) and heading.endswith(end)
        and place != at and len(heading) > len(start) + len(end)
    }  # fmt: skip
    if not items or ITEM not in columns:
        found.append(Issue(table.name, "no column fits", table.header_row, columns, columns))
    if at is None or found:
        raise DataError(found)
    egos = _egos(table, at, found)
    access = pd.DataFrame(index=pd.Index(egos, dtype="str"))
    for item, place in items.items():
        access[item] = [
            _yes(table, row, place, text, found) for row, text in enumerate(table.cells[:, place])
        ]
    if found:
        raise DataError(found)
    return access.astype(float)


def _yes(table: Sheet, row: int, at: int, text: str, found: list[Issue]) -> float:
    said = yes_or_no(text)
    if said is None and text.strip():
        number, hint = int(table.rows[row]), "yes or no, 1 or 0"
        found.append(Issue(table.name, "neither yes nor no", number, table.header[at], text, hint))
    return np.nan if said is None else float(said)


def _egos(table: Sheet, at: int, found: list[Issue]) -> list[str]:
    egos = [spaced(cell) for cell in table.cells[:, at]]
    seen: set[str] = set()
    for row, who in zip(table.rows, egos, strict=True):
        if not who or who in seen:
            problem = "answers more than once" if who else "nobody is named as respondent"
            found.append(Issue(table.name, problem, int(row), table.header[at], who))
        seen.add(who)
    return egos


def _numbered(table: Sheet, pattern: str, found: list[Issue]) -> dict[int, int]:
    """Return the columns of a pattern with ``{number}``: number to position."""
    start, _, end = (re.escape(part) for part in pattern.partition(NUMBER))
    places = {}
    for at, heading in enumerate(table.header):
        match = re.fullmatch(rf"{start}(\d{{1,6}}){end}", heading, re.I)
        if match and NUMBER in pattern:
            places[int(match[1])] = at
    if not places:
        found.append(Issue(table.name, "no column fits", table.header_row, pattern, pattern))
    return places


def _paired(table: Sheet, pattern: str, found: list[Issue]) -> dict[tuple[int, int], int]:
    shape = re.escape(pattern)
    for mark, name in ((FIRST, "a"), (SECOND, "b")):
        shape = shape.replace(re.escape(mark), rf"(?P<{name}>\d{{1,6}})", 1)
    places = {}
    for at, heading in enumerate(table.header):
        match = re.fullmatch(shape, heading, re.I)
        if match and {"a", "b"} <= match.groupdict().keys():
            places[int(match["a"]), int(match["b"])] = at
    if not places:
        found.append(Issue(table.name, "no column fits", table.header_row, pattern, pattern))
    return places


def _worth(table: Sheet, at: int, scale: Scale, found: list[Issue]) -> list[float]:
    worth, wrong = strengths(table, [at], scale, None)
    for row in np.flatnonzero(wrong[:, 0]):
        value = table.cells[row, at]
        found.append(
            Issue(table.name, "not an answer of the scale", int(table.rows[row]), table.header[at],
                  value, scale.suggestion(value))
        )  # fmt: skip
    return [float(value) for value in worth[:, 0]]


def _check_named(
    table: Sheet, row: int, who: str, names: Mapping[int, str], columns: Mapping[int, int],
    found: list[Issue],
) -> None:  # fmt: skip
    seen: set[str] = set()
    for number, name in names.items():
        if name == who or name in seen:
            problem = "a tie of an actor with itself" if name == who else "is named twice"
            heading = table.header[columns[number]]
            found.append(Issue(table.name, problem, int(table.rows[row]), heading, name))
        seen.add(name)


def _ties_of(
    source: Source, sheet: str | None, ego: str, ends: tuple[str, str], weight: str | None,
    named: pd.DataFrame, found: list[Issue],
) -> pd.DataFrame:  # fmt: skip
    empty = pd.DataFrame({"ego": [], "source": [], "target": [], "weight": []})
    if sheet is None:
        return empty
    table = source.sheet(sheet)
    columns = [table.find(column, found) for column in (ego, *ends)]
    worth = None if weight is None else table.find(weight, found)
    if None in columns or (weight is not None and worth is None):
        return empty
    known = set(zip(named["who"], named["whom"], strict=True))
    cells = {
        key: [spaced(text) for text in table.cells[:, at]]
        for key, at in zip(("ego", "source", "target"), columns, strict=True)
    }
    for row, one, *pair in zip(table.rows, *cells.values(), strict=True):
        for end, name in zip(ends, pair, strict=True):
            if (one, name) not in known and name != one:
                problem = f"is not named by {one!r}"
                found.append(Issue(table.name, problem, int(row), end, name))
    told = [1.0] * len(table.rows) if worth is None else _worth(table, worth, Scale(), found)
    return pd.DataFrame(cells | {"weight": told})


def _built(nets: Mapping[str, tuple[pd.DataFrame, pd.DataFrame]]) -> dict[str, OrgNetwork]:
    """Return a network for each respondent: the respondent tied to everybody named."""
    done = {}
    for who, (alters, among) in nets.items():
        actors = alters.apply(typed) if len(alters.columns) and len(alters) else alters
        table = pd.concat([pd.DataFrame(index=pd.Index([who], dtype="str")), actors])
        own = pd.DataFrame({"source": who, "target": list(alters.index), "weight": 1.0})
        parts = [part for part in (own, among) if len(part)]
        ties = pd.concat(parts, ignore_index=True) if parts else own
        table.insert(0, "ego", table.index == who)
        ties = ties[~((ties.index >= len(own)) & ties[["source", "target"]].eq(who).any(axis=1))]
        done[who] = OrgNetwork(table, ties, directed=False, name=who, duplicates="max")
    return done
