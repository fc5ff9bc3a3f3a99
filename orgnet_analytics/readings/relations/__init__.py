"""How the partners relate: who bridges, who is exposed, who is bypassed, and whether trust is returned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.inference import Test, cug
from orgnet_analytics.measures import brokerage, closure
from orgnet_analytics.measures import trust as trust_measures
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import forms
from orgnet_analytics.readings.gaps import against_chance, headline_bounds, thin_caveats
from orgnet_analytics.readings.given import a_network
from orgnet_analytics.readings.relations.seen import (
    both_known,
    overlap,
    profiles,
    trust_pairs,
    whole,
)
from orgnet_analytics.readings.rulebook import Rules
from orgnet_analytics.response import bounds, symmetrize
from orgnet_analytics.response.limits import Measure

__all__ = ["FORMS", "RelationsReading", "read"]

FORMS = ("brokered by few", "closed circle", "hanging by threads", "many hands")


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class RelationsReading(forms.FormsReading):
    """How the partners relate to each other.

    The verdict is one of ``relations.FORMS``, or ``undetermined``. Beside evidence, missing, would_change,
    caveats and rules, and what every `FormsReading` has:

    Attributes
    ----------
    profile : pandas.DataFrame
        One row per actor: ``group, partners, constraint, effective_size, brokered`` (pairs), ``z`` (against
        chance), ``share`` (of all brokerage, each pair shared among its brokers), ``crossing`` (share of
        these pairs that crosses groups), ``main_role``, ``between`` (pairs it stands between), ``closed``
        (share of them tied directly), ``spared`` (directly or through another), ``returned`` (share of its
        ties); and ``bridges, exposed, bypassed`` with ``why`` it is exposed: missing for who did not answer.
        With trust also ``trust_sent, trust_received, trust_gap`` (received less sent).
    bridging, exposed, bypassed : tuple of str
        Of whom that is so.
    one_sided : pandas.DataFrame
        With trust, the pairs that rate each other of which one trusts the other much more: ``trusts, trusted,
        given, returned, gap`` (share of the highest rating).
    overlap : pandas.DataFrame
        With several relations, the share of tied pairs that have both, for every two.
    """

    profile: pd.DataFrame
    one_sided: pd.DataFrame
    overlap: pd.DataFrame

    @property
    def bridging(self) -> tuple[str, ...]:
        """Who connects groups, the busiest first."""
        return self._those("bridges", "brokered")

    @property
    def exposed(self) -> tuple[str, ...]:
        """Who depends on one or a few, the most bound first."""
        return self._those("exposed", "constraint")

    @property
    def bypassed(self) -> tuple[str, ...]:
        """Between whose partners most pairs are tied directly, the most passed first."""
        return self._those("bypassed", "between")

    def _those(self, column: str, order: str) -> tuple[str, ...]:
        rows = self.profile[self.profile[column].fillna(False).astype(bool)]
        return tuple(rows.sort_values(order, ascending=False, kind="stable").index)

    @property
    def headline(self) -> str:
        """The form, its margin, and how many bridge, are exposed, are bypassed."""
        counts = f"{len(self.bridging)} bridge, {len(self.exposed)} exposed, {len(self.bypassed)} bypassed"
        return f"{self.verdict}; margin {self.margin:.2f}; {counts}"

    def details(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield those who stand out, one-sided trust, and which relations go together."""
        marks = ["bridges", "exposed", "bypassed"]
        yield "Who stands out", self.profile[self.profile[marks].fillna(False).any(axis=1)]
        yield "One-sided trust", self.one_sided.head(10)
        yield "Which relations go together", self.overlap


