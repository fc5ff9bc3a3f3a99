"""What would change if: steps one after the other, with what is gained, what is lost, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, nearest, not_whole
from orgnet_analytics.inference.engine import seeded
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.progress import watched
from orgnet_analytics.readings import governance
from orgnet_analytics.readings.cells import said
from orgnet_analytics.readings.coverage import incidence
from orgnet_analytics.readings.gaps import response_caveats
from orgnet_analytics.readings.given import a_network
from orgnet_analytics.readings.interventions.situation import Situation
from orgnet_analytics.readings.interventions.standing import Asked, of_situation, of_ties, stakes
from orgnet_analytics.readings.interventions.steps import (
    Add,
    Appoint,
    Merge,
    Remove,
    Renew,
    Step,
    Tie,
    as_steps,
)
from orgnet_analytics.readings.reading import UNDETERMINED, Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds
from orgnet_analytics.twomode import TwoModeNetwork

__all__ = ["Add", "Appoint", "LedgerReading", "Merge", "Remove", "Renew", "Tie", "ledger"]

BETTER = ("higher", "lower", "neither")
LOSERS = ["step", "who", "loses", "before", "after"]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class LedgerReading(Reading):
    """Before and after each step, and after all of them.

    Attributes
    ----------
    verdict : str
        ``gains``, ``losses``, ``gains and losses``, ``no change``, or ``undetermined`` where the unknown
        dyads decide or fewer than half answered. It speaks of the indicators for which one direction is
        better.
    table : pandas.DataFrame
        Row per step and indicator: ``before, after, change, lowest, highest`` (of the change, over ways to
        fill the unknown dyads; NaN where nothing is unknown or the indicator does not rest on ties) and
        ``better`` (which direction is, or neither).
    losers : pandas.DataFrame
        Row per loss: at which ``step``, ``who`` (an organization or a need), what it ``loses``, ``before``
        and ``after``.
    net : OrgNetwork
        The network after the last step.
    seed : int
        Fills the unknown dyads the same way again.
    """

    table: pd.DataFrame
    losers: pd.DataFrame
    net: OrgNetwork
    seed: int

    @property
    def headline(self) -> str:
        """The verdict, and how many lose something."""
        who = self.losers["who"].nunique()
        return f"{self.verdict}; {who} {'loses' if who == 1 else 'lose'} something"

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the ledger and the losers."""
        yield "Step by step", self.table
        yield "Who loses", self.losers


