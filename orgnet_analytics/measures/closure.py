"""Closure: whether ties come back, and whether partners are tied to each other."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures.many_transitivities import transitivities
from orgnet_analytics.measures.underlying import per_tie, share, underlying
from orgnet_analytics.network import IntArray, OrgNetwork
from orgnet_analytics.redrawn import of_many

__all__ = [
    "clustering",
    "net_dyad_census",
    "net_reciprocity",
    "net_transitivity",
    "net_triad_census",
    "tie_is_reciprocated",
    "tie_is_simmelian",
]

DYADS = ("mutual", "asymmetric", "null")
TRIADS = (
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U",
    "030T", "030C", "201", "120D", "120U", "120C", "210", "300",
)  # fmt: skip
OPEN = ("021D", "021U", "021C", "111U", "111D", "201")


def clustering(net: OrgNetwork) -> pd.Series:
    r"""Which share of the pairs of an organization's partners work together themselves.

    .. math:: c_i = \frac{t_i}{k_i (k_i - 1) / 2}

    with k the number of partners and t the ties among them; direction plays no part.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    pandas.Series
        A share per actor, 0 to 1. High: a close circle, norms are easily kept. Low: the partners depend on
        this actor to meet. NaN below two partners.

    Notes
    -----
    Source: Watts & Strogatz (1998). Checked against networkx and a count by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "a", "b", "a"], "target": ["b", "c", "c", "d"]})
    >>> clustering(OrgNetwork.from_ties(ties)).round(2).to_dict()
    {'a': 0.33, 'b': 1.0, 'c': 1.0, 'd': nan}
    """
    values = underlying(net).transitivity_local_undirected(mode="nan")
    return net.per_actor(np.array(values, dtype=float), "clustering")


def net_reciprocity(net: OrgNetwork, *, kind: Literal["arc", "dyad"] = "arc") -> float:
    r"""How often a tie from one organization to another is returned.

    .. math:: \text{arc: } \frac{2M}{2M + A},\qquad \text{dyad: } \frac{M}{M + A}

    with M the pairs tied both ways and A those tied one way, of which it is known that the other way is no
    tie. A tie to an organization that did not answer is neither returned nor unreturned.

    Parameters
    ----------
    net : OrgNetwork
        One relation, with direction.
    kind : {"arc", "dyad"}
        The share of ties that are returned (igraph), or the share of connected pairs that are tied both ways
        (UCINET's default).

    Returns
    -------
    float
        0 to 1. High: give and take. Low: some give, others take, or one side does not see the tie. NaN
        without ties, and where ties have no direction.

    Notes
    -----
    Source: Hanneman & Riddle (2005) for the two counts on the Knoke bureaucracies, .5313 by pairs. Checked
    against R's sna and igraph, and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b", "b"], "target": ["b", "a", "c"]}))
    >>> round(net_reciprocity(net), 3), net_reciprocity(net, kind="dyad")
    (0.667, 0.5)
    """
    if kind not in ("arc", "dyad"):
        raise UndefinedError(f"There is no kind {kind!r}; there are 'arc' and 'dyad'.")
    if not net.directed:
        return float("nan")
    mutual = len(net.arcs.source) - len(net.dyads.first)
    one_way = len(net.dyads.first) - mutual - _returns_unknown(net)
    twice = 2 if kind == "arc" else 1
    return share(twice * mutual, twice * mutual + one_way)


def _returns_unknown(net: OrgNetwork) -> int:
    """Return how many ties there are of which nobody reported on the way back."""
    n, (source, target, _) = len(net), net.arcs
    return int(np.isin(target * n + source, net.gaps.source * n + net.gaps.target).sum())


@of_many(transitivities)
def net_transitivity(net: OrgNetwork) -> float:
    r"""How often the partner of a partner is a partner.

    .. math:: \frac{\#\{i \to j \to k,\; i \to k\}}{\#\{i \to j \to k\}}

    Without direction this is three times the triangles over the two-paths. A path i, j, k counts only where
    somebody reported whether i and k are tied.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    float
        0 to 1. High: dense circles. Low: chains and stars. NaN where nobody has a partner of a partner.

    Notes
    -----
    Source: Holland & Leinhardt (1971), as R's sna computes it ("weak"). Checked against R's sna on eight real
    collections of networks, and a count over all triples.

    Examples
    --------
    >>> import pandas as pd
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b", "a"], "target": ["b", "c", "c"]}))
    >>> net_transitivity(net)
    1.0
    """
    source, target, _ = net.arcs
    sent, received = (np.bincount(end, minlength=len(net)) for end in (source, target))
    if net.directed:
        paths = int(sent @ received) - 2 * int(_mutual(net).sum())
        closed = int(_lookup().closed @ _triangle_codes(net))
    else:
        ends = sent + received
        paths, closed = int((ends * (ends - 1)).sum()) // 2, 3 * len(net.triangle_sides)
    return share(closed, paths - _closures_unknown(net))


def _closures_unknown(net: OrgNetwork) -> int:
    """Return the two-paths between actors of whom nobody reported whether they are tied."""
    if not len(net.gaps.source):
        return 0
    sent = [set(row) for row in net.graph.get_adjlist("out")]
    received = [set(row) for row in net.graph.get_adjlist("in")]
    return sum(len(sent[i] & received[k]) for i, k in zip(*net.gaps, strict=True))


def tie_is_reciprocated(net: OrgNetwork) -> pd.Series:
    """Whether the organization named names the other in turn.

    Formula: true for the tie from i to j where the network also has a tie from j to i.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    pandas.Series
        True or false per known tie, on the index of ``net.known``. True: both sides see the tie. Every tie
        without direction is true.

    Notes
    -----
    Source: Hanneman & Riddle (2005). Checked against networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b", "b"], "target": ["b", "a", "c"]}))
    >>> tie_is_reciprocated(net).tolist()
    [True, True, False]
    """
    return per_tie(net, _mutual(net), "tie_is_reciprocated")


def tie_is_simmelian(net: OrgNetwork) -> pd.Series:
    """Whether both ends of a mutual tie also have mutual ties with one and the same third organization.

    Formula: true where i and j are tied both ways and some k is tied both ways to i and to j.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    pandas.Series
        True or false per known tie, on the index of ``net.known``. True: the tie stands in a group
        that watches over it, and tends to last. False: it stands by itself. Ties without direction
        count as mutual.

    Notes
    -----
    Source: Krackhardt (1998), Simmelian ties. Checked against a count over all triples.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "a", "b", "c"], "target": ["b", "c", "c", "d"]})
    >>> tie_is_simmelian(OrgNetwork.from_ties(ties, directed=False)).tolist()
    [True, True, True, False]
    """
    mutual, sides = _mutual(net), net.triangle_sides
    simmelian = np.zeros(len(mutual), dtype=bool)
    simmelian[sides[mutual[sides].all(axis=1)].ravel()] = True
    return per_tie(net, simmelian, "tie_is_simmelian")


def net_dyad_census(net: OrgNetwork) -> pd.Series:
    """How many pairs of organizations are tied both ways, one way, or not at all.

    Formula: counts over the n(n-1)/2 pairs; they add up to it.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Pairs nobody reported on count as not tied.

    Returns
    -------
    pandas.Series
        Whole numbers for ``mutual, asymmetric, null``. Ties without direction are mutual. Many asymmetric
        pairs: dependence, or two sides who do not see the same tie.

    Notes
    -----
    Source: Holland & Leinhardt (1970). Checked against R's sna on the Knoke bureaucracies (17, 15, 13) and
    igraph. No pair is undefined: with fewer than two actors all counts are 0, never NaN.

    Examples
    --------
    >>> import pandas as pd
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b", "b"], "target": ["b", "a", "c"]}))
    >>> net_dyad_census(net).to_dict()
    {'mutual': 1, 'asymmetric': 1, 'null': 1}
    """
    mutual, asymmetric = _linked_pairs(net)
    null = len(net) * (len(net) - 1) // 2 - mutual - asymmetric
    return pd.Series([mutual, asymmetric, null], list(DYADS), name="net_dyad_census")


def net_triad_census(net: OrgNetwork) -> pd.Series:
    """How many groups of three organizations show each of the sixteen possible patterns of ties.

    Formula: counts over the n(n-1)(n-2)/6 groups. The digits of a pattern are its mutual, asymmetric and null
    pairs; D, U, T and C are down, up, transitive and cyclic.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Pairs nobody reported on count as not tied.

    Returns
    -------
    pandas.Series
        Whole numbers, index ``003`` to ``300`` in the usual order. Many 300: closed circles; many 201: mutual
        ties bridged by one actor; many 021D: one actor who sends to others without ties.

    Notes
    -----
    Source: Holland & Leinhardt (1970); Davis & Leinhardt (1972). Checked against R's sna on the Knoke
    bureaucracies, igraph and networkx. Below three actors all counts are 0, never NaN.

    Examples
    --------
    >>> import pandas as pd
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> census = net_triad_census(net)
    >>> census[census > 0].to_dict()
    {'021C': 1}
    """
    n, table = len(net), _lookup()
    codes = _triangle_codes(net)
    counts = codes @ table.pattern
    counts[table.open] = _two_links(net) - codes @ table.centers
    mutual, asymmetric = _linked_pairs(net)
    elsewhere = table.links @ counts
    counts[TRIADS.index("102")] = mutual * max(n - 2, 0) - elsewhere[0]
    counts[TRIADS.index("012")] = asymmetric * max(n - 2, 0) - elsewhere[1]
    counts[0] = n * (n - 1) * (n - 2) // 6 - counts.sum()
    return pd.Series(counts, list(TRIADS), name="net_triad_census")


class _Lookup(NamedTuple):
    """What each of the 27 labelled triangles is: its pattern, closed two-paths, two-links by kind.

    Then which patterns are open two-links, and how many mutual and asymmetric pairs each pattern has.
    """

    pattern: IntArray
    closed: IntArray
    centers: IntArray
    open: list[int]
    links: IntArray


@cache
def _lookup() -> _Lookup:
    ways = [_ways(*states) for states in product((1, 2, 3), repeat=3)]
    closed = [int(((a @ a) * a).sum()) for a in ways]
    centers = [[_corner_kinds(a).count(kind) for kind in OPEN] for a in ways]
    pattern = [[int(_pattern(a) == name) for name in TRIADS] for a in ways]
    links = np.array([[int(name[0]), int(name[1])] for name in TRIADS]).T
    places = [TRIADS.index(name) for name in OPEN]
    return _Lookup(np.array(pattern), np.array(closed), np.array(centers), places, links)


def _ways(ab: int, ac: int, bc: int) -> IntArray:
    """Return the 3 by 3 matrix of a triangle; a state is 1 forth, 2 back, 3 both."""
    ways = np.zeros((3, 3), dtype=np.int64)
    for (low, high), state in zip(((0, 1), (0, 2), (1, 2)), (ab, ac, bc), strict=True):
        ways[low, high], ways[high, low] = state & 1, state >> 1
    return ways


def _corner_kinds(ways: IntArray) -> list[str]:
    """Return, for each corner, which pattern its two links would be if the third side were open."""
    kinds = []
    for v in range(3):
        others = [u for u in range(3) if u != v]
        seen = sorted(("", "in", "out", "mutual")[ways[u, v] + 2 * ways[v, u]] for u in others)
        kinds.append(_KIND_OF[seen[0], seen[1]])
    return kinds


_KIND_OF = {
    ("out", "out"): "021D", ("in", "in"): "021U", ("in", "out"): "021C",
    ("mutual", "out"): "111U", ("in", "mutual"): "111D", ("mutual", "mutual"): "201",
}  # fmt: skip


def _pattern(ways: IntArray) -> str:
    """Return the name of a triangle in the census."""
    both = ways * ways.T
    mutual = int(both.sum()) // 2
    if mutual >= 2:
        return "300" if mutual == 3 else "210"
    sent = (ways - both).sum(axis=1)
    if mutual == 0:
        return "030C" if (sent == 1).all() else "030T"
    third = int(np.flatnonzero(both.sum(axis=1) == 0)[0])
    return {2: "120D", 0: "120U"}.get(int(sent[third]), "120C")


def _linked_pairs(net: OrgNetwork) -> tuple[int, int]:
    """Return how many pairs are tied both ways, and one way."""
    mutual = int(np.count_nonzero(_mutual(net)))
    return mutual, len(net.dyads.first) - mutual


def _mutual(net: OrgNetwork) -> NDArray[np.bool_]:
    return (net.dyads.forth > 0) & (net.dyads.back > 0)


def _states(net: OrgNetwork) -> IntArray:
    return (net.dyads.forth > 0) + 2 * (net.dyads.back > 0)


def _triangle_kinds(net: OrgNetwork) -> IntArray:
    """Return which of the 27 labelled kinds each triangle is."""
    low, middle, high = (_states(net) - 1)[net.triangle_sides.T]
    kinds: IntArray = 9 * low + 3 * middle + high
    return kinds


def _triangle_codes(net: OrgNetwork) -> IntArray:
    """Return how many triangles there are of each of the 27 labelled kinds."""
    return np.bincount(_triangle_kinds(net), minlength=27)


def _two_links(net: OrgNetwork) -> IntArray:
    """Return the pairs of links at one actor, in the order of ``OPEN``, closed or not."""
    first, second, *_ = net.dyads
    states, n = _states(net), len(net)
    turned = np.array([0, 2, 1, 3])[states]
    seen = np.bincount(4 * first + states, minlength=4 * n)
    seen += np.bincount(4 * second + turned, minlength=4 * n)
    _, out, into, both = seen.reshape(n, 4).T
    pairs = [
        out * (out - 1) // 2, into * (into - 1) // 2, out * into,
        both * out, both * into, both * (both - 1) // 2,
    ]  # fmt: skip
    return np.array([kind.sum() for kind in pairs], dtype=np.int64)