def read(
    net: OrgNetwork,
    *,
    by: str,
    trust: str | OrgNetwork | None = None,
    relation: str | None = None,
    rules: Rules | None = None,
    draws: int = 200,
    seed: int = 0,
) -> RelationsReading:
    """Say how the partners relate: who bridges, who is exposed, who is bypassed, and what that makes of all.

    Who *bridges* connects more pairs than chance gives, or a quarter of all, most of them across groups. Who
    is *exposed* has one partner, hangs on a single link, or has few partners who lead back to each other. Who
    is *bypassed* stands between pairs that are nearly all tied directly: no failing, no bridge. As a whole
    the network is brokered by few, a closed circle, hanging by threads, or in many hands.

    Parameters
    ----------
    net : OrgNetwork
        The ties; with several relations also how far these go together.
    by : str
        The column of ``actors`` with the groups that are bridged.
    trust : str or OrgNetwork, optional
        The relation, or the network, of trust ratings: whose trust is returned.
    relation : str, optional
        The relation whose positions are read; needed where there are several.
    rules : dict or path, optional
        What to change in ``readings/rules/relations.yaml``.
    draws : int
        How many random networks each test draws, with ``seed``.

    Returns
    -------
    RelationsReading
        ``undetermined`` where no form holds by half, the lead is below .1, fewer than half answered, fewer
        than five take part, or it comes out in fewer than nine in ten ways to fill the unknown dyads at
        random.

    Raises
    ------
    UndefinedError
        Where there are fewer than three actors, no such column or relation, several relations and none is
        named, or trust has no direction.
    DataError
        Where the rules or draws are wrong.

    Notes
    -----
    Constraint is Burt's, roles and their expectations are those of Gould and Fernandez (1989). The forms,
    their conditions and the thresholds are our documented, overridable defaults. Reciprocity is
    judged on pairs whose both sides are known. Checked on a star, a clique, two cliques with a broker and a
    ring, all made by hand, and against counts over all triples.

    Examples
    --------
    >>> actors = pd.DataFrame({"sector": list("xyxyxy")}, index=list("habcde"))
    >>> ties = pd.DataFrame({"source": list("hhhhh"), "target": list("abcde")})
    >>> read(OrgNetwork(actors, ties, directed=False), by="sector")
    <RelationsReading hanging by threads; margin 1.00; 1 bridge, 5 exposed, 0 bypassed>
    """
    book = forms.form_rules("relations", rules)
    ties = forms.network_to_read(net, relation)
    ties.column(by)
    rated, limits = _rated(net, trust), book["limits"]
    profile = profiles(ties, by, limits)
    tests = _tests(ties, draws, seed)
    values = whole(profile) | {name: test.estimate for name, test in tests.items()}
    found = forms.judged(values, book, ties)

    def again(one: OrgNetwork) -> str:
        seen = whole(profiles(one, by, limits)) | {
            name: measure(part) for name, (part, measure) in _closed(one).items()
        }
        return forms.judged(seen, book, one).verdict

    told = forms.standing_of(ties, found, again, book)
    pairs = None if rated is None else trust_pairs(rated, limits)
    beside = [*_chance(tests, limits["chance"]), *_counts(ties, by, profile), *_strands(net, pairs)]
    return RelationsReading(
        evidence=forms.evidence(found.conditions, told["verdict"], beside),
        missing=tuple(_missing(net, ties, rated)),
        caveats=(*_caveats(ties), *thin_caveats(ties, limits)),
        profile=profile if rated is None else profile.join(_trust_of(rated)),
        one_sided=pd.DataFrame() if pairs is None else _one_sided(pairs),
        overlap=overlap(net),
        bounds=_bounds(ties),
        **told,
    )


def _rated(net: OrgNetwork, trust: str | OrgNetwork | None) -> OrgNetwork | None:
    rated = net.relation(trust) if isinstance(trust, str) else trust
    if rated is not None and not a_network(rated, "trust").directed:
        raise UndefinedError("Whether trust is returned needs ratings with a direction.")
    return rated


