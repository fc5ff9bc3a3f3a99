"""Whether the groups that work closely in one way also do so in another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, UndefinedError, name_list, nearest, not_whole
from orgnet_analytics.measures import cohesion
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.gaps import answered, response_caveats
from orgnet_analytics.readings.given import a_network
from orgnet_analytics.readings.reading import UNDETERMINED, Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds

OVERLAPPING, CHANCE = "overlapping cliques", "no more overlap than chance"


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class IntegrationReading(Reading):
    """Whether the cliques of two relations are made of the same organizations.

    Attributes
    ----------
    verdict : str
        ``overlapping cliques``, ``no more overlap than chance`` or ``undetermined``.
    overlap : pandas.DataFrame
        Cliques of the first relation by cliques of the second: the share of members they have in common.
    context : pandas.DataFrame
        Row per relation: ``density, centralization``, how many ``cliques``, the ``largest`` of them, and the
        share of the members ``in_cliques``.
    members : pandas.DataFrame
        Row per organization: in how many cliques of each relation it is, and whether in one of ``both``.
    p : float
        How often chance gives as much overlap, were it chance who stands where; NaN without cliques.
    """

    overlap: pd.DataFrame
    context: pd.DataFrame
    members: pd.DataFrame
    p: float

    @property
    def headline(self) -> str:
        """The verdict, with the overlap of the cliques and how often chance gives as much."""
        if math.isnan(self.p):
            return self.verdict
        mean = self.evidence.set_index("indicator").at["clique_overlap", "value"]
        return f"{self.verdict} (mean overlap {mean:.2f}; p = {self.p:.3f})"

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the relations and the organizations."""
        yield "Relations", self.context
        yield "Organizations", self.members


def integration(
    net: OrgNetwork,
    *,
    relations: Sequence[str] | None = None,
    smallest: int = 3,
    permutations: int = 1000,
    seed: int = 0,
    rules: Rules | None = None,
) -> IntegrationReading:
    r"""Say whether those who work closely together in one way also do so in another.

    Where the same small groups refer clients to one another and plan their care together, services can fit
    together for one client without everybody having to know everybody.

    .. math:: \frac{1}{2} \Big( \frac{1}{p} \sum_{a} \max_b J_{ab} + \frac{1}{q} \sum_{b} \max_a J_{ab} \Big)

    with :math:`J_{ab}` the members that clique a of the first relation and clique b of the second share, over
    all members of the two.

    Parameters
    ----------
    net : OrgNetwork
        A network with both relations, such as referral and a shared care plan.
    relations : sequence of two str, optional
        Which two; needed where there are more.
    smallest : int
        The fewest members that make a clique.
    permutations : int
        How often the organizations of the second relation are shuffled.
    seed : int
        Which shuffles are drawn; the same seed gives the same answer.
    rules : dict or path, optional
        What to change in the thresholds of ``readings/rules/effectiveness.yaml``.

    Returns
    -------
    IntegrationReading
        ``undetermined`` where a relation has no clique, or fewer than half answered.

    Raises
    ------
    UndefinedError
        Where there are no two relations to compare, or they are not named.

    Notes
    -----
    Provan and Sebastian (1998) relate overlapping cliques across relations to effectiveness; this formula,
    and the comparison with chance (dense relations overlap anyhow), are ours. Cliques are those of the
    underlying network of known ties; for ties that both confirm, symmetrize first. Checked against sets of
    cliques, and against trying every order of the organizations in small networks.

    Examples
    --------
    >>> import pandas as pd
    >>> pairs = [(x, y) for trio in ("abc", "def", "ghi") for x in trio for y in trio if x < y]
    >>> ties = [(*pair, kind) for kind in ("referral", "planning") for pair in pairs]
    >>> net = OrgNetwork.from_ties(pd.DataFrame(ties, columns=["source", "target", "relation"]))
    >>> integration(net)
    <IntegrationReading overlapping cliques (mean overlap 1.00; p = 0.004)>
    """
    table = thresholds(read_rules("effectiveness", rules), "effectiveness")
    limits = table["value"].to_dict()
    pair = _pair(net, relations)
    wrong = [*not_whole(permutations, "permutations"), *not_whole(seed, "seed", least=0)]
    if wrong:
        raise DataError(wrong)
    parts = [net.relation(one) for one in pair]
    first, second = (cohesion.cliques(one, smallest=smallest) for one in parts)
    overlap = cohesion.clique_overlap(*parts, smallest=smallest)
    found = _mean_overlap(overlap.to_numpy())
    p, usual = _against_chance(first.to_numpy(), second.to_numpy(), found, permutations, seed)
    told = min(answered(one) for one in parts) >= limits["response_withheld"]
    sure = told and not math.isnan(p)
    verdict = UNDETERMINED if not sure else OVERLAPPING if p < limits["chance"] else CHANCE
    members = pd.DataFrame({pair[0]: first.sum(axis=1), pair[1]: second.sum(axis=1)})
    members["both"] = (members > 0).all(axis=1)
    return IntegrationReading(
        verdict=verdict,
        evidence=_evidence(found, usual, p, overlap, members, limits),
        missing=tuple(
            f"There is no clique in {name}."
            for name, one in zip(pair, (first, second), strict=True)
            if one.empty
        ),
        would_change=tuple(_would_change(verdict, p, limits)),
        caveats=tuple(_caveats(parts, limits)),
        rules=table,
        overlap=overlap,
        context=_context(pair, parts, (first, second)),
        members=members,
        p=p,
    )  # fmt: skip


