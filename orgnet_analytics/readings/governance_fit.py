"""Which form of governance the conditions ask for, and where a form pulls."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError
from orgnet_analytics.measures import cohesion
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import fuzzy
from orgnet_analytics.readings.governance_rules import FORMS, UNDETERMINED, governance_rules
from orgnet_analytics.readings.rulebook import Rules, is_number


@dataclass(frozen=True, eq=False, repr=False)
class FitReading:
    """Whether the form of governance fits the conditions of the network.

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
    evidence : pandas.DataFrame
        Row per condition: ``value``, how far it fits each form, and ``gap``: 1 less the fit with the actual
        form (NaN where the form is hybrid or asks nothing).
    caveats : tuple of str
        What to say along with the verdict.
    """

    best: str
    actual: str
    fits: pd.Series
    margin: float
    evidence: pd.DataFrame
    caveats: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<FitReading actual {self.actual}, conditions ask for {self.best}; margin {self.margin:.2f}>"

    def _repr_html_(self) -> str:
        said = "".join(f"<li>{html.escape(caveat)}</li>" for caveat in self.caveats)
        shown = self.evidence.round(2).to_html(escape=True)
        return f"<p><b>{html.escape(repr(self))}</b></p>{shown}<ul>{said}</ul>"


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
        in-centralization are worked out (a tie counts from half of the highest rating).
    goal_consensus, competencies : float, optional
        Agreement on goals, and the need for competencies at the level of the network, 0 to 1.
    form : str, optional
        The form there is, from `detect` or from what you know; without it no gaps.
    rules : dict or path, optional
        What to change in ``readings/rules/governance.yaml``.

    Returns
    -------
    FitReading
        ``undetermined`` where the lead is below .1 or fewer than half of the conditions are known.

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
    values = _conditions(net, trust, goal_consensus, competencies, book["limits"]["trusts"])
    claims = pd.DataFrame(
        [[row.get(name) for name in FORMS[:3]] for row in book["conditions"].values()],
        index=list(book["conditions"]), columns=list(FORMS[:3]), dtype=object,
    )  # fmt: skip
    belongs = fuzzy.belonging(values.reindex(claims.index), claims)
    fits = fuzzy.weighted_mean(belongs, pd.Series(1.0, index=belongs.index)).rename("fit")
    ranked = fits.fillna(0).sort_values(ascending=False)
    margin = float(ranked.iloc[0] - ranked.iloc[1])
    asked = ["trust_density", "participants", "goal_consensus", "competencies"]
    known = float(values[asked].notna().mean())
    sure = margin >= book["limits"]["margin"] and known > book["limits"]["observed"]
    actual = form or UNDETERMINED
    gap = 1 - belongs[actual] if actual in belongs else pd.Series(np.nan, index=belongs.index)
    evidence = belongs.assign(gap=gap)
    evidence.insert(0, "value", values.reindex(claims.index))
    caveats = ["What each form asks for is put in numbers by this library."]
    unknown = [name for name in asked if np.isnan(values[name])]
    if unknown:
        caveats.append(f"Not known: {', '.join(unknown)}.")
    best = str(ranked.index[0]) if sure else UNDETERMINED
    return FitReading(best, actual, fits, margin, evidence, tuple(caveats))


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
    net: OrgNetwork, trust: float | str | OrgNetwork | None, goals: float | None,
    competencies: float | None, trusts: float,
) -> pd.Series:  # fmt: skip
    given = {"goal_consensus": goals, "competencies": competencies}
    values = {"participants": float(len(net)), "trust_centralization": np.nan}
    if isinstance(trust, str | OrgNetwork):
        rated = net.relation(trust) if isinstance(trust, str) else trust
        ties = rated.ties
        high = ties["weight"] >= trusts * ties["weight"].max()
        ties["weight"] = ties["weight"].where(ties["weight"].isna(), high.astype(float))
        told = OrgNetwork(rated.actors, ties, rated.directed)
        values["trust_density"] = cohesion.net_density(told)
        values["trust_centralization"] = cohesion.net_centralization(
            told, kind="indegree" if told.directed else "degree"
        )
    else:
        given["trust_density"] = trust
    _within({name: value for name, value in given.items() if value is not None})
    values |= {name: np.nan if value is None else float(value) for name, value in given.items()}
    return pd.Series(values, dtype=float)


def _within(values: Mapping[str, Any]) -> None:
    found = [
        Issue("conditions", "wanted a number from 0 to 1", column=name, value=value)
        for name, value in values.items()
        if not is_number(value) or not 0 <= value <= 1
    ]
    if found:
        raise DataError(found)