def ledger(
    net: OrgNetwork,
    steps: Iterable[Step],
    *,
    by: str | None = None,
    holders: TwoModeNetwork | pd.DataFrame | None = None,
    profiles: pd.DataFrame | None = None,
    register: pd.DataFrame | None = None,
    nao: str | None = None,
    conditions: Mapping[str, float] | None = None,
    at: date | str | None = None,
    draws: int = 40,
    seed: int | None = None,
    rules: Rules | None = None,
) -> LedgerReading:
    """Say what steps would change: coverage, service, governance, resilience, brokerage, and who loses.

    Each step is taken on the situation the one before left. The map changes, the people do not: how
    organizations would answer to a step is not foreseen.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    steps : list
        In order: ``Add, Remove, Merge, Tie, Appoint, Renew`` of this module.
    by : str, optional
        The column of ``actors`` with groups: adds the share of brokerage that crosses them.
    holders : TwoModeNetwork or pandas.DataFrame, optional
        Organizations by what is needed: adds coverage and single holders.
    profiles : pandas.DataFrame, optional
        Kinds of clients, as in `effectiveness.pathways`: with ``holders``, adds the share that is served.
    register : pandas.DataFrame, optional
        The agreements, as in `agreements.read`.
    nao : str, optional
        The network administrative organization there is now.
    conditions : dict, optional
        ``trust, goal_consensus, competencies`` (0 to 1), as in `governance.fit`: adds the fit of the form.
    at : date or str, optional
        The day on which the agreements are read.
    draws : int
        How many ways to fill the unknown dyads are followed through the steps.
    seed : int, optional
        Makes the ways the same again.
    rules : dict or path, optional
        What to change in ``readings/rules/interventions.yaml``.

    Returns
    -------
    LedgerReading

    Raises
    ------
    DataError
        Where a step names somebody who does not take part at that moment, or the rules are wrong.
    UndefinedError
        Where there are several relations, or an agreement is to be renewed without a register.

    Notes
    -----
    ``worst_loss`` is the largest share of pairs of others that the loss of one member would cut off. The
    intervals follow the emptiest, the fullest and random fillings through all steps, the same filling
    before and after: they show how far the unknown can move a *change*, and may be too narrow. Which
    direction is better is this library's own default. Checked on steps worked out by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": list("abc"), "target": list("bcd")}))
    >>> found = ledger(path, [Tie([("d", "a")])])
    >>> found.table.loc[(1, "tie d - a", "worst_loss"), ["before", "after"]].round(2).tolist()
    [0.67, 0.0]
    >>> found.verdict
    'gains'
    """
    better, table = _rules(rules)
    limits = table["value"].to_dict()
    given, done = as_steps(steps), not_whole(draws, "draws", least=2)
    if done:
        raise DataError(done)
    a_network(net)
    asked = Asked(by=by, at=at, **_conditions(net, conditions))
    held = _held(net, holders)
    if by is not None:
        net.column(by)
    start = replace(Situation.of(net, held, register), profiles=profiles, nao=nao)
    path, stands = [start], [of_situation(start, asked)]
    for step in given:
        path.append(step.apply(path[-1]))
        stands.append(of_situation(path[-1], asked))
    names = list(map(str, given))
    root = seeded(seed)
    spans = _spans(start, given, asked, draws, np.random.default_rng(root))
    whole = _row_set(stands[0], stands[-1], _through(spans), better)
    told = float(net.responded.mean()) >= limits["response_withheld"]
    return LedgerReading(
        verdict=_verdict(whole, limits["change"]) if told else UNDETERMINED,
        evidence=_evidence(whole, limits["change"]),
        missing=tuple(_missing(start, conditions, by)),
        would_change=tuple(_would_change(whole, limits["change"])),
        caveats=(
            "The steps change the map, not the people: nobody's answer to them is foreseen.",
            "Which direction is better is a default of this library.",
            *_strangers(net, held),
            *response_caveats(net, limits),
        ),
        rules=table,
        table=_rows(stands, names, spans, better),
        losers=_losers(path, names, asked, limits["loss"]),
        net=path[-1].net,
        seed=int(str(root.entropy)),
    )


def _rules(own: Rules | None) -> tuple[pd.Series, pd.DataFrame]:
    book, ours = read_rules("interventions", own), read_rules("interventions")["indicators"]
    if not isinstance(book["indicators"], Mapping):
        raise DataError(Issue("rules", "wanted a table", column="indicators"))
    found = []
    for name, row in book["indicators"].items():
        if name not in ours:
            found.append(
                Issue(
                    "rules",
                    "there is no such indicator",
                    value=name,
                    suggestion=nearest(name, ours),
                )
            )
        elif not isinstance(row, Mapping) or row.get("better") not in BETTER:
            found.append(Issue("rules", f"wanted one of {', '.join(BETTER)}", name, "better", row))
    if found:
        raise DataError(found)
    better = pd.Series({name: row["better"] for name, row in book["indicators"].items()})
    return better, thresholds(book, "interventions")


def _conditions(net: OrgNetwork, conditions: Mapping[str, float] | None) -> dict[str, Any]:
    if conditions is not None and not isinstance(conditions, Mapping):
        raise DataError(Issue("conditions", f"wanted a dict, got {type(conditions).__name__}"))
    given, known = dict(conditions or {}), ("trust", "goal_consensus", "competencies")
    strange = [
        Issue(
            "conditions", "there is no such condition", value=name, suggestion=nearest(name, known)
        )
        for name in given
        if name not in known
    ]
    if strange:
        raise DataError(strange)
    if given:
        trust, goals, needs = (given.get(name) for name in known)
        governance.fit(net, form="shared", trust=trust, goal_consensus=goals, competencies=needs)
    return given


