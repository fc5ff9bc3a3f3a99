"""Which form of governance the conditions ask for, and where a form pulls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError
from orgnet_analytics.measures import cohesion
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import forms, fuzzy
from orgnet_analytics.readings.gaps import answered
from orgnet_analytics.readings.given import a_network
from orgnet_analytics.readings.governance.form_rules import FORMS, UNDETERMINED, governance_rules
from orgnet_analytics.readings.reading import Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, is_number

ASKED = ("trust_density", "participants", "goal_consensus", "competencies")


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class FitReading(Reading):
    """Whether the form of governance fits the conditions of the network.

    The verdict is ``fits``, ``does not fit``, ``undetermined``, or ``asks for`` a form where it is not told
    which form there is. Beside evidence, missing, would_change, caveats and rules:

    Attributes
    ----------
    best : str
        The form the conditions ask for, or ``undetermined``.
    actual : str
        The form there is.
    fits : pandas.Series
        Per form the mean of how far the known conditions fit it, 0 to 1.
    margin : float
        Lead of the best form over the next.
    conditions : pandas.DataFrame
        Row per condition: ``value``, how far it fits each form, and ``gap``: 1 less the fit with the actual
        form (NaN where the form is hybrid or asks nothing).
    """

    best: str
    actual: str
    fits: pd.Series
    margin: float
    conditions: pd.DataFrame

    @property
    def headline(self) -> str:
        """The verdict, the form there is and the form that is asked for."""
        return (
            f"{self.verdict}: actual {self.actual}, conditions ask for {self.best}; "
            f"margin {self.margin:.2f}"
        )

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield how far each condition fits each form, and the gap to the form there is."""
        yield "How far each condition fits each form", self.conditions

    def row(self) -> pd.Series:
        """Return the verdict, both forms, the margin and the conditions."""
        told = {"verdict": self.verdict, "actual": self.actual, "best": self.best}
        return pd.Series(told | {"margin": self.margin} | self.conditions["value"].to_dict())


def fit(
    net: OrgNetwork,
    *,
    trust: float | str | OrgNetwork | None = None,
    goal_consensus: float | None = None,
    competencies: float | None = None,
    form: str | None = None,
    rules: Rules | None = None,
) -> FitReading:
    """Say which form of governance the conditions ask for, and how far the form there is falls short.

    Parameters
    ----------
    net : OrgNetwork
        The network; its size is one of the conditions.
    trust : float, str or OrgNetwork, optional
        Density of trust, 0 to 1; or the relation, or the network, of trust ratings, from which density and
        in-centralization are worked out (a tie counts from half of the highest rating given).
    goal_consensus, competencies : float, optional
        Agreement on goals, and the need for competencies at the level of the network, 0 to 1.
    form : str, optional
        The form there is, from `detect` or from what you know; without it no gaps.
    rules : dict or path, optional
        What to change in ``readings/rules/governance.yaml``.

    Returns
    -------
    FitReading
        ``undetermined`` where the lead is below .1 or no more than half of the four conditions are known.
        Trust that is read from ratings is not known where fewer than half of these are.

    Raises
    ------
    DataError
        Where a condition is out of range.
    UndefinedError
        Where there is no such form or relation.

    Notes
    -----
    The four conditions are those of Provan and Kenis (2008); the numbers are our documented, overridable
    defaults. Checked on conditions that each form asks for.

    Examples
    --------
    >>> import pandas as pd
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": list("abc"), "target": list("bcd")}))
    >>> fit(net, trust=.9, goal_consensus=.9, competencies=.1, form="nao").best
    'shared'
    """
    book = governance_rules(rules)
    if form is not None and form not in (*FORMS, UNDETERMINED):
        raise UndefinedError(f"There is no form {form!r}; there are {', '.join(FORMS)}.")
    limits, actual = book["limits"], form or UNDETERMINED
    a_network(net)
    rated = net.relation(trust) if isinstance(trust, str) else trust
    values = _conditions(net, rated, goal_consensus, competencies, limits)
    claims = pd.DataFrame(
        [[row.get(name) for name in FORMS[:3]] for row in book["conditions"].values()],
        index=list(book["conditions"]), columns=list(FORMS[:3]), dtype=object,
    )  # fmt: skip
    values = values.reindex(claims.index)
    belongs = fuzzy.belonging(values, claims)
    fits = fuzzy.weighted_mean(belongs, pd.Series(1.0, index=belongs.index)).rename("fit")
    best, margin = forms.lead(fits.fillna(0.0))
    unknown = tuple(name for name in ASKED if np.isnan(values[name]))
    sure = margin >= limits["margin"] and 1 - len(unknown) / len(ASKED) > limits["observed"]
    best = best if sure else UNDETERMINED
    gap = 1 - belongs[actual] if actual in belongs else pd.Series(np.nan, index=belongs.index)
    told = belongs.assign(gap=gap).rename_axis("condition")
    told.insert(0, "value", values)
    return FitReading(
        verdict=_verdict(best, form),
        evidence=_evidence(told, best, form),
        missing=(*unknown, *(["the form there is (form=)"] if form is None else [])),
        would_change=_would_change(told, claims, best),
        caveats=(*_caveats(form), *_trust_caveats(rated, limits)),
        rules=forms.printed(book["conditions"], book["table"], book["ours"]["conditions"]),
        best=best,
        actual=actual,
        fits=fits,
        margin=margin,
        conditions=told,
    )


def _verdict(best: str, form: str | None) -> str:
    if best == UNDETERMINED:
        return UNDETERMINED
    if form not in FORMS[:3]:
        return f"asks for {best}"
    return "fits" if form == best else "does not fit"