def _closed(ties: OrgNetwork) -> dict[str, tuple[OrgNetwork, Measure]]:
    """Return of what transitivity, and reciprocity where ties have a direction, are measured."""
    found: dict[str, tuple[OrgNetwork, Measure]] = {
        "transitivity": (symmetrize(ties), closure.net_transitivity)
    }
    if ties.directed:
        found["reciprocity"] = (both_known(ties), closure.net_reciprocity)
    return found


def _tests(ties: OrgNetwork, draws: int, seed: int) -> dict[str, Test]:
    """Return each of these against networks of the same density."""
    return {
        name: cug(net, measure, given="density", draws=draws, seed=seed)
        for name, (net, measure) in _closed(ties).items()
    }


def _chance(tests: dict[str, Test], limit: float) -> Iterator[forms.Row]:
    for name, test in tests.items():
        p, said = against_chance(test, limit)
        yield f"{name}_p", p, said, None


def _counts(ties: OrgNetwork, by: str, profile: pd.DataFrame) -> Iterator[forms.Row]:
    if ties.directed:
        z = float(brokerage.net_roles(ties, by=by).at["total", "z"])
        yield "brokerage_z", z, "brokerage in all, in standard deviations from chance", None
    told = {"bridges": "connect groups, more than chance gives or a quarter of all",
            "exposed": "depend on one or a few", "bypassed": "stand between pairs tied directly"}  # fmt: skip
    for name, said in told.items():
        marked = profile[name].fillna(False).astype(bool)
        yield name, int(marked.sum()), f"organizations that {said}", None


def _strands(net: OrgNetwork, pairs: pd.DataFrame | None) -> Iterator[forms.Row]:
    if len(net.relations) > 1:
        found = trust_measures.net_multiplexity(net)
        yield "multiplexity", found, "share of tied pairs with two or more relations", None
    if pairs is not None:
        both = pairs["gap"].notna()
        share = float(pairs.loc[both, "one_sided"].mean()) if both.any() else np.nan
        yield (
            "trust_one_sided",
            share,
            "share of pairs that rate each other with much more one way",
            None,
        )
        alone = float(1 - both.mean()) if len(pairs) else np.nan
        yield "trust_unreturned", alone, "share of pairs of which one side gives no rating", None


def _trust_of(rated: OrgNetwork) -> pd.DataFrame:
    ratings = rated.known[["source", "target", "weight"]]
    found = trust_measures.scores(ratings, items=["weight"]).actors
    made = found[["sent", "received"]].add_prefix("trust_").reindex(rated.actors.index)
    return made.assign(trust_gap=made["trust_received"] - made["trust_sent"])


def _one_sided(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs[pairs["one_sided"]].drop(columns="one_sided").reset_index(drop=True)


def _bounds(ties: OrgNetwork) -> pd.DataFrame:
    table = headline_bounds(ties, {"transitivity": closure.net_transitivity})
    if ties.directed:
        found = bounds(ties, closure.net_reciprocity, draws=50, seed=0)
        known = closure.net_reciprocity(both_known(ties))
        table.loc["reciprocity"] = [found.lowest, known, found.highest, found.exact]
    return table


def _missing(net: OrgNetwork, ties: OrgNetwork, rated: OrgNetwork | None) -> Iterator[str]:
    if len(ties.unknown):
        yield f"{len(ties.unknown)} dyads nobody reported on"
    silent = int((~ties.responded.astype(bool)).sum())
    if silent:
        yield f"the answers of {silent} organizations: nothing is said of these"
    if rated is None:
        yield "trust (trust=): whether it is returned"
    if len(net.relations) < 2:
        yield "a second relation: whether ties have several strands"


def _caveats(ties: OrgNetwork) -> Iterator[str]:
    yield "The forms and the thresholds behind them are defaults of this library."
    yield "Positions are chances, not deeds: who can bridge need not do so."
    if len(ties.unknown):
        yield "Unknown dyads count as no tie in brokerage and constraint; see the bounds."