def _pair(net: OrgNetwork, relations: Sequence[str] | None) -> tuple[str, str]:
    known = a_network(net).relations
    if relations is None:
        if len(known) != 2:
            raise UndefinedError(
                f"Overlap compares two relations; this network has {len(known)}"
                + (f": {', '.join(known)}. Name two with relations=." if known else ".")
            )
        return known[0], known[1]
    named = name_list(relations, "relations")
    strange = [one for one in named if one not in known]
    if strange:
        hint = nearest(strange[0], known)
        raise UndefinedError(f"There is no relation {strange[0]!r}. {hint}".strip())
    if len(set(named)) != 2 or len(named) != 2:
        raise UndefinedError(f"Overlap compares two relations, got {', '.join(named)}.")
    return named[0], named[1]


def _mean_overlap(overlap: NDArray[np.float64]) -> float:
    """Return how much a clique shares with the one of the other relation that is most like it."""
    if not overlap.size:
        return math.nan
    return float((overlap.max(axis=1).mean() + overlap.max(axis=0).mean()) / 2)


def _against_chance(
    first: NDArray[np.bool_], second: NDArray[np.bool_], found: float, permutations: int, seed: int
) -> tuple[float, float]:
    """Return how often shuffled organizations give as much overlap, and how much they give on average."""
    if math.isnan(found):
        return math.nan, math.nan
    chance = np.random.default_rng(seed)
    a, b = first.astype(float), second.astype(float)
    sizes = a.sum(axis=0)[:, None] + b.sum(axis=0)
    drawn = np.empty(permutations)
    for i in range(permutations):
        shared = a.T @ b[chance.permutation(len(b))]
        drawn[i] = _mean_overlap(shared / (sizes - shared))
    return float((np.sum(drawn >= found - 1e-12) + 1) / (permutations + 1)), float(drawn.mean())


def _context(
    pair: tuple[str, str], parts: Sequence[OrgNetwork], found: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    rows = {
        name: (
            cohesion.net_density(one),
            cohesion.net_centralization(one),
            cliques.shape[1],
            int(cliques.sum().max()) if not cliques.empty else 0,
            float(cliques.any(axis=1).mean()),
        )
        for name, one, cliques in zip(pair, parts, found, strict=True)
    }
    columns = ["density", "centralization", "cliques", "largest", "in_cliques"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("relation")


def _evidence(
    found: float, usual: float, p: float, overlap: pd.DataFrame, members: pd.DataFrame,
    limits: Mapping[str, float],
) -> pd.DataFrame:  # fmt: skip
    known = not math.isnan(p)
    more = p < limits["chance"] if known else None
    return evidence_table(
        [
            ("clique_overlap", found, "1: every clique is one in both relations", None),
            ("overlap_by_chance", usual, "mean were it chance who stands where", None),
            ("p", p, ("more than chance" if more else "as chance gives") if known else "no cliques",
             True if known else None),
            ("same_cliques", int((overlap == 1).to_numpy().sum()), "cliques that are one in both", None),
            ("members_in_both", float(members["both"].mean()), "share in a clique of each", None),
        ]
    )  # fmt: skip


def _would_change(verdict: str, p: float, limits: Mapping[str, float]) -> Iterator[str]:
    if verdict == UNDETERMINED:
        yield "Cliques in both relations, known from more of the members."
    else:
        side = "above" if verdict == OVERLAPPING else "below"
        yield f"A p {side} {limits['chance']:g} (now {p:.3f}), or another smallest clique."


def _caveats(parts: Sequence[OrgNetwork], limits: Mapping[str, float]) -> Iterator[str]:
    yield "Overlap says that services could fit together, not that clients are better off."
    yield "Cliques are read from the known ties, in whichever direction they run."
    yield from dict.fromkeys(said for one in parts for said in response_caveats(one, limits))
