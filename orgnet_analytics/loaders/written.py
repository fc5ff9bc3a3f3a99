"""What every table of ties needs: written names as ids, cells as numbers, problems at their row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.names import Names
from orgnet_analytics.loaders.reconcile import Choices, read_choices
from orgnet_analytics.loaders.scales import yes_or_no
from orgnet_analytics.loaders.sheet import Sheet, all_spaced, code_text, numbers
from orgnet_analytics.network import FloatArray, IntArray

Known: TypeAlias = "pd.DataFrame | Iterable[str] | None"


def known_names(actors: Known, found: list[Issue], choices: Choices = None) -> Names | None:
    """Return what the actors are called, those the user decided about included; None without actors."""
    table = actors_table(actors)
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


def actors_table(actors: Known) -> pd.DataFrame | None:
    """Return the actors as a table with ids as text; None where none are given."""
    if actors is None:
        return None
    given: Any = actors
    if not isinstance(given, pd.DataFrame):
        given = pd.DataFrame(index=pd.Index([code_text(actor) for actor in given], dtype="str"))
    return given.set_axis(given.index.map(code_text), axis=0)


def resolved(table: Sheet, known: Names | None, found: list[Issue]) -> Callable[..., pd.Series]:
    """Return what turns a column of written names into ids, adding an issue for each unknown one."""

    def resolve(column: pd.Series, headings: pd.Series | None = None) -> pd.Series:
        named = pd.Series(str(column.name), column.index) if headings is None else headings
        codes, ids = meant(table, known, found, column, lambda at: str(named.iloc[at]))
        texts = ids.append(pd.Index([""], dtype="str"))
        return pd.Series(texts.take(codes), index=column.index, name=column.name)

    return resolve


def meant(
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


def relations_in(table: Sheet, column: pd.Series, found: list[Issue]) -> pd.Series:
    """Return a column of relations; a blank one is an issue."""
    kinds = resolved(table, None, [])(column)
    problem, heading = "no relation is named", str(column.name)
    found += [Issue(table.name, problem, int(row), heading) for row in kinds.index[kinds == ""]]
    return kinds


def weights_in(table: Sheet, column: pd.Series, found: list[Issue]) -> pd.Series:
    """Return a column of weights, NaN where blank; what is no number of 0 or more is an issue."""
    values = numbers(column)
    blank = column[values.isna()].map(str.strip) == ""
    wrong = (values < 0) | np.isinf(values) | values.isna()
    wrong[blank.index[blank]] = False
    found += [
        Issue(table.name, "wanted a number, 0 or more", int(row), str(column.name), value)
        for row, value in column[wrong].items()
    ]
    return values


def cells_in(
    table: Sheet,
    blank: float | None,
    found: list[Issue],
    *,
    columns: list[int] | None = None,
    square: bool = False,
    words: bool = False,
) -> FloatArray:
    """Return the cells of a matrix; a yes or a no of a table with ``words`` is 1 or 0."""
    at = list(range(1, len(table.header))) if columns is None else columns
    texts = table.cells[:, at]
    values: FloatArray = numbers(pd.Series(texts.ravel())).to_numpy(copy=True).reshape(texts.shape)
    if words:
        said = {text: yes_or_no(text) for text in set(texts[np.isnan(values)])}
        for text, yes in said.items():
            values[texts == text] = np.nan if yes is None else float(yes)
    empty = np.array([not text.strip() for text in texts.ravel()], bool).reshape(texts.shape)
    wrong = ~empty & ~(np.isfinite(values) & (values >= 0))
    if square and texts.shape[0] == texts.shape[1]:
        own = np.array(table.header)[at][None, :] == table.cells[:, :1]
        wrong &= ~own
    for row, column in zip(*np.nonzero(wrong), strict=True):
        heading, value = table.header[at[column]], texts[row, column]
        problem = "wanted a number, 0 or more" + (", or yes or no" if words else "")
        found.append(Issue(table.name, problem, int(table.rows[row]), heading, value))
    values[empty] = np.nan if blank is None else blank
    return values


def built(table: Sheet, ties: pd.DataFrame, build: Callable[[pd.DataFrame], Any]) -> Any:
    """Build the network; what is wrong with a tie is told at the row of the sheet."""
    try:
        return build(ties)
    except DataError as error:
        listed = error.issues.to_dict("records")
        for issue in listed:
            if issue["where"] == "ties" and isinstance(issue["row"], (int, np.integer)):
                issue |= {"where": table.name, "row": int(ties.index[issue["row"]])}
        raise DataError([Issue(**issue) for issue in listed]) from None
