"""How much brokerage chance gives a whole group, and a whole undirected network, and how far it swings.

Two brokered pairs vary together where they need the same tie, or need the same tie to be missing, or where
one needs it and the other needs it to be missing. So it is enough to know of every pair of actors, by their
groups, in how many ways a tie between them serves a role (``tie``) and its absence does (``gap``). Brokered
pairs on the same three actors share more than one of these; ``doubles`` counts them, to set that right.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from orgnet_analytics.measures.gould_fernandez import Chances, groups
from orgnet_analytics.network import FloatArray, OrgNetwork

ROLES = ("coordinator", "consultant", "mixed", "liaison", "total")
COLUMNS = [0, 1, 2, 2, 3, 4]  # what representative and gatekeeper share stands under "mixed"
HALVED = np.array([1, 1, 2, 2, 1, 1])


class Ways(NamedTuple):
    """How a role comes about, pairs without direction: per group, or for the network in one row.

    ``own`` is about pairs within a group, ``cross`` about pairs of two groups, ``outside`` holds pairs that
    are a gap only (how many, and in how many ways). ``triples`` are the pairs that could be brokered.
    """

    own_tie: FloatArray
    own_gap: FloatArray
    cross_tie: FloatArray
    cross_gap: FloatArray
    outside: tuple[FloatArray, FloatArray]
    triples: FloatArray
    doubles: FloatArray


def group_moments(net: OrgNetwork, by: str) -> tuple[FloatArray, FloatArray]:
    """Return groups x columns: the expected brokerage by all members together, and its standard deviation."""
    size, chance = groups(net, by).size, Chances.of(net)
    found = [_spread(role, size, _of_group(role, size), chance, net.directed) for role in ROLES]
    expected, variance = np.array(found)[COLUMNS].transpose(1, 2, 0)
    if not net.directed:
        # Each pair counts once; a mixed one half as representative, half as gatekeeper.
        expected, variance = expected / HALVED, variance / HALVED**2
    return expected, np.sqrt(variance)


def undirected_moments(net: OrgNetwork, by: str) -> tuple[FloatArray, FloatArray]:
    """Return per column the expected brokerage of an undirected network, and its standard deviation."""
    size, chance = groups(net, by).size, Chances.of(net)
    ways = {role: _of_network(role, size) for role in ROLES}
    found = [_spread(role, size, ways[role], chance, False, 0.5).sum(axis=1) for role in ROLES]
    expected, variance = np.array(found)[COLUMNS].T
    return expected / HALVED, np.sqrt(variance) / HALVED


def _spread(
    role: str, size: FloatArray, ways: Ways, chance: Chances, directed: bool, across: float = 1
) -> FloatArray:
    """Return mean and variance, a column per group; pairs of two groups count ``across`` in the row of each.

    With direction every pair counts in both, but a mixed one is of one kind only: then a tie within the group
    serves it one way, and a tie across in one of its directions.
    """
    q = chance.brokered
    twice = 2 if directed and role != "mixed" else 1
    one_way = 2 if directed and role == "mixed" else 1
    own = size * (size - 1) / 2 * (2 if directed else 1)
    cross = (np.outer(size, size) - np.diag(size**2)) * across
    mean = ways.triples * twice * q
    together = (
        own * _covary(ways.own_tie / one_way, ways.own_gap, chance)
        + (cross * _covary(ways.cross_tie, ways.cross_gap, chance)).sum(axis=1) * twice
        + ways.outside[0] * _covary(np.zeros_like(size), ways.outside[1], chance) * twice
    )
    double = q**2 if directed else q**2 - chance.shared_tie
    return np.array([mean, mean * (1 - q) + together + ways.doubles * twice * double])


def _covary(tie: FloatArray, gap: FloatArray, chance: Chances) -> FloatArray:
    """Return how the brokered pairs that need one tie, or need it missing, vary together."""
    return (
        tie * (tie - 1) * chance.shared_tie
        + gap * (gap - 1) * chance.shared_gap
        - 2 * tie * gap * chance.brokered**2
    )


def _of_group(role: str, size: FloatArray) -> Ways:
    """Return how the members of each group come to a role."""
    n, none, other = size.sum(), np.zeros_like(size), np.zeros((len(size), len(size)))
    own, x = size - 1, other + size
    rest, squares = n - size, (size**2).sum() - size**2
    pairs = size * (size - 1)
    alike, unlike = (squares - rest) / 2, (rest**2 - squares) / 2
    mine = other + own[:, None]
    return {
        "coordinator": Ways(2 * (size - 2), size - 2, other, other, (none, none),
                            pairs * (size - 2) / 2, pairs * (size - 2)),
        "consultant": Ways(none, none, x - 1, other, (alike, size), size * alike, none),
        "mixed": Ways(2 * rest, none, mine, mine, (none, none), pairs * rest, pairs * rest),
        "liaison": Ways(none, none, rest[:, None] - x, other, (unlike, size), size * unlike, none),
        "total": Ways(none + 2 * (n - 2), size - 2, other + n - 2, mine, (rest * (rest - 1) / 2, size),
                      size * (n - 1) * (n - 2) / 2, pairs * (n - 2)),
    }[role]  # fmt: skip


def _of_network(role: str, size: FloatArray) -> Ways:
    """Return how all actors come to a role; only the sums over the groups have a meaning."""
    n, none, other = size.sum(), np.zeros_like(size), np.zeros((len(size), len(size)))
    both, nothing = size[:, None] + size, (none, none)
    of_group = _of_group(role, size)
    triples = of_group.triples
    everyone, far = none + n - 2, n - both
    return {
        "coordinator": of_group,
        "consultant": Ways(none, n - size, both - 2, other, nothing, triples, none),
        "mixed": Ways(2 * (n - size), none, both - 2, both - 2, nothing, triples, triples),
        "liaison": Ways(none, none, 2 * far, far, nothing, triples, 2 * triples),
        "total": Ways(
            2 * everyone,
            everyone,
            other + 2 * (n - 2),
            other + n - 2,
            nothing,
            triples,
            2 * triples,
        ),
    }[role]
