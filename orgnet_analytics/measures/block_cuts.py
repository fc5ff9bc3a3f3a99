"""What each actor's removal leaves of its own component, for all actors from one search for cutpoints.

Two actors fall apart without v only if v is a cutpoint between them. The blocks (biconnected components)
and the cutpoints they share make a forest, and the sizes of its branches are those of the parts v leaves.
"""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

import numpy as np

from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.network import IntArray


class Left(NamedTuple):
    """The sizes of the components; per actor its own, its size, and what removal leaves of it."""

    sizes: IntArray
    component: IntArray
    size: IntArray
    parts: IntArray
    largest: IntArray
    pairs: IntArray


def left_by_each(graph: igraph.GraphBase) -> Left:
    """Return for every actor the parts its removal leaves: number, largest, connected pairs."""
    component = np.array(igraph.GraphBase.connected_components(graph), dtype=np.int64)
    sizes = np.bincount(component)
    size = sizes[component]
    parts, largest = np.minimum(size - 1, 1), size - 1
    pairs = largest * (largest - 1) // 2
    for cut, fallen in _around_cutpoints(graph, size):
        parts[cut], largest[cut] = len(fallen), max(fallen)
        pairs[cut] = sum(one * (one - 1) // 2 for one in fallen)
    return Left(sizes, component, size, parts, largest, pairs)


def _around_cutpoints(graph: igraph.GraphBase, size: IntArray) -> list[tuple[int, list[int]]]:
    """Return every cutpoint with the sizes of the parts its removal leaves.

    The class behind ``Graph`` tells each block as the links of a tree that spans it; ``Graph`` would spend
    most of the time on making lists of actors of them.
    """
    trees, cutpoints = igraph.GraphBase.biconnected_components(graph, True)
    if not cutpoints:
        return []
    links = np.array([len(tree) for tree in trees], dtype=np.int64)
    block_of = np.full(graph.ecount(), -1)
    block_of[_joined(trees)] = np.repeat(np.arange(len(trees)), links)
    met = [graph.incident(cut) for cut in cutpoints]
    block = block_of[_joined(met)]
    joints = np.unique(block * len(size) + np.repeat(cutpoints, [len(at) for at in met]))
    block, cut = np.divmod(joints[joints >= 0], len(size))
    inside = links + 1 - np.bincount(block, minlength=len(trees))
    return _branches(block.tolist(), cut.tolist(), inside.tolist(), size)


def _joined(lists: list[list[int]]) -> IntArray:
    return np.fromiter(chain.from_iterable(lists), np.int64)


def _branches(
    block: list[int], cut: list[int], inside: list[int], size: IntArray
) -> list[tuple[int, list[int]]]:
    """Return the sizes of the branches at each cutpoint of the forest of blocks and cutpoints.

    ``block`` and ``cut`` are the two ends of its links, ``inside`` the actors in one block only.
    """
    blocks_of: dict[int, list[int]] = {}
    cuts_of: dict[int, list[int]] = {}
    for one, joint in zip(block, cut, strict=True):
        blocks_of.setdefault(joint, []).append(one)
        cuts_of.setdefault(one, []).append(joint)
    below: dict[int, list[int]] = {joint: [] for joint in blocks_of}
    for one, above in reversed(_from_the_top(blocks_of, cuts_of)):
        held = sum(1 + sum(below[joint]) for joint in cuts_of[one] if joint != above)
        if above is not None:
            below[above].append(inside[one] + held)
    for joint, sizes in below.items():
        above_it = int(size[joint]) - 1 - sum(sizes)
        if above_it:
            sizes.append(above_it)
    return list(below.items())


def _from_the_top(
    blocks_of: dict[int, list[int]], cuts_of: dict[int, list[int]]
) -> list[tuple[int, int | None]]:
    """Return each block with the cutpoint above it (None at a top), every block after those above it."""
    order: list[tuple[int, int | None]] = []
    seen: set[int] = set()
    for top in cuts_of:
        if top in seen:
            continue
        waiting: list[tuple[int, int | None]] = [(top, None)]
        seen.add(top)
        while waiting:
            one, above = waiting.pop()
            order.append((one, above))
            for joint in cuts_of[one]:
                if joint != above:
                    new = [other for other in blocks_of[joint] if other != one]
                    seen.update(new)
                    waiting.extend((other, joint) for other in new)
    return order
