"""Counts and chance expectations of the Gould-Fernandez brokerage roles.

An actor v brokers i and k when i -> v -> k and there is no tie i -> k. All two-paths of a role have
a closed form in the degrees per group; those that are closed by i -> k are triangles. The counts are
the one minus the other.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.kept import once
from orgnet_analytics.measures.triads import closed_paths
from orgnet_analytics.network import OrgNetwork

ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
COLUMNS = (*ROLES, "total")
Variance = Literal["published", "exact"]
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class Groups(NamedTuple):
    """The group of each actor as a number, and how many actors each group has."""

    code: IntArray
    size: FloatArray


@once
def groups(net: OrgNetwork, by: str) -> Groups:
    """Return the groups in column ``by``; an actor without one is a `DataError`."""
    column = net.column(by)
    code, names = pd.factorize(column)
    if (code < 0).any():
        hint = f"fill in {by!r}, or leave the actor out with net.only(...)"
        raise DataError(
            Issue("actors", "no group, so no role", row=i, column=by, suggestion=hint)
            for i in column.index[code < 0]
        )
    size = np.bincount(code, minlength=len(names)).astype(float)
    return Groups(code.astype(np.int64), size)


# By who shares a group: sender and broker count 1, broker and receiver 2, sender and receiver 4.
_ROLE_BY_SHARED = np.array([4, 2, 3, -1, 1, -1, -1, 0])


def role_of(sender: IntArray, broker: IntArray, receiver: IntArray) -> IntArray:
    """Return the position in `ROLES` that follows from the groups of the three."""
    shared = (sender == broker) + 2 * (broker == receiver) + 4 * (sender == receiver)
    role: IntArray = _ROLE_BY_SHARED[shared]
    return role


@once
def counts_by(net: OrgNetwork, by: str) -> FloatArray:
    """Return `brokered_counts` for the groups in column ``by``."""
    return brokered_counts(net, groups(net, by).code)


def brokered_counts(net: OrgNetwork, code: IntArray) -> FloatArray:
    """Return actors x roles: how many pairs each actor brokers.

    An undirected network is counted along both directions of each tie and halved, so that each pair counts
    once and a pair with one end in the broker's group is half representative, half gatekeeper.
    """
    counts = _two_paths(net, code)
    sender, broker, receiver = closed_paths(net)
    role = role_of(code[sender], code[broker], code[receiver])
    counts -= np.bincount(broker * 5 + role, minlength=counts.size).reshape(counts.shape)
    return counts if net.directed else counts / 2


def both_ways(net: OrgNetwork) -> tuple[IntArray, IntArray, FloatArray]:
    """Return the known ties as arrays; without direction, each in both directions."""
    source, target, weight = net.arcs
    if net.directed:
        return source, target, weight
    return np.concatenate([source, target]), np.concatenate([target, source]), np.tile(weight, 2)


def _two_paths(net: OrgNetwork, code: IntArray) -> FloatArray:
    """Return actors x roles: the paths i -> v -> k with i and k different, closed or not."""
    source, target, _ = both_ways(net)
    n, g = len(net), int(code.max(initial=0)) + 1
    received = _per_group(target, code[source], n, g)
    sent = _per_group(source, code[target], n, g)
    own = np.arange(n), code
    in_own, out_own = received[own], sent[own]
    in_other, out_other = received.sum(axis=1) - in_own, sent.sum(axis=1) - out_own
    same_other = np.einsum("vg,vg->v", received, sent) - in_own * out_own
    mutual_own, mutual_other = _mutual(net, code)
    return np.column_stack(
        [
            in_own * out_own - mutual_own,
            same_other - mutual_other,
            in_own * out_other,
            in_other * out_own,
            in_other * out_other - same_other,
        ]
    )


def _per_group(actor: IntArray, group: IntArray, n: int, g: int) -> FloatArray:
    return np.bincount(actor * g + group, minlength=n * g).reshape(n, g).astype(float)


def _mutual(net: OrgNetwork, code: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return per actor its mutual ties within its group and outside it."""
    first, second, forth, back = net.dyads
    mutual = np.flatnonzero((forth > 0) & (back > 0))
    first, second = first[mutual], second[mutual]
    within = code[first] == code[second]
    every, inside = (
        np.bincount(np.concatenate(ends), minlength=len(net)).astype(float)
        for ends in ((first, second), (first[within], second[within]))
    )
    return inside, every - inside


class Chances(NamedTuple):
    """What follows from ties of one probability: the chance of a brokered pair, and covariances of two.

    ``shared_tie``: the pairs need the same tie; ``shared_gap``: they need the same tie to be missing.
    """

    density: float
    brokered: float
    shared_tie: float
    shared_gap: float

    @classmethod
    def of(cls, net: OrgNetwork) -> Chances:
        """Return the chances at the density of ``net``."""
        n, m = len(net), len(net.arcs.source)
        d = m / (n * (n - 1)) * (1 if net.directed else 2) if n > 1 else np.nan
        return cls(d, d**2 * (1 - d), (d * (1 - d)) ** 3, d**5 * (1 - d))


