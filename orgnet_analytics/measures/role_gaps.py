"""How much brokerage chance gives, and how far it swings, where some dyads are unknown.

An unknown dyad is never a tie, whatever chance does: an actor that did not answer brokers nothing, and a gap
nobody reported on never closes. The known dyads are ties with the probability d, independently. The count of
brokered pairs is a sum of products of ties. Written as sums of products of their deviations from d, its parts
of one, two and three ties are unrelated, so the variance is the sum of the squares before each of them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.kept import once
from orgnet_analytics.measures.gould_fernandez import groups, role_of
from orgnet_analytics.network import FloatArray, IntArray, OrgNetwork
from orgnet_analytics.progress import watched

MOST = 2_000
Masks = list[NDArray[np.bool_]]
"""A mask for each of the five roles and their total; without direction the two mixed roles are one, twice."""


class Known(NamedTuple):
    """Which dyads are known, the chance of a tie, and that of no tie: one where it is unknown."""

    dyads: FloatArray
    density: float
    open: FloatArray
    code: IntArray
    directed: bool

    @property
    def everyone(self) -> IntArray:
        """The positions of the actors."""
        return np.arange(len(self.code))

    @property
    def spread(self) -> float:
        """The variance of one tie."""
        return self.density * (1 - self.density)

    def roles(self, sender: Any, broker: Any, receiver: Any) -> Masks:
        """Return the places where the three make each role."""
        role = role_of(*np.broadcast_arrays(*(self.code[at] for at in (sender, broker, receiver))))
        if not self.directed:
            role = np.where(role == 3, 2, role)
        kinds = (0, 1, 2, 3, 4) if self.directed else (0, 1, 2, 2, 4)
        return [*(role == kind for kind in kinds), np.ones(role.shape, dtype=bool)]


def known_part(net: OrgNetwork, by: str) -> Known:
    """Return what is known of the dyads of ``net``."""
    n = len(net)
    if n > MOST:
        raise UndefinedError(
            f"With unknown dyads chance is worked out for up to {MOST:,} actors; there are {n:,}: "
            "choose what the unknown dyads are with response.treat first."
        )
    dyads = 1.0 - np.eye(n)
    dyads[net.gaps] = 0
    if not net.directed:
        dyads[net.gaps[::-1]] = 0
    ties = len(net.arcs.source) * (1 if net.directed else 2)
    density = ties / dyads.sum() if dyads.any() else np.nan
    gap = (1 - density * dyads) * (1 - np.eye(n))
    return Known(dyads, density, gap, groups(net, by).code, net.directed)


@once
def known_actor_moments(net: OrgNetwork, by: str) -> tuple[FloatArray, FloatArray]:
    """Return actors x columns: the expected count and its standard deviation."""
    known = known_part(net, by)
    d, s, everyone = known.density, known.spread, known.everyone
    mean, variance = np.zeros((2, len(net), 6))
    for v in watched(everyone, "brokerage by chance"):
        pairs = np.outer(known.dyads[:, v], known.dyads[v])
        for column, role in enumerate(known.roles(everyone[:, None], v, everyone)):
            ways = pairs * role
            brokered, closing = ways * known.open, (ways * known.dyads).sum()
            mean[v, column] = d**2 * brokered.sum()
            one = d**2 * sum((brokered.sum(axis=axis) ** 2).sum() for axis in (0, 1))
            two = (brokered**2).sum() + 2 * d**2 * closing
            variance[v, column] = s * (one + d**4 * closing) + s**2 * two + s**3 * closing
    return _told(mean, variance, known.directed)


@once
def known_set_moments(net: OrgNetwork, by: str) -> tuple[FloatArray, FloatArray]:
    """Return groups and, in the last row, the network x columns: expected count and standard deviation."""
    known = known_part(net, by)
    d, s, code = known.density, known.spread, known.code
    sets = int(code.max(initial=-1)) + 2
    mean, variance = np.zeros((2, sets, 6))
    whole = np.zeros((6, *known.dyads.shape))
    for group in range(sets - 1):
        before = np.zeros_like(whole)
        for v in np.flatnonzero(code == group):
            pairs = np.outer(known.dyads[:, v], known.dyads[v])
            for column, role in enumerate(known.roles(known.everyone[:, None], v, known.everyone)):
                ways = pairs * role
                brokered = ways * known.open
                before[column, :, v] += d * brokered.sum(axis=1)
                before[column, v] += d * brokered.sum(axis=0)
                before[column] -= d**2 * ways * known.dyads
                mean[[group, -1], column] += d**2 * brokered.sum()
        variance[group] += s * (before**2).sum(axis=(1, 2))
        whole += before
    variance[-1] += s * (whole**2).sum(axis=(1, 2))
    joint = _of_two_and_three if known.directed else _of_two_and_three_undirected
    for v in watched(known.everyone, "brokerage by chance"):
        variance += joint(known, v, sets)
    return _told(mean, variance, known.directed)


def _sides(known: Known, v: int) -> tuple[FloatArray, list[Masks]]:
    """Return the pairs v could broker; the roles of the three with v, the first or the second as broker."""
    one, other = known.everyone[:, None], known.everyone
    orders = ((one, v, other), (v, one, other), (one, other, v))
    pairs = np.outer(known.dyads[:, v], known.dyads[v])
    return pairs, [known.roles(*order) for order in orders]


def _of_two_and_three(known: Known, v: int, sets: int) -> FloatArray:
    """Return sets x columns: what varies two and three ties at a time, for the pairs v could broker."""
    d, s, (pairs, roles) = known.density, known.spread, _sides(known, v)
    own, found = known.code == known.code[v], np.zeros((sets, 6))
    for column, (mine, first, second) in enumerate(zip(*roles, strict=True)):
        ways = pairs * mine
        closing = ways * known.dyads
        # Two brokers may need the same two ties, one of them as the gap of the other.
        by_first = (closing * first).sum(axis=1) * known.dyads[v]
        by_second = (closing * second).sum(axis=0) * known.dyads[:, v]
        alone = s**2 * (((ways * known.open) ** 2).sum() + 2 * d**2 * closing.sum())
        alone += s**3 * closing.sum()
        shared = s**2 * d**2 * (by_first + by_second)
        found[known.code[v], column] = alone + shared[own].sum()
        found[-1, column] = alone + shared.sum()
    return found


def _of_two_and_three_undirected(known: Known, v: int, sets: int) -> FloatArray:
    """Return the same without direction, where any of three actors may broker the two others.

    Each pair counts twice, as everywhere here; `_told` halves it.
    """
    d, s, code = known.density, known.spread, known.code
    own, (pairs, roles), found = code == code[v], _sides(known, v), np.zeros((sets, 6))
    together = code[:, None] == code
    for column, (mine, first, second) in enumerate(zip(*roles, strict=True)):
        ways, closing = pairs * mine, pairs * known.dyads
        both, others = closing * mine * first, closing * first * second
        weight = known.open * mine - d * known.dyads * (1.0 * first + second)
        found[-1, column] = s**2 * (pairs * weight**2).sum()
        found[-1, column] += s**3 * (closing * (1.0 * mine + first + second) ** 2).sum() / 3
        found[code[v], column] += s**2 * ((ways * known.open) ** 2).sum()
        found[code[v], column] -= 4 * s**2 * d * (both * known.open)[own].sum()
        found[code[v], column] += s**3 * ((ways * known.dyads).sum() + 2 * both[own].sum())
        by_first = 2 * s**2 * d**2 * ((closing * first) + others * together).sum(axis=1)
        found[:-1, column] += np.bincount(code, by_first, minlength=sets - 1)
    return found


def _told(mean: FloatArray, variance: FloatArray, directed: bool) -> tuple[FloatArray, FloatArray]:
    """Return mean and spread; without direction each pair was counted twice, and a mixed one is halved."""
    if not directed:
        half = np.array([1, 1, 2, 2, 1, 1])
        mean, variance = mean / 2 / half, variance / 2 / half**2
    return mean, np.sqrt(np.maximum(variance, 0))
