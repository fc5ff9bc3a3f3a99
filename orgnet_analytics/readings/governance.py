"""Who governs the network, whether that form fits, and where it pulls."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError, nearest
from orgnet_analytics.measures import centrality, cohesion
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import fuzzy
from orgnet_analytics.readings.governance_fit import FitReading, fit, tensions
from orgnet_analytics.readings.governance_rules import FORMS, UNDETERMINED, governance_rules
from orgnet_analytics.readings.indicators import Waves, as_waves, one_relation
from orgnet_analytics.readings.rulebook import Rules

__all__ = ["FORMS", "FitReading", "FormReading", "course", "detect", "fit", "tensions"]


@dataclass(frozen=True, eq=False, repr=False)
class FormReading:
    """The form of governance that the ties show.

    Attributes
    ----------
    form : str
        ``shared``, ``lead``, ``nao``, ``hybrid`` or ``undetermined``.
    membership : pandas.Series
        How far each form holds, 0 to 1; hybrid is 1 less the largest of the others.
    margin : float
        Lead of the form over the next.
    hub : str
        The network administrative organization, else the actor tied to most others.
    evidence : pandas.DataFrame
        ``form, indicator, value, belongs, agrees``: the conditions of each form, and whether they hold.
    without_hub : pandas.DataFrame
        Density, fragmentation, mean distance and centralization with the hub and without it.
    caveats : tuple of str
        What to say along with the verdict.
    """

    form: str
    membership: pd.Series
    margin: float
    hub: str
    evidence: pd.DataFrame
    without_hub: pd.DataFrame
    caveats: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<FormReading {self.form}; hub {self.hub!r}; margin {self.margin:.2f}>"

    def _repr_html_(self) -> str:
        said = "".join(f"<li>{html.escape(caveat)}</li>" for caveat in self.caveats)
        tables = (self.membership.to_frame("membership").T, self.evidence, self.without_hub)
        shown = "".join(table.round(2).to_html(escape=True) for table in tables)
        return f"<p><b>{html.escape(repr(self))}</b></p>{shown}<ul>{said}</ul>"


def detect(
    net: OrgNetwork,
    *,
    nao: str | None = None,
    relation: str | None = None,
    service: str | None = None,
    rules: Rules | None = None,
) -> FormReading:
    """Say which form of governance the ties of coordination show: shared, lead organization, NAO or hybrid.

    A lead organization is a member that produces services, that at least half of the others are tied to, and
    that nobody comes near; a network administrative organization (NAO) coordinates and produces nothing;
    shared governance has no such center. Either center must be missed: without it the network falls apart
    or distances grow. A form holds as far as the weakest of its conditions; hybrid as far as none does.

    Parameters
    ----------
    net : OrgNetwork
        The ties of coordination, or the nearest there is.
    nao : str, optional
        The id of the network administrative organization, where there is one.
    relation : str, optional
        The relation of coordination; needed where there are several.
    service : str, optional
        The relation of services: a hub without ties in it produces nothing, and may be an NAO.
    rules : dict or path, optional
        What to change in ``readings/rules/governance.yaml``.

    Returns
    -------
    FormReading
        ``undetermined`` where the lead is below .1, fewer than half answered, or nobody is tied.

    Raises
    ------
    UndefinedError
        Where ``nao`` is no actor, relations are not named, or there are fewer than three actors.
    DataError
        Where the rules are wrong.

    Notes
    -----
    The forms are those of Provan and Kenis (2008); conditions and thresholds are our documented, overridable
    defaults. Centralization, density and distance are those of the underlying network; concentration is the
    Herfindahl index of betweenness over 2 / n. Checked on a star, a clique and a hub without services.

    Examples
    --------
    >>> import pandas as pd
    >>> star = pd.DataFrame({"source": list("hhhhh"), "target": list("abcde")})
    >>> detect(OrgNetwork.from_ties(star))
    <FormReading lead; hub 'h'; margin 1.00>
    >>> detect(OrgNetwork.from_ties(star), nao="h").form
    'nao'
    """
    book = governance_rules(rules)
    ties = one_relation(net, relation)
    if len(net) < 3:
        raise UndefinedError(f"A network has three organizations or more; this one has {len(net)}.")
    if nao is not None and str(nao) not in net.actors.index:
        raise UndefinedError(
            f"There is no actor {nao!r} to be NAO. {nearest(str(nao), net.actors.index)}"
        )
    hub, seen, without = _seen(net, ties, nao, service)
    evidence = _evidence(seen, book)
    holds = evidence.groupby("form", sort=False)["belongs"].min()
    holds = pd.concat([holds, pd.Series({"hybrid": 1 - holds.max()})]).rename("membership")
    first, second = holds.sort_values(ascending=False).iloc[:2]
    margin, answered = float(first - second), float(net.responded.mean())
    limits = book["limits"]
    sure = margin >= limits["margin"] and answered >= limits["response_withheld"]
    form = str(holds.idxmax()) if sure and len(ties.known) else UNDETERMINED
    caveats = ["The thresholds behind this are defaults of this library."]
    if answered < limits["response_flagged"]:
        caveats.append(f"Only {answered:.0%} of the members answered.")
    if nao is None and service is None:
        caveats.append("Neither nao= nor service= was given, so every hub counts as producing.")
    return FormReading(form, holds, margin, hub, evidence, without, tuple(caveats))


def course(
    waves: Waves,
    *,
    nao: str | Mapping[Any, str | None] | None = None,
    relation: str | None = None,
    service: str | None = None,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Return the form of every wave: columns ``form, hub, margin, changed`` and the memberships.

    ``nao`` is one id, which counts in the waves it is a member of, or one per wave. ``changed`` says whether
    the form is another than in the wave before (missing where either is undetermined): it can go into
    the facts of `lifecycle.classify`.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> case = datasets.load_chronic_care()
    >>> course(case.waves, relation="information", nao="NBM", service="referral")["hub"].tolist()
    ['AZM', 'NBM', 'NBM']
    """
    rows = {}
    for wave, net in as_waves(waves).items():
        who = nao.get(wave) if isinstance(nao, Mapping) else nao
        if not isinstance(nao, Mapping) and who not in net.actors.index:
            who = None
        found = detect(net, nao=who, relation=relation, service=service, rules=rules)
        rows[wave] = {
            "form": found.form,
            "hub": found.hub,
            "margin": found.margin,
            **found.membership,
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("wave")
    before = table["form"].shift()
    known = before.notna() & (before != UNDETERMINED) & (table["form"] != UNDETERMINED)
    changed = (table["form"] != before).astype("boolean").where(known)
    table.insert(3, "changed", changed)
    return table


def _seen(
    net: OrgNetwork, ties: OrgNetwork, nao: str | None, service: str | None
) -> tuple[str, dict[str, dict[str, float]], pd.DataFrame]:
    """Return the hub, what is seen for each form, and the network with the hub and without it."""
    plain = _plain(ties)
    order = pd.DataFrame(
        {"links": centrality.degree(plain), "between": centrality.betweenness(plain)}
    )
    order = order.sort_values(["links", "between"], ascending=False, kind="stable")
    first = str(order.index[0])
    if nao is None and service is not None and not _serves(net.relation(service), first):
        nao = first
    leader = str(order.index[order.index != nao][0]) if len(order) > 1 else first
    whole = _whole(ties)
    shares = (
        order["between"] / order["between"].sum() if order["between"].any() else order["between"]
    )
    seen = {"shared": whole | {"concentration": float((shares**2).sum() * len(order) / 2)}}
    hub = leader if nao is None else nao
    rest = _whole(ties.only(ties.actors.index != hub))
    for form, center in (("lead", leader), ("nao", hub)):
        without = rest if center == hub else _whole(ties.only(ties.actors.index != center))
        seen[form] = (
            whole | _center(center, order, whole, without) | {"is_nao": float(nao is not None)}
        )
    return hub, seen, pd.DataFrame({"with": whole, "without": rest})


def _center(
    center: str, order: pd.DataFrame, whole: dict[str, float], without: dict[str, float]
) -> dict[str, float]:
    """Return how far one actor is the center, and what its loss would cost."""
    links, between = order["links"], order["between"]
    second = links.drop(center).max()
    losses = [without["fragmentation"] - whole["fragmentation"]]
    losses.append(without["distance"] / whole["distance"] - 1)
    return {
        "coverage": links[center] / (len(links) - 1) if len(links) > 1 else np.nan,
        "lead_over_second": links[center] / second if second else np.inf,
        "betweenness_rank": between[center] / between.max() if between.any() else 0.0,
        "loss": float(np.nanmax([0.0, *losses])),
    }


def _plain(net: OrgNetwork) -> OrgNetwork:
    known = net.known[["source", "target", "weight"]]
    actors = pd.DataFrame(index=net.actors.index)
    return OrgNetwork(actors, known, directed=False, duplicates="max")


def _whole(net: OrgNetwork) -> dict[str, float]:
    plain = _plain(net)
    return {
        "density": cohesion.net_density(plain),
        "centralization": cohesion.net_centralization(plain),
        "fragmentation": cohesion.net_fragmentation(plain),
        "distance": cohesion.net_distance(plain),
    }


def _serves(services: OrgNetwork, actor: str) -> bool:
    return bool(services.known[["source", "target"]].eq(actor).any(axis=None))


def _evidence(seen: Mapping[str, Mapping[str, float]], book: Mapping[str, Any]) -> pd.DataFrame:
    rows = [
        (form, name, seen[form][name], fuzzy.trapezoid(float(seen[form][name]), corners))
        for form, claims in book["structure"].items()
        for name, corners in claims.items()
    ]
    table = pd.DataFrame(rows, columns=["form", "indicator", "value", "belongs"])
    table["belongs"] = table["belongs"].fillna(0.0)
    return table.assign(agrees=table["belongs"] >= 0.5)