def _held(net: OrgNetwork, holders: TwoModeNetwork | pd.DataFrame | None) -> pd.DataFrame | None:
    """Return who holds what as a checked table; at least one holder takes part."""
    if holders is None:
        return None
    table = incidence(holders, None)
    if not table.index.isin(net.actors.index).any():
        raise DataError(Issue("holders", "none of the holders is in the network"))
    return table


def _strangers(net: OrgNetwork, held: pd.DataFrame | None) -> Iterator[str]:
    others = [] if held is None else list(held.index.difference(net.actors.index))
    if others:
        yield f"Holders that are not in the network do not count: {said(others)}."


def _spans(
    start: Situation, steps: list[Step], asked: Asked, draws: int, rng: np.random.Generator
) -> list[pd.DataFrame]:
    """Return per situation, fillings by indicators: what the ties show however the gaps are filled."""
    gaps = start.dyads.isna().to_numpy()
    if not gaps.any():
        return []
    told = replace(start, actors=start.actors.drop(columns="responded", errors="ignore"))
    densities = np.concatenate([[0.0, 1.0], rng.random(draws - 2)])
    seen: list[list[dict[str, float]]] = [[] for _ in range(len(steps) + 1)]
    for density in watched(densities, "ways to fill the gaps"):
        there = replace(told, dyads=_filled(start, gaps, rng.random(gaps.shape) < density))
        seen[0].append(of_ties(there.net, asked))
        for place, step in enumerate(steps, start=1):
            there = step.apply(there)
            seen[place].append(of_ties(there.net, asked))
    return [pd.DataFrame(rows) for rows in seen]


def _filled(start: Situation, gaps: Any, ties: Any) -> pd.DataFrame:
    cells = start.dyads.to_numpy(copy=True)
    if not start.directed:
        ties = np.triu(ties) | np.triu(ties).T
    cells[gaps] = ties[gaps].astype(float)
    return pd.DataFrame(cells, index=start.dyads.index, columns=start.dyads.columns)


def _through(spans: list[pd.DataFrame]) -> pd.DataFrame | None:
    return spans[-1] - spans[0] if spans else None


def _rows(
    stands: list[dict[str, Any]], names: list[str], spans: list[pd.DataFrame], better: pd.Series
) -> pd.DataFrame:
    parts = {}
    for place, name in enumerate(names, start=1):
        moved = spans[place] - spans[place - 1] if spans else None
        parts[place, name] = _row_set(stands[place - 1], stands[place], moved, better)
    return pd.concat(parts, names=["nr", "step", "indicator"])


