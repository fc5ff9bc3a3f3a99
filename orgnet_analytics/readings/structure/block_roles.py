"""What role each block of a network plays towards the others: does it give, receive, keep to itself."""

from __future__ import annotations

import numpy as np
import pandas as pd

from orgnet_analytics.measures.positions import BlockModel
from orgnet_analytics.network import OrgNetwork

# Whether a block gives to others, receives from others, and is tied within, more than the network at large.
ROLES = {
    (True, True, True): "heart",
    (True, True, False): "go-between",
    (True, False, True): "giver",
    (True, False, False): "giver",
    (False, True, True): "receiver",
    (False, True, False): "receiver",
    (False, False, True): "circle apart",
    (False, False, False): "margin",
}


def block_roles(net: OrgNetwork, blocks: BlockModel) -> pd.DataFrame:
    """Return a row per block: members, densities within, given and received, and its role in a word.

    A density is high where it is at least that of the whole network, as in the image of the block model. The
    words are ours.

    Examples
    --------
    >>> from orgnet_analytics.measures.positions import blockmodel
    >>> ties = pd.DataFrame({"source": [*"aabb"], "target": [*"cdcd"]})
    >>> net = OrgNetwork.from_ties(ties)
    >>> block_roles(net, blockmodel(net, partition={"a": 1, "b": 1, "c": 2, "d": 2}))["role"].to_dict()
    {1: 'giver', 2: 'receiver'}
    """
    codes, labels = pd.factorize(blocks.partition, sort=True)
    source, target, _ = net.arcs
    if not net.directed:
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
    members = np.bincount(codes, minlength=len(labels))
    counts = np.zeros((len(labels), len(labels)))
    np.add.at(counts, (codes[source], codes[target]), 1)
    inside, n = np.diag(counts), len(net)
    table = pd.DataFrame(
        {
            "members": members,
            "within": _over(inside, members * (members - 1)),
            "gives": _over(counts.sum(axis=1) - inside, members * (n - members)),
            "receives": _over(counts.sum(axis=0) - inside, members * (n - members)),
        },
        index=pd.Index(labels, name="block"),
    )
    dense = table[["gives", "receives", "within"]].ge(len(source) / (n * (n - 1)))
    dense &= table[dense.columns] > 0
    words = [
        ROLES[bool(gives), bool(takes), bool(within)] for gives, takes, within in dense.to_numpy()
    ]
    return table.assign(role=words)


def _over(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)
