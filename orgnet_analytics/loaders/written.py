"""What every table of ties needs: written names as ids, cells as numbers, problems at their row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.kinds import kinds_of, some_kinds_of, texts_in
from orgnet_analytics.loaders.names import Names
from orgnet_analytics.loaders.reconcile import Choices, read_choices
from orgnet_analytics.loaders.scales import yes_or_no
from orgnet_analytics.loaders.sheet import Sheet, all_spaced, code_text, number, numbers
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
        meant = who_is_meant(table, known, found, [column], headings)
        return pd.Series(meant.texts[0], index=column.index, name=column.name)

    return resolve


@dataclass(frozen=True)
class Meant:
    """Who is meant by names in columns: per column codes of ids (-1 for nobody) and ids as texts."""

    codes: list[IntArray]
    ids: pd.Index
    texts: list[Any]


def who_is_meant(
    table: Sheet, known: Names | None, found: list[Issue], columns: Sequence[pd.Series],
    headings: pd.Series | None = None,
) -> Meant:  # fmt: skip
    """Return who is meant by each written name, adding an issue for each that nobody is called.

    Names are many and their kinds few: each kind is looked up once. The issues name the column, or the
    heading at that row.
    """
    codes, kinds = kinds_of(columns)
    written = kinds.tolist()
    actors = all_spaced(written) if known is None else [known.find(name) for name in written]
    bad = np.array([not actor for actor in actors], dtype=bool)
    for column, part in zip(columns, codes, strict=True) if bad.any() else []:
        for at in np.flatnonzero(bad[part]):
            name, row = written[part[at]], int(column.index[at])
            problem = "not among the actors" if name.strip() else "no organization is named"
            hint = known.unknown(name) if known and name.strip() else ""
            heading = column.name if headings is None else headings.iloc[at]
            found.append(Issue(table.name, problem, row, str(heading), name, hint))
    if actors == written and not bad.any():
        return Meant(codes, kinds, [texts_in(column).astype("str").array for column in columns])
    places, ids = pd.factorize(np.array([actor or None for actor in actors], dtype=object))
    named = pd.Index(ids, dtype="str")
    codes = [places[part] for part in codes] if len(places) else codes
    texts = named.append(pd.Index([""], dtype="str"))
    return Meant(codes, named, [texts.take(part) for part in codes])


def relations_in(table: Sheet, column: pd.Series, found: list[Issue]) -> pd.Categorical:
    """Return a column of relations; a blank one is an issue."""
    meant = who_is_meant(table, None, [], [column])
    [codes], problem, heading = meant.codes, "no relation is named", str(column.name)
    found += [Issue(table.name, problem, int(row), heading) for row in column.index[codes < 0]]
    return pd.Categorical.from_codes(codes, categories=meant.ids)


def weights_in(table: Sheet, column: pd.Series, found: list[Issue]) -> pd.Series:
    """Return a column of weights, NaN where blank; what is no number of 0 or more is an issue."""
    codes, kinds = some_kinds_of(column)
    told = np.array([number(kind) for kind in kinds], dtype=float)
    fine = np.array([not kind.strip() for kind in kinds], dtype=bool) | (
        np.isfinite(told) & (told >= 0)
    )
    for at in np.flatnonzero(~fine[codes]) if not fine.all() else []:
        row, value = int(column.index[at]), kinds[codes[at]]
        found.append(Issue(table.name, "wanted a number, 0 or more", row, str(column.name), value))
    return pd.Series(told[codes], index=column.index, name=column.name)


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
