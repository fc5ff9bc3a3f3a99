"""Who governs the network, whether that form fits, and where it pulls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError, nearest
from orgnet_analytics.measures import centrality, cohesion
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import forms
from orgnet_analytics.readings.gaps import enough, headline_bounds, pair_density, thin_caveats
from orgnet_analytics.readings.given import Waves, as_waves
from orgnet_analytics.readings.governance.form_fit import FitReading, fit, tensions
from orgnet_analytics.readings.governance.form_rules import FORMS, UNDETERMINED, governance_rules
from orgnet_analytics.readings.governance.told_facts import GovernanceFacts, facts
from orgnet_analytics.readings.rulebook import Rules
from orgnet_analytics.response import symmetrize

__all__ = [
    "FORMS",
    "FitReading",
    "FormReading",
    "GovernanceFacts",
    "course",
    "detect",
    "facts",
    "fit",
    "tensions",
]

HEADLINE = {
    "centralization": cohesion.net_centralization,
    "fragmentation": cohesion.net_fragmentation,
}


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class FormReading(forms.FormsReading):
    """The form of governance that the ties show.

    Beside verdict, evidence, missing, would_change, caveats and rules, and what every `FormsReading` has; a
    hybrid holds as far as 1 less the largest of the others:

    Attributes
    ----------
    form : str
        The verdict: ``shared``, ``lead``, ``nao``, ``hybrid`` or ``undetermined``.
    hub : str
        The network administrative organization, else the actor tied to most others.
    without_hub : pandas.DataFrame
        Density, fragmentation, mean distance and centralization ``with`` the hub and ``without`` it.
    """

    hub: str
    without_hub: pd.DataFrame

    @property
    def form(self) -> str:
        """The verdict."""
        return self.verdict

    @property
    def headline(self) -> str:
        """The form, the hub and the margin."""
        return f"{self.form}; hub {self.hub!r}; margin {self.margin:.2f}"

    def details(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the network with its hub and without it."""
        yield f"With and without {self.hub}", self.without_hub

    def row(self) -> pd.Series:
        """Return form, hub, margin, memberships and the network as a whole."""
        told = {"verdict": self.verdict, "hub": self.hub, "margin": self.margin}
        return pd.Series(told | self.membership.to_dict() | self.without_hub["with"].to_dict())


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
        ``undetermined`` where the lead is below .1, fewer than half answered, fewer than five take part,
        nobody is tied, or it comes out in fewer than nine in ten ways to fill the unknown dyads at random.

    Raises
    ------
    UndefinedError
        Where ``nao`` is no actor, relations are not named, or there are fewer than three actors.
    DataError
        Where the rules are wrong.

    Notes
    -----
    The forms are those of Provan and Kenis (2008); conditions and thresholds are our documented, overridable
    defaults. Centralization and distance are those of the underlying network; density is that among pairs
    whose both sides are known; concentration is the
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
    ties = forms.network_to_read(net, relation)
    if nao is not None and str(nao) not in net.actors.index:
        raise UndefinedError(
            f"There is no actor {nao!r} to be NAO. {nearest(str(nao), net.actors.index)}"
        )
    plain = symmetrize(ties)
    if nao is None and service is not None:
        nao = _idle_hub(plain, net.relation(service))
    hub, seen, without = _seen(ties, plain, nao)
    found = _judged(seen, book, ties)

    def again(one: OrgNetwork) -> str:
        return _judged(_seen(one, symmetrize(one), nao)[1], book, one).verdict

    told = forms.standing_of(ties, found, again, book, "structure")
    return FormReading(
        evidence=forms.evidence(found.conditions, told["verdict"]),
        missing=_missing(nao, service, plain),
        caveats=(*_caveats(nao, service), *thin_caveats(ties, book["limits"])),
        hub=hub,
        without_hub=without,
        bounds=headline_bounds(ties, HEADLINE),
        **told,
    )


def _judged(
    seen: Mapping[str, Mapping[str, float]], book: Mapping[str, Any], ties: OrgNetwork
) -> forms.Judged:
    """Return the form that holds most, hybrid as far as none of the others does."""
    conditions, limits = forms.weighed(seen, book["structure"]), book["limits"]
    holds = forms.membership(conditions)
    holds = pd.concat([holds, pd.Series({"hybrid": 1 - holds.max()})]).rename("membership")
    best, margin = forms.lead(holds)
    sure = margin >= limits["margin"] and enough(ties, limits) and len(ties.known)
    return forms.Judged(best if sure else UNDETERMINED, holds, margin, conditions)


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


def _caveats(nao: str | None, service: str | None) -> Iterator[str]:
    yield "The thresholds behind this are defaults of this library."
    if nao is None and service is None:
        yield "Neither nao= nor service= was given, so every hub counts as producing."


def _missing(nao: str | None, service: str | None, plain: OrgNetwork) -> tuple[str, ...]:
    said = []
    if nao is None and service is None:
        said.append("whether the hub produces services itself (nao= or service=)")
    if len(plain.unknown):
        said.append(f"{len(plain.unknown)} dyads nobody reported on")
    return tuple(said)


def _order(plain: OrgNetwork) -> pd.DataFrame:
    """Return the actors from most to fewest partners, those between most others first."""
    order = pd.DataFrame(
        {"links": centrality.degree(plain), "between": centrality.betweenness(plain)}
    )
    return order.sort_values(["links", "between"], ascending=False, kind="stable")


def _idle_hub(plain: OrgNetwork, services: OrgNetwork) -> str | None:
    """Return the hub where it has no ties of service: it coordinates and produces nothing."""
    hub = str(_order(plain).index[0])
    serves = services.known[["source", "target"]].eq(hub).any(axis=None)
    return None if serves else hub


def _seen(
    ties: OrgNetwork, plain: OrgNetwork, nao: str | None
) -> tuple[str, dict[str, dict[str, float]], pd.DataFrame]:
    """Return the hub, what is seen for each form, and the network with the hub and without it."""
    order = _order(plain)
    leader = str(order.index[order.index != nao][0])
    whole, between = _whole(ties, plain), order["between"]
    shares = between / between.sum() if between.any() else between
    seen = {"shared": whole | {"concentration": float((shares**2).sum() * len(order) / 2)}}
    hub = leader if nao is None else nao
    rest = _left(ties, plain, hub)
    for form, center in (("lead", leader), ("nao", hub)):
        without = rest if center == hub else _left(ties, plain, center)
        told = {"is_nao": float(nao is not None)}
        seen[form] = whole | _center(center, order, whole, without) | told
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
        "coverage": links[center] / (len(links) - 1),
        "lead_over_second": links[center] / second if second else np.inf,
        "betweenness_rank": between[center] / between.max() if between.any() else 0.0,
        "loss": float(np.nanmax([0.0, *losses])),
    }


def _left(ties: OrgNetwork, plain: OrgNetwork, gone: str) -> dict[str, float]:
    """Return the network without one actor, as a whole."""
    stay = ties.actors.index != gone
    return _whole(ties.only(stay), plain.only(stay))


def _whole(ties: OrgNetwork, plain: OrgNetwork) -> dict[str, float]:
    return {
        "density": pair_density(ties),
        "centralization": cohesion.net_centralization(plain),
        "fragmentation": cohesion.net_fragmentation(plain),
        "distance": cohesion.net_distance(plain),
    }
