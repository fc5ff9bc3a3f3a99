"""Whether the results will last: what is lost if organizations, a sector or the funder leave."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures.cohesion import net_density
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.gaps import Odds, enough, thin_caveats
from orgnet_analytics.readings.given import Waves, as_waves, one_relation
from orgnet_analytics.readings.reading import UNDETERMINED, Reading
from orgnet_analytics.readings.resilience.holding import (
    STRUCTURE,
    TIE_BREAKS,
    fillings,
    headline,
    likeliest,
    structure_signs,
    verdict,
)
from orgnet_analytics.readings.resilience.hubs import hub
from orgnet_analytics.readings.resilience.knock_outs import knock_out
from orgnet_analytics.readings.resilience.links import Links
from orgnet_analytics.readings.resilience.psat import sustainability
from orgnet_analytics.readings.resilience.removal_curves import Curves, curves
from orgnet_analytics.readings.resilience.supports import ask
from orgnet_analytics.readings.resilience.told_losses import Told
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds
from orgnet_analytics.twomode import TwoModeNetwork

__all__ = ["Curves", "ResilienceReading", "curves", "hub", "knock_out", "read", "sustainability"]

# Every pair takes minutes in a network of thousands.
LARGEST_PAIRS = 500
KNOWN_ONLY = (
    "Losses, pairs, hub and curves are those of the known ties; there may be ways round them."
)
ALIKE = "The verdict takes whoever did not answer to name the others as often as those who did."
TOO_MANY = (
    f"Pairs that must not leave together: not looked for above {LARGEST_PAIRS} organizations."
)


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class ResilienceReading(Reading):
    """Whether a network holds without some of its members.

    Beside verdict, evidence, missing, would_change, caveats and rules:

    Attributes
    ----------
    bounds : pandas.DataFrame
        The headline numbers ``connected, worst_loss, targeted, detour``: ``known``, of the known ties alone,
        as if every unknown dyad were none; and ``lowest, likely, highest``, the median and the middle 90 %
        when unknown dyads are ties as often as the known ones tell.
    certain : float
        In which share of these fillings the verdict is the likeliest one; 1 where nothing is unknown.
    losses, pairs, groups, funder : pandas.DataFrame
        From `knock_out`: each actor, the pairs that cut off more than
        either alone, each group of ``by``, the funder;
        empty where not asked for.
    curves : Curves
        What remains as more and more leave.
    hub : pandas.Series
        From `hub`.
    competences : pandas.Series
        The only known holder of each competence that hangs on one.
    sustainability : pandas.DataFrame
        From `sustainability`; empty without scores.
    course : pandas.DataFrame
        The headline numbers of every wave.
    seed : int
        Makes the same draws again.
    """

    bounds: pd.DataFrame
    certain: float
    losses: pd.DataFrame
    pairs: pd.DataFrame
    groups: pd.DataFrame
    funder: pd.DataFrame
    curves: Curves
    hub: pd.Series
    competences: pd.Series
    sustainability: pd.DataFrame
    course: pd.DataFrame
    seed: int

    @property
    def headline(self) -> str:
        """Return the verdict with the hub and what the worst loss parts."""
        seen, worst = self.bounds["likely"], self.losses.iloc[0]
        part = f"without {worst.name!r} {seen['worst_loss']:.0%} of the pairs part"
        one = part if worst["cut_off"] else "no single known loss cuts anybody off"
        left = f"{seen['targeted']:.0%} left after the targeted loss"
        return f"{self.verdict}: {one}; {left}; hub {self.hub['actor']!r}"

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the headline numbers, the losses that cut somebody off, and all that was asked for."""
        yield "Headline numbers", self.bounds
        yield "The hub", self.hub.map(_short).to_frame("")
        hurt = self.losses[(self.losses["cut_off"] > 0) | (self.losses["outside"].str.len() > 0)]
        more = {"Who is missed": hurt, "Two together": self.pairs.head(5), "Sectors": self.groups,
                "The funder": self.funder, "One holder": self.competences.to_frame(),
                "Sustainability domains": self.sustainability}  # fmt: skip
        yield from ((title, table.map(_short)) for title, table in more.items() if len(table))
        if len(self.course) > 1:
            yield "Every wave", self.course


