"""Ties counted by the kinds of organization at their ends."""

from __future__ import annotations

import numpy as np
import pandas as pd

from orgnet_analytics.network import FloatArray, IntArray, OrgNetwork


def groups(net: OrgNetwork, by: str) -> tuple[IntArray, list[object]]:
    """Return the group of each actor as a number (-1 for none) and the groups in order."""
    codes, labels = pd.factorize(net.column(by), sort=True)
    return codes.astype(np.int64), list(labels)


def sides(net: OrgNetwork, codes: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return, per actor, the ties to other groups and those within the own group."""
    source, target, _ = net.arcs
    ends = np.concatenate([source, target])
    mine, theirs = codes[ends], codes[np.concatenate([target, source])]
    known, same = (mine >= 0) & (theirs >= 0), mine == theirs
    return (
        np.bincount(ends[known & ~same], minlength=len(net)).astype(float),
        np.bincount(ends[known & same], minlength=len(net)).astype(float),
    )


def mixing(source: IntArray, target: IntArray, kinds: int) -> FloatArray:
    """Return the share of ties from each group to each group."""
    known = (source >= 0) & (target >= 0)
    cells = np.bincount(source[known] * kinds + target[known], minlength=kinds**2).astype(float)
    shares: FloatArray = cells.reshape(kinds, kinds) / max(int(known.sum()), 1)
    return shares
