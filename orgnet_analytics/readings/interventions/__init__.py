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
from orgnet_analytics.readings import governance
from orgnet_analytics.readings.cells import as_table, said
from orgnet_analytics.readings.coverage import incidence
from orgnet_analytics.readings.gaps import answered, response_caveats
from orgnet_analytics.readings.given import a_network
from orgnet_analytics.readings.interventions.changes import (
    changes,
    evidence_of,
    step_rows,
    verdict_of,
    would_change,
)
from orgnet_analytics.readings.interventions.fillings import Gaps, spans
from orgnet_analytics.readings.interventions.losses import losers
from orgnet_analytics.readings.interventions.situation import Situation
from orgnet_analytics.readings.interventions.standing import Asked, of_situation
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
from orgnet_analytics.readings.interventions.unknown_holdings import UnknownHoldings
from orgnet_analytics.readings.reading import UNDETERMINED, Reading
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds
from orgnet_analytics.twomode import TwoModeNetwork

__all__ = ["Add", "Appoint", "LedgerReading", "Merge", "Remove", "Renew", "Tie", "ledger"]

BETTER = ("higher", "lower", "neither")


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
        Row per step and indicator: ``before, after, change, lowest, highest`` (of the change: for coverage
        exact, over every way to fill the unknown cells of who holds what; for what rests on ties alone over
        ways to fill the unknown dyads; NaN where nothing is unknown, and for the others) and ``better``
        (which direction is, or neither).
    whole : pandas.DataFrame
        The same per indicator for all steps together.
    losers : pandas.DataFrame
        Row per loss: at which ``step``, ``who`` (an organization or a need), what it ``loses``, ``before``
        and ``after``.
    net : OrgNetwork
        The network after the last step.
    seed : int
        Fills the unknown dyads the same way again.
    """

    table: pd.DataFrame
    whole: pd.DataFrame
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
    before and after: they show how far the unknown can move a *change*, and may be too narrow. Those of
    ``covered`` and ``single_holders`` are exact, over the unknown cells of who holds what. ``before`` and
    ``after`` count only what is known. Which
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
    given = as_steps(steps)
    if wrong := not_whole(draws, "draws", least=2):
        raise DataError(wrong)
    a_network(net)
    if profiles is not None:
        as_table(profiles, "profiles")
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
    drawn = spans(start, given, asked, draws, np.random.default_rng(root))
    gaps = Gaps(drawn, UnknownHoldings.of(start, given))
    whole = changes(stands[0], stands[-1], gaps.between(0, len(given)), better)
    told = answered(net) >= limits["response_withheld"]
    return LedgerReading(
        verdict=verdict_of(whole, limits["change"]) if told else UNDETERMINED,
        evidence=evidence_of(whole, limits["change"]),
        missing=tuple(_missing(start, conditions, by)),
        would_change=tuple(would_change(whole, limits["change"])),
        caveats=(
            "The steps change the map, not the people: nobody's answer to them is foreseen.",
            "Which direction is better is a default of this library.",
            *_strangers(net, held),
            *response_caveats(net, limits),
        ),
        rules=table,
        table=step_rows(stands, names, gaps, better),
        whole=whole,
        losers=losers(path, names, asked, limits["loss"]),
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


def _missing(start: Situation, conditions: Any, by: Any) -> Iterator[str]:
    if len(start.net.unknown):
        yield f"{len(start.net.unknown)} dyads nobody reported on"
    if start.holders is None:
        yield "who holds what (holders=): neither coverage nor service is looked at"
    elif start.holders.isna().any(axis=None):
        cells = int(start.holders.isna().sum().sum())
        yield f"{cells} cells of who holds what: coverage counts only what is known to be held, with bounds"
    if start.register is None:
        yield "the agreements (register=)"
    if conditions is None:
        yield "trust, goal consensus and need for competencies (conditions=): no fit of governance"
    if by is None:
        yield "groups (by=): brokerage across them is not looked at"