def _row_set(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    moved: pd.DataFrame | None,
    better: pd.Series,
) -> pd.DataFrame:
    """Return a row per indicator; a word (the form of governance) has no change."""
    rows = {}
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name, np.nan), after.get(name, np.nan)
        words = isinstance(old, str) or isinstance(new, str)
        known = moved is not None and name in moved
        rows[name] = {
            "before": old,
            "after": new,
            "change": np.nan if words else new - old,
            "lowest": np.fmin(moved[name].min(), new - old)
            if known and moved is not None
            else np.nan,
            "highest": np.fmax(moved[name].max(), new - old)
            if known and moved is not None
            else np.nan,
            "better": better.get(name, "neither"),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")


def _sides(whole: pd.DataFrame, limit: float) -> pd.Series:
    """Return per indicator ``gain``, ``loss``, ``open`` (the unknown decides), or nothing."""
    sign = whole["better"].map({"higher": 1.0, "lower": -1.0, "neither": 0.0})
    low = (sign * whole["lowest"].fillna(whole["change"])).astype(float)
    high = (sign * whole["highest"].fillna(whole["change"])).astype(float)
    now = (sign * whole["change"]).astype(float)
    low, high = np.minimum(low, high), np.maximum(low, high)
    side = pd.Series("", index=whole.index, dtype=object)
    side = side.mask(now > limit, "gain").mask(now < -limit, "loss")
    return side.mask((low < -limit) & (high > limit), "open")


def _verdict(whole: pd.DataFrame, limit: float) -> str:
    sides = set(_sides(whole, limit))
    if "open" in sides and not sides & {"gain", "loss"}:
        return UNDETERMINED
    if {"gain", "loss"} <= sides:
        return "gains and losses"
    return "gains" if "gain" in sides else "losses" if "loss" in sides else "no change"


def _evidence(whole: pd.DataFrame, limit: float) -> pd.DataFrame:
    agrees = {"gain": True, "loss": False}
    rows: list[tuple[str, object, str, bool | None]] = [
        (name, row["change"], _from_to(row), agrees.get(side))
        for (name, row), side in zip(whole.iterrows(), _sides(whole, limit), strict=True)
    ]
    return evidence_table(rows)


def _from_to(row: pd.Series) -> str:
    return f"from {_said(row['before'])} to {_said(row['after'])}"


def _said(value: Any) -> str:
    return value if isinstance(value, str) else "undefined" if pd.isna(value) else f"{value:.3g}"


def _missing(start: Situation, conditions: Any, by: Any) -> Iterator[str]:
    if len(start.net.unknown):
        yield f"{len(start.net.unknown)} dyads nobody reported on"
    if start.holders is None:
        yield "who holds what (holders=): neither coverage nor service is looked at"
    elif start.holders.isna().any(axis=None):
        cells = int(start.holders.isna().sum().sum())
        yield f"{cells} cells of who holds what: coverage counts only what is known to be held"
    if start.register is None:
        yield "the agreements (register=)"
    if conditions is None:
        yield "trust, goal consensus and need for competencies (conditions=): no fit of governance"
    if by is None:
        yield "groups (by=): brokerage across them is not looked at"


def _would_change(whole: pd.DataFrame, limit: float) -> Iterator[str]:
    for name, side in _sides(whole, limit).items():
        if side == "open":
            low, high = whole.at[name, "lowest"], whole.at[name, "highest"]
            yield f"{name}: the unknown dyads leave a change from {low:.3g} to {high:.3g} possible"
        elif side and _may_be_none(whole.loc[name], limit):
            yield f"{name}: as the unknown dyads turn out, nothing may change"


def _may_be_none(row: pd.Series, limit: float) -> bool:
    return bool(row["lowest"] <= limit and row["highest"] >= -limit)


def _losers(path: list[Situation], names: list[str], asked: Asked, limit: float) -> pd.DataFrame:
    rows: list[tuple[str, str, str, float, float]] = []
    for name, before, after in zip(names, path, path[1:], strict=False):
        stay = before.actors.index.intersection(after.actors.index)
        was, now = stakes(before, asked, stay), stakes(after, asked, stay)
        for what in was.columns:
            both = pd.DataFrame({"was": was[what], "now": now[what].reindex(was.index)})
            lost = both[(both["was"] > 0) & (both["now"] < both["was"] * (1 - limit))]
            rows += [(name, who, what, row.was, row.now) for who, row in lost.iterrows()]
        gone = was.index.difference(now.index)
        rows += [(name, who, "its place in the network", 1.0, 0.0) for who in gone]
        rows += _needs_lost(name, before, after)
    return pd.DataFrame(rows, columns=LOSERS)


def _needs_lost(
    name: str, before: Situation, after: Situation
) -> list[tuple[str, str, str, float, float]]:
    if before.holders is None or after.holders is None:
        return []
    was, now = (before.holders > 0).sum(), (after.holders > 0).sum()
    return [
        (name, str(need), "holders", float(was[need]), float(now[need]))
        for need in was.index[now < was]
    ]