def actor_moments(net: OrgNetwork, by: str) -> tuple[FloatArray, FloatArray]:
    """Return actors x columns: the expected count and its standard deviation, given group and density."""
    (code, size), chance = groups(net, by), Chances.of(net)
    pairs, sharing = _pairs_per_group(size, float(len(net)))
    expected = chance.brokered * pairs
    variance = expected * (1 - chance.brokered) + chance.shared_tie * sharing
    if not net.directed:
        # Each pair counts once, not twice; a mixed pair weighs half as representative and gatekeeper.
        expected, variance = expected / 2, variance / np.array([2, 2, 4, 4, 2, 2])
    return expected[code], np.sqrt(variance)[code]


def _pairs_per_group(size: FloatArray, n: float) -> tuple[FloatArray, FloatArray]:
    """Return groups x columns: the pairs a member could broker, and how many pairs of those share a tie."""
    own, other = size - 1, n - size
    two, three = size * (size - 1), size * (size - 1) * (size - 2)
    mixed = own * other * (other - 1) + other * own * (own - 1)
    everyone = np.full_like(size, n - 1)
    pairs = [own * (own - 1), two.sum() - two, own * other, own * other, _liaison_pairs(size, n)]
    sharing = [
        2 * own * (own - 1) * (own - 2),
        2 * (three.sum() - three),
        mixed,
        mixed,
        _liaison_sharing(size, n),
    ]
    pairs.append(everyone * (everyone - 1))
    sharing.append(2 * everyone * (everyone - 1) * (everyone - 2))
    return np.column_stack(pairs), np.column_stack(sharing)


def _liaison_pairs(size: FloatArray, n: float) -> FloatArray:
    squares = size**2
    pairs: FloatArray = (n - size) ** 2 - (squares.sum() - squares)
    return pairs


def _liaison_sharing(size: FloatArray, n: float) -> FloatArray:
    """Return per group 2 sum_o n_o (B - n_o)(B - n_o - 1) over the other groups; B is all their actors."""
    rest = n - size
    power = [size**k for k in range(4)]
    one, two, three = (total.sum() - own for total, own in zip(power[1:], power[1:], strict=True))
    sharing: FloatArray = 2 * (rest * (rest - 1) * one - (2 * rest - 1) * two + three)
    return sharing


def network_moments(net: OrgNetwork, by: str, variance: Variance) -> tuple[FloatArray, FloatArray]:
    """Return the expected count and its standard deviation per column, summed over all brokers."""
    size, chance, n = groups(net, by).size, Chances.of(net), float(len(net))
    pairs = _ordered_pairs(size)
    expected, sd = [], []
    for role in COLUMNS:
        as_tie, as_gap, triples, twins = _places(role, size, n, pairs)
        mean = triples * chance.brokered
        var = (
            mean * (1 - chance.brokered)
            + (pairs * _covariances(as_tie, as_gap, chance)).sum()
            + twins * mean * chance.brokered
        )
        if variance == "published":
            var = _published(role, size, n, var, mean, chance)
        expected.append(mean)
        sd.append(var)
    return np.array(expected), np.sqrt(np.array(sd))


def _ordered_pairs(size: FloatArray) -> FloatArray:
    pairs = np.outer(size, size)
    np.fill_diagonal(pairs, size * (size - 1))
    return pairs


def _covariances(as_tie: FloatArray, as_gap: FloatArray, chance: Chances) -> FloatArray:
    """Return per ordered pair x, y how the brokered pairs that use the tie x -> y vary together."""
    return (
        as_tie * (as_tie - 1) * chance.shared_tie
        + as_gap * (as_gap - 1) * chance.shared_gap
        - 2 * as_tie * as_gap * chance.brokered**2
    )


def _places(
    role: str, size: FloatArray, n: float, pairs: FloatArray
) -> tuple[FloatArray, FloatArray, float, int]:
    """Return per ordered pair of groups in how many ways x -> y serves a role: as a tie, as the gap.

    Then how many triples have the role, and how many other orderings of such a triple that share two
    of its ties have it too.
    """
    same = np.eye(len(size), dtype=bool)
    x, y = np.broadcast_arrays(size[:, None], size[None, :])
    third_same, third_other = np.where(same, x - 2, 0.0), np.where(same, n - x, 0.0)
    third_x, third_y = np.where(same, 0.0, x - 1), np.where(same, 0.0, y - 1)
    neither, anyone = np.where(same, 0.0, n - x - y), np.full_like(pairs, n - 2)
    as_tie, as_gap, twins = {
        "coordinator": (2 * third_same, third_same, 2),
        "consultant": (third_x + third_y, third_other, 0),
        "representative": (third_other + third_x, third_x, 1),
        "gatekeeper": (third_y + third_other, third_y, 1),
        "liaison": (2 * neither, neither, 2),
        "total": (2 * anyone, anyone, 2),
    }[role]
    return as_tie, as_gap, float((pairs * as_gap).sum()), twins


def _published(
    role: str, size: FloatArray, n: float, exact: float, mean: float, chance: Chances
) -> float:
    """Return the variance as published: it treats some pairs that exclude each other as unrelated."""
    d, q = chance.density, chance.brokered
    if role in ("coordinator", "total"):
        return exact + 2 * mean * q
    if role in ("representative", "gatekeeper"):
        mixed = size * (n - size) * (size - 1)
        extra = (n - 3) * (d * (1 - d)) ** 3 + (size - 2) * d**5 * (1 - d)
        return float(mean * (1 - q) + (mixed * extra).sum())
    return exact
