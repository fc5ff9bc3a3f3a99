"""Forms told by conditions: how far each holds, what speaks for it, and what another would take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError, nearest
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import fuzzy
from orgnet_analytics.readings.gaps import enough, standing, told_ways
from orgnet_analytics.readings.given import one_relation
from orgnet_analytics.readings.reading import UNDETERMINED, Reading, evidence_table
from orgnet_analytics.readings.rulebook import (
    OWN,
    Rules,
    is_trapezoid,
    read_rules,
    threshold_problems,
    thresholds,
)

HOLDS = 0.5
Seen = Mapping[str, float]
Row = tuple[str, object, str, bool | None]
Claims = Mapping[str, Mapping[str, list[float]]]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class FormsReading(Reading):
    """A reading whose verdict is the form that holds most.

    Attributes
    ----------
    membership : pandas.Series
        How far each form holds, 0 to 1: as far as the weakest of its conditions.
    margin : float
        Lead of the form that holds most over the next.
    conditions : pandas.DataFrame
        ``form, indicator, value, asks, belongs, holds``: what each form asks, and whether it is so.
    bounds : pandas.DataFrame
        Between which values the headline numbers lie over the unknown dyads.
    ways : pandas.Series
        How often each verdict comes out when the unknown dyads are filled at random, as the known ones would
        have it: the silent name others as often as those who answered do, and return ties as often. Empty
        where nothing is unknown, or the known ties alone leave it undetermined.
    """

    membership: pd.Series
    margin: float
    conditions: pd.DataFrame
    bounds: pd.DataFrame
    ways: pd.Series

    def details(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the tables that are the reading's own."""
        yield from ()

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the memberships, the reading's own tables that are not empty, and the bounds."""
        yield "How far each form holds", self.membership.to_frame("membership").T
        yield from ((title, table) for title, table in self.details() if len(table))
        yield "Whatever the unknown dyads are", self.bounds
        if len(self.ways):
            yield "How often each comes out over the unknown dyads", self.ways.to_frame()


@dataclass(frozen=True)
class Judged:
    """What the conditions make of a network: how far each form holds, and the verdict."""

    verdict: str
    membership: pd.Series
    margin: float
    conditions: pd.DataFrame


def judged(values: Seen, book: Mapping[str, Any], net: OrgNetwork) -> Judged:
    """Return the form that holds most; undetermined below the thresholds of the rules."""
    limits = book["limits"]
    conditions = weighed(dict.fromkeys(book["conditions"], values), book["conditions"])
    holds = membership(conditions)
    best, margin = lead(holds)
    sure = margin >= limits["margin"] and holds[best] >= limits["membership"]
    return Judged(best if sure and enough(net, limits) else UNDETERMINED, holds, margin, conditions)


def standing_of(
    ties: OrgNetwork,
    found: Judged,
    again: Callable[[OrgNetwork], str],
    book: Mapping[str, Any],
    claims: str = "conditions",
) -> dict[str, Any]:
    """Return what every reading of forms says, by name: the verdict, whether it stands, and what made it.

    ``again`` gives the verdict on a network without unknown dyads; ``claims`` is the part of the rules that
    tells the forms.
    """
    limits = book["limits"]
    verdict, ways = standing(ties, found.verdict, again, limits)
    return {
        "verdict": verdict,
        "would_change": (
            *told_ways(found.verdict, ways, limits),
            *turning(found.conditions, found.membership, verdict),
        ),
        "rules": printed(book[claims], book["table"], book["ours"][claims]),
        "membership": found.membership,
        "margin": found.margin,
        "conditions": found.conditions,
        "ways": ways,
    }


def network_to_read(net: OrgNetwork, relation: str | None) -> OrgNetwork:
    """Return the one relation that is read, of a network that is one: of three organizations or more."""
    ties = one_relation(net, relation)
    if len(ties) < 3:
        raise UndefinedError(
            f"A network has three organizations or more; this one has {len(ties)}."
        )
    return ties


def form_rules(name: str, own: Rules | None) -> dict[str, Any]:
    """Return rules that tell forms by conditions, the user's own laid over ours and checked.

    Parts ``forms`` (words), ``conditions`` (form: indicator: trapezoid) and ``thresholds``. Added are
    ``limits``, the thresholds as plain numbers, ``table``, the same with mark and basis, and ``ours``, the
    rules as shipped.
    """
    book, shipped = read_rules(name, own), read_rules(name)
    found = list(part_problems(book, shipped))
    if not found:
        found += claim_problems("conditions", book["conditions"], shipped["conditions"])
        found += threshold_problems(book["thresholds"], shipped["thresholds"])
    if found:
        raise DataError(found)
    table = thresholds(book, name)
    return book | {"limits": table["value"].to_dict(), "table": table, "ours": shipped}


def part_problems(book: Mapping[str, Any], shipped: Mapping[str, Any]) -> Iterator[Issue]:
    """Yield every part of the rules that we do not have, or that is no table."""
    for part, table in book.items():
        if part not in shipped:
            hint = nearest(str(part), shipped)
            yield Issue("rules", "there is no such part", value=part, suggestion=hint)
        elif not isinstance(table, Mapping):
            yield Issue("rules", "wanted a table", column=part, value=table)