def read(
    waves: Waves,
    *,
    relation: str | None = None,
    by: str | None = None,
    holders: TwoModeNetwork | pd.DataFrame | None = None,
    funder: str | None = None,
    scores: pd.DataFrame | None = None,
    draws: int = 200,
    seed: int | None = None,
    rules: Rules | None = None,
) -> ResilienceReading:
    """Say whether a network is robust, depends on a few, or is fragile, and who would lose what.

    Parameters
    ----------
    waves : OrgNetwork, or dict of OrgNetwork
        One network, or several in order of time: the last is judged, the course of the others shown.
    relation : str, optional
        The kind of tie; needed where there are several.
    by : str, optional
        A column of ``actors``: the loss of every group is shown.
    holders : TwoModeNetwork or pandas.DataFrame, optional
        Who holds which competence, 1, 0 or NaN (not known).
    funder : str, optional
        The actor, or the relation, that brings the money.
    scores : pandas.DataFrame, optional
        Scores of the sustainability domains, as in `sustainability`.
    draws : int
        How many random orders of loss, and ways to fill unknown dyads.
    seed : int, optional
        Makes the same draws again.
    rules : dict or path, optional
        What to change in ``readings/rules/resilience.yaml``.

    Returns
    -------
    ResilienceReading
        ``fragile``: one loss parts many, or the targeted loss leaves fewer than half of the pairs connected.
        ``depends on a few``: any other sign is bad: the hub, single holders, the funder, a weak domain.
        ``robust``: none is. ``undetermined``: fewer than half answered, fewer than five take part, nobody is
        tied, or the verdict hangs on how the unknown dyads are filled: they are made ties at random, as often
        as the known ones tell (see `FormsReading.ways`), and one verdict must come out nine times in ten.

    Raises
    ------
    UndefinedError
        Where relations are not named, or there are fewer than three organizations.
    DataError
        Where the funder, a holder, a score or a rule is wrong.

    Notes
    -----
    The thresholds are our own defaults. Losses are taken on the map: organizations that stay would react, and
    a network that holds together need not deliver. A robust structure is no promise of results.
    Source: Borgatti (2006) for fragmentation, Luke et al. (2014) for the domains. Checked on a star, a ring,
    a clique and two cliques with one bridge, and as `knock_out`, `curves` and `hub` are.

    Examples
    --------
    >>> star = pd.DataFrame({"source": list("hhhhh"), "target": list("abcde")})
    >>> read(OrgNetwork.from_ties(star), seed=1).verdict
    'fragile'
    """
    limits = thresholds(read_rules("resilience", rules), "resilience")
    limit, every = limits["value"].to_dict(), as_waves(waves)
    judged = {wave: _judgeable(net, relation) for wave, net in every.items()}
    net, whole = list(judged.values())[-1], list(every.values())[-1]
    asked = ask(net, whole, by=by, holders=holders, funder=funder, scores=scores)
    lines = curves(net, draws=draws, seed=seed)
    links, rng = Links.of(net), np.random.default_rng(lines.seed)
    known = headline(links.graph, limit["lost"], rng, TIE_BREAKS)
    drawn = _drawn(net, links, limit["lost"], draws, rng)
    others, bounds = list(asked.signs(limit)), _bounds(known, drawn)
    signs = [*structure_signs(bounds["likely"], limit, _spans(bounds, drawn)), *others]
    likely, certain = likeliest(drawn, others, limit) if len(drawn) else (verdict(signs), 1.0)
    bare = verdict([*structure_signs(known, limit), *others])
    sure = certain >= limit["certain"] and enough(net, limit)
    told = Told(
        signs=signs,
        likely=likely,
        certain=certain,
        verdict=likely if sure and links.graph.ecount() else UNDETERMINED,
        losses=knock_out(net, holders=holders),
        pairs=_pairs(net),
        hub=hub(net),
    )
    return ResilienceReading(
        verdict=told.verdict,
        evidence=told.evidence(),
        missing=(*asked.missing(), *([TOO_MANY] if len(net) > LARGEST_PAIRS else [])),
        would_change=(*told.would_change(), *asked.would_change(limit, told.verdict)),
        caveats=(*told.caveats(), *_open(drawn, bare, told), *thin_caveats(net, limit)),
        rules=limits,
        bounds=bounds,
        certain=certain,
        losses=told.losses,
        pairs=told.pairs,
        groups=asked.groups,
        funder=asked.funder,
        curves=lines,
        hub=told.hub,
        competences=asked.competences,
        sustainability=asked.sustainability,
        course=_course(judged, limit["lost"], lines.seed),
        seed=lines.seed,
    )


def _short(value: object) -> object:
    """Return a value as it is shown: names in a row, a number with two decimals."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return round(value, 2) if isinstance(value, float) else value


def _judgeable(net: OrgNetwork, relation: str | None) -> OrgNetwork:
    ties = one_relation(net, relation)
    if len(ties) < 3:
        raise UndefinedError(
            f"A network has three organizations or more; this one has {len(ties)}."
        )
    return ties


def _pairs(net: OrgNetwork) -> pd.DataFrame:
    found = knock_out(net, pairs=True) if len(net) <= LARGEST_PAIRS else pd.DataFrame()
    return found[found["cut_off"] > found["alone"]] if len(found) else found


def _drawn(
    net: OrgNetwork, links: Links, lost: float, draws: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the headline numbers over the ways to fill the unknown dyads; no row where none is unknown.

    How often such a pair is tied is told by the known ones: see `gaps.Odds`.
    """
    if not len(links.gaps) or np.isnan(net_density(net)):
        return pd.DataFrame(columns=list(STRUCTURE), dtype=float)
    odds = Odds.of(net).of_pairs(net, *links.gaps.T)
    return fillings(links, odds, lost, draws, rng)


def _bounds(known: pd.Series, drawn: pd.DataFrame) -> pd.DataFrame:
    low, mid, high = (drawn.quantile(at) if len(drawn) else known for at in (0.05, 0.5, 0.95))
    table = pd.DataFrame({"known": known, "lowest": low, "likely": mid, "highest": high})
    return table.rename_axis("measure")


def _open(drawn: pd.DataFrame, bare: str, told: Told) -> Iterator[str]:
    """Yield what to say where dyads are unknown; ``bare`` is the verdict were none of them a tie."""
    if not len(drawn):
        return
    yield KNOWN_ONLY
    if told.verdict != UNDETERMINED:
        yield ALIKE if bare == told.verdict else f"{ALIKE} On the known ties alone it is {bare!r}."


def _spans(bounds: pd.DataFrame, drawn: pd.DataFrame) -> dict[str, str]:
    if not len(drawn):
        return {}
    ends = {row.Index: (f"{row.lowest:.0%}", f"{row.highest:.0%}") for row in bounds.itertuples()}
    return {
        name: f" ({low} to {high} over the unknown dyads)"
        for name, (low, high) in ends.items()
        if low != high
    }


def _course(waves: dict[Hashable, OrgNetwork], lost: float, seed: int) -> pd.DataFrame:
    rows = {}
    for wave, net in waves.items():
        graph = Links.of(net).graph
        seen = headline(graph, lost, np.random.default_rng(seed), TIE_BREAKS)
        rows[wave] = {"actors": len(net), "responded": net.responded.mean(), **seen}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("wave")