def _evidence(told: pd.DataFrame, best: str, form: str | None) -> pd.DataFrame:
    """Return each condition, the forms it fits, and whether it supports the verdict.

    A condition supports ``fits`` and ``asks for`` where it fits the best form, and ``does not fit`` where it
    does not fit the form there is.
    """
    other = form in FORMS[:3] and form != best
    judge = form if other else best
    rows: list[tuple[str, object, str, bool | None]] = []
    for name, row in told.iterrows():
        fits = [one for one in FORMS[:3] if row[one] >= forms.HOLDS]
        said = f"fits {', '.join(fits)}" if fits else "fits no form"
        agrees = None
        if best != UNDETERMINED and not np.isnan(row[judge]):
            agrees = bool((row[judge] >= forms.HOLDS) != other)
        rows.append(
            (str(name), row["value"], "not known" if np.isnan(row["value"]) else said, agrees)
        )
    return evidence_table(rows)


def _would_change(told: pd.DataFrame, claims: pd.DataFrame, best: str) -> tuple[str, ...]:
    """Return what each other form asks that the conditions do not give."""
    return tuple(
        f"{form} asks {name} {fuzzy.asked(claims.at[name, form])}; it is {told.at[name, 'value']:.2f}"
        for form in FORMS[:3]
        for name in told.index
        if form != best and told.at[name, form] < forms.HOLDS
    )


def _caveats(form: str | None) -> Iterator[str]:
    yield "What each form asks for is put in numbers by this library."
    if form == "hybrid":
        yield "A hybrid is none of the three forms, so no gap can be told."


def tensions(
    form: str, *, efficiency: float, legitimacy: float, stability: float, rules: Rules | None = None
) -> pd.DataFrame:
    """Return where the form of governance pulls against where the network stands or wants to stand.

    Parameters
    ----------
    form : str
        ``shared``, ``lead`` or ``nao``.
    efficiency, legitimacy, stability : float
        Where the network stands between inclusiveness (0) and efficiency (1), internal (0) and external
        legitimacy (1), flexibility (0) and stability (1); a mean of ratings, for example.
    rules : dict or path, optional
        What to change in ``readings/rules/governance.yaml``.

    Returns
    -------
    pandas.DataFrame
        Row per tension: the poles ``from_0`` and ``to_1``, where the network ``stands``, where the form
        ``leans``, the ``distance`` (positive: the form leans more to 1) and whether it ``pulls``.

    Notes
    -----
    The tensions are named after Provan and Kenis (2008); where a form leans is our own default.

    Examples
    --------
    >>> tensions("lead", efficiency=.3, legitimacy=.7, stability=.8)["pulls"].to_dict()
    {'efficiency': True, 'legitimacy': False, 'stability': False}
    """
    book = governance_rules(rules)
    if form not in FORMS[:3]:
        raise UndefinedError(
            f"There is no form {form!r} that leans; there are {', '.join(FORMS[:3])}."
        )
    stands = {"efficiency": efficiency, "legitimacy": legitimacy, "stability": stability}
    _within(stands)
    rows = {}
    for name, at in stands.items():
        first, second = book["tensions"][name]["poles"]
        leans = float(book["tensions"][name][form])
        pulls = abs(leans - at) >= book["limits"]["pull"]
        rows[name] = (first, second, at, leans, leans - at, pulls)
    columns = ["from_0", "to_1", "stands", "leans", "distance", "pulls"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("tension")


def _conditions(
    net: OrgNetwork, trust: float | OrgNetwork | None, goals: float | None,
    competencies: float | None, limits: Mapping[str, float],
) -> pd.Series:  # fmt: skip
    given = {"goal_consensus": goals, "competencies": competencies}
    values = {"participants": float(len(net)), "trust_centralization": np.nan}
    if isinstance(trust, OrgNetwork):
        values |= _trust(trust, limits)
    else:
        given["trust_density"] = trust
    _within({name: value for name, value in given.items() if value is not None})
    values |= {name: np.nan if value is None else float(value) for name, value in given.items()}
    return pd.Series(values, dtype=float)


def _trust(rated: OrgNetwork, limits: Mapping[str, float]) -> dict[str, float]:
    """Return density and centralization of the ratings that count as trust; NaN where few are known."""
    if answered(rated) < limits["response_withheld"]:
        return {"trust_density": np.nan, "trust_centralization": np.nan}
    ties = rated.ties
    high = ties["weight"] >= limits["trusts"] * ties["weight"].max()
    ties["weight"] = ties["weight"].where(ties["weight"].isna(), high.astype(float))
    told = OrgNetwork(rated.actors, ties, rated.directed)
    return {
        "trust_density": cohesion.net_density(told),
        "trust_centralization": cohesion.net_centralization(
            told, kind="indegree" if told.directed else "degree"
        ),
    }


def _trust_caveats(rated: object, limits: Mapping[str, float]) -> Iterator[str]:
    if not isinstance(rated, OrgNetwork):
        return
    if len(rated.known):
        least = limits["trusts"] * rated.known["weight"].max()
        yield f"A rating counts as trust from {least:g} on: {limits['trusts']:.0%} of the highest given."
    known = answered(rated)
    if known < limits["response_withheld"]:
        yield f"Only {known:.0%} of the ratings of trust are known, too few to count them."
    elif known < limits["response_flagged"]:
        yield f"Only {known:.0%} of the ratings of trust are known."


def _within(values: Mapping[str, Any]) -> None:
    found = [
        Issue("conditions", "wanted a number from 0 to 1", column=name, value=str(value))
        for name, value in values.items()
        if not is_number(value) or not 0 <= value <= 1
    ]
    if found:
        raise DataError(found)