def claim_problems(
    part: str, claims: Mapping[str, Any], shipped: Mapping[str, Any]
) -> Iterator[Issue]:
    """Yield every row and claim that we do not have, and every claim that is no trapezoid."""
    for row, cells in claims.items():
        if row not in shipped or not isinstance(cells, Mapping):
            hint = nearest(str(row), shipped)
            yield Issue("rules", "there is no such row", part, str(row), cells, hint)
            continue
        for key, corners in cells.items():
            if key not in shipped[row]:
                hint = nearest(str(key), shipped[row])
                yield Issue("rules", "there is no such claim", row, str(key), corners, hint)
            elif not is_trapezoid(corners):
                wanted = "wanted four numbers, none below the one before"
                yield Issue("rules", wanted, row, str(key), corners)


def weighed(
    seen: Mapping[str, Seen], claims: Mapping[str, Mapping[str, list[float]]]
) -> pd.DataFrame:
    """Return a row per form and condition: what was seen, what is asked, and how far that belongs.

    ``seen`` has the values of each form. A value that is not in it is not asked for; one that is NaN does not
    belong.

    Examples
    --------
    >>> weighed({"star": {"coverage": 0.9}}, {"star": {"coverage": [0.4, 0.6, 1, 1]}}).at[0, "asks"]
    'at least 0.5'
    """
    rows = [
        (form, name, float(seen[form][name]), fuzzy.asked(corners),
         fuzzy.trapezoid(float(seen[form][name]), corners))
        for form, conditions in claims.items()
        for name, corners in conditions.items()
        if name in seen[form]
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["form", "indicator", "value", "asks", "belongs"])
    table["belongs"] = table["belongs"].fillna(0.0)
    return table.assign(holds=table["belongs"] >= HOLDS)


def membership(conditions: pd.DataFrame) -> pd.Series:
    """Return how far each form holds: as far as the weakest of its conditions."""
    return conditions.groupby("form", sort=False)["belongs"].min().rename("membership")


def lead(holds: pd.Series) -> tuple[str, float]:
    """Return the form that holds most, and its lead over the next."""
    first, second = holds.sort_values(ascending=False).iloc[:2]
    return str(holds.idxmax()), float(first - second)


def evidence(conditions: pd.DataFrame, verdict: str, beside: Iterable[Row] = ()) -> pd.DataFrame:
    """Return each value seen, which forms it fits, and whether it supports the verdict; then ``beside``."""
    seen: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in conditions.to_dict("records"):
        seen.setdefault((row["indicator"], repr(row["value"])), []).append(row)
    rows: list[Row] = []
    for (indicator, _), part in seen.items():
        own = [row["holds"] for row in part if row["form"] == verdict]
        rows.append((indicator, part[0]["value"], _fitting(part), own[0] if own else None))
    return evidence_table([*rows, *beside])


def _fitting(rows: list[dict[str, Any]]) -> str:
    fits = ", ".join(row["form"] for row in rows if row["holds"])
    fails = ", ".join(row["form"] for row in rows if not row["holds"])
    said = [f"fits {fits}"] * bool(fits) + [f"not {fails}"] * bool(fails)
    return "; ".join(said)


def turning(conditions: pd.DataFrame, holds: pd.Series, verdict: str) -> tuple[str, ...]:
    """Return on which condition the verdict hangs most, and what the form nearest to it would take."""
    nearest = conditions.groupby("form", sort=False)["belongs"].mean()
    ranked = sorted(nearest.index, key=lambda form: (-holds[form], -nearest[form]))
    said = []
    if verdict != UNDETERMINED and (conditions["form"] == verdict).any():
        own = conditions[conditions["form"] == verdict]
        row = min(own.to_dict("records"), key=lambda one: one["belongs"])
        said.append(
            f"{verdict} asks {row['indicator']} {row['asks']}; it is {_number(row['value'])}"
        )
    others = [one for one in ranked if one != verdict]
    for form in others[: 1 if said else 2]:
        short = conditions[(conditions["form"] == form) & ~conditions["holds"]]
        for row in short.to_dict("records"):
            now = _number(row["value"])
            said.append(f"{form} would take {row['indicator']} {row['asks']}; it is {now}")
    return tuple(said)


def printed(claims: Claims, limits: pd.DataFrame, ours: Claims) -> pd.DataFrame:
    """Return every number that made a word of a measure: the conditions of each form and the thresholds."""
    basis = "0 to a, 1 from b to c, 0 from d on; the form asks {}"
    rows = {
        f"{form}: {name}": (
            corners,
            "P" if ours.get(form, {}).get(name) == corners else OWN,
            basis.format(fuzzy.asked(corners)),
        )
        for form, conditions in claims.items()
        for name, corners in conditions.items()
    }
    made = pd.DataFrame.from_dict(rows, orient="index", columns=["value", "mark", "basis"])
    return pd.concat([made, limits.astype({"value": object})]).rename_axis("threshold")


def _number(value: float) -> str:
    return "not known" if np.isnan(value) else f"{value:.2f}"
