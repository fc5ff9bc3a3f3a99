"""Every brokered pair by itself: for strengths and shared credit, which degrees cannot tell.

Senders are taken a few at a time, so that memory holds the pairs of some senders, never of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.measures.gould_fernandez import both_ways, role_of
from orgnet_analytics.network import OrgNetwork

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
AT_ONCE = 2_000_000


class OpenPaths(NamedTuple):
    """Paths sender -> broker -> receiver without a tie sender -> receiver, and their two strengths."""

    sender: IntArray
    broker: IntArray
    receiver: IntArray
    inward: FloatArray
    outward: FloatArray


def open_paths(net: OrgNetwork) -> Iterator[OpenPaths]:
    """Yield all open paths, those of one sender always together; undirected ones both ways."""
    n = len(net)
    source, target, weight = both_ways(net)
    order = np.argsort(source, kind="stable")
    source, target, weight = source[order], target[order], weight[order]
    first = np.searchsorted(source, np.arange(n + 1))
    ties = np.sort(source * n + target)
    for arcs in _chunks(source, np.diff(first)[target]):
        sent = np.diff(first)[target[arcs]]
        step = np.repeat(arcs, sent)
        onward = np.repeat(first[target[arcs]] - np.cumsum(sent) + sent, sent) + np.arange(
            len(step)
        )
        sender, receiver = source[step], target[onward]
        key = sender * n + receiver
        place = np.minimum(np.searchsorted(ties, key), len(ties) - 1)
        keep = (sender != receiver) & (ties[place] != key)
        step, onward = step[keep], onward[keep]
        yield OpenPaths(source[step], target[step], target[onward], weight[step], weight[onward])


def _chunks(source: IntArray, cost: IntArray) -> Iterator[IntArray]:
    """Yield runs of arcs, whole senders each, that lead to about `AT_ONCE` paths."""
    if len(source) == 0:
        return
    so_far = np.cumsum(cost) // AT_ONCE
    new_sender = np.flatnonzero(np.diff(source)) + 1
    cuts = new_sender[np.diff(so_far[np.concatenate([[0], new_sender])]) > 0]
    yield from np.split(np.arange(len(source)), cuts)


def credited_roles(net: OrgNetwork, code: IntArray, *, valued: bool, partial: bool) -> FloatArray:
    """Return actors x roles, each pair by the weaker of its ties or by 1, shared among its brokers or not."""
    n, held = len(net), np.zeros((len(net), 5))
    for path in open_paths(net):
        credit = np.minimum(path.inward, path.outward) if valued else np.ones(len(path.broker))
        if partial:
            _, pair, brokers = np.unique(
                path.sender * n + path.receiver, return_inverse=True, return_counts=True
            )
            credit = credit / brokers[pair]
        held += per_role(path, code, credit, n)
    return held if net.directed else held / 2


def per_role(path: OpenPaths, code: IntArray, credit: FloatArray, n: int) -> FloatArray:
    """Return actors x roles: the credit of each path, summed at its broker."""
    role = role_of(code[path.sender], code[path.broker], code[path.receiver])
    summed = np.bincount(path.broker * 5 + role, credit, minlength=n * 5)
    return summed.astype(float).reshape(n, 5)
