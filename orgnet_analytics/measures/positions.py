"""Positions: which organizations are tied to the same others, or to others of the same kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, UndefinedError
from orgnet_analytics.frames import OwnFrame
from orgnet_analytics.measures.profiles import correlations, distances, matches
from orgnet_analytics.measures.rege import rege
from orgnet_analytics.measures.underlying import share
from orgnet_analytics.network import FloatArray, IntArray, OrgNetwork

__all__ = ["BlockModel", "blockmodel", "concor", "regular_equivalence", "structural_equivalence"]

SETTLED = 1e-9
ROUNDS = 1000


@dataclass(frozen=True, eq=False)
class BlockModel:
    """Positions, and the ties between them.

    Attributes
    ----------
    partition : pandas.Series
        The block of each actor.
    density : pandas.DataFrame
        The share of possible ties from each block (row) to each block (column); with several relations, the
        rows are relation and block. NaN within a block of one.
    image : pandas.DataFrame
        True where the density is at least that of the whole relation: who relates to whom, in outline.
    fit : float
        Which share of the variance between dyads the densities explain; NaN where all dyads are alike.
    """

    partition: pd.Series = OwnFrame()
    density: pd.DataFrame = OwnFrame()
    image: pd.DataFrame = OwnFrame()
    fit: float = float("nan")


def structural_equivalence(
    net: OrgNetwork,
    *,
    method: Literal["correlation", "euclidean", "matching"] = "correlation",
    weighted: bool = False,
) -> pd.DataFrame:
    """How alike two organizations are in whom they are tied to.

    Formula: the correlation, the distance, or the share of equal entries of their profiles: everything they
    send and receive, in every relation of the network, own diagonal included as no tie. Two organizations are
    compared on what is known of both; a distance is then scaled up to the whole profile, as in R's ``dist``.

    Parameters
    ----------
    net : OrgNetwork
        One relation or several.
    method : {"correlation", "euclidean", "matching"}
        How profiles are compared.
    weighted : bool
        Whether the strength of ties counts.

    Returns
    -------
    pandas.DataFrame
        Actors by actors. Correlation -1 to 1 and matching 0 to 1: high is alike. Euclidean from 0: low is
        alike; 0 is interchangeable. Alike actors compete, or can stand in for one another. The correlation is
        NaN for an actor tied to nobody, or to all, and where nothing is known of both.

    Notes
    -----
    Source: Breiger, Boorman & Arabie (1975) for the correlations. Checked against the matrix published to
    eight digits for the Knoke bureaucracies, and networkx's adjacency with numpy.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "b", "d"], "target": ["c", "c", "c"]})
    >>> float(structural_equivalence(OrgNetwork.from_ties(ties), method="euclidean").loc["a", "b"])
    0.0
    """
    ways = {"correlation": correlations, "euclidean": distances, "matching": matches}
    if method not in ways:
        choices = "'correlation', 'euclidean' and 'matching'"
        raise UndefinedError(f"There is no method {method!r}; there are {choices}.")
    ids = net.actors.index
    return pd.DataFrame(ways[method](*_profiles(net, weighted)), index=ids, columns=ids)


def concor(net: OrgNetwork, *, splits: int = 2, weighted: bool = False) -> BlockModel:
    """Which organizations hold the same position, found by splitting the network in two, and again.

    Formula: the correlations of the profiles of `structural_equivalence` are correlated with each other until
    every one is 1 or -1; the signs part the actors. Each part is split in the same way, from its own
    profiles.

    Parameters
    ----------
    net : OrgNetwork
        One relation or several.
    splits : int
        How often to split: 2 gives up to four blocks. Parts of one or two actors, and of actors all alike,
        stay together.
    weighted : bool
        Whether the strength of ties counts.

    Returns
    -------
    BlockModel
        See there; blocks are numbered from 1, the first holding the first actor. A clear image: positions
        with a role towards each other. An actor tied to nobody has a correlation of NaN, taken as 0.

    Raises
    ------
    UndefinedError
        For splits below 1.

    Notes
    -----
    Source: Breiger, Boorman & Arabie (1975). Checked against the correlations and the first split published
    for the Knoke bureaucracies.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": [*"aabb"], "target": [*"cdcd"]})
    >>> concor(OrgNetwork.from_ties(ties), splits=1).partition.to_dict()
    {'a': 1, 'b': 1, 'c': 2, 'd': 2}
    """
    if splits < 1:
        raise UndefinedError(f"splits is 1 or more, got {splits}.")
    profiles, known = _profiles(net, weighted)
    parts: list[IntArray] = [np.arange(len(net))] if len(net) else []
    for _ in range(splits):
        parts = [half for part in parts for half in _halves(part, profiles, known)]
    block = np.zeros(len(net), dtype=np.int64)
    for number, part in enumerate(sorted(parts, key=lambda part: int(part[0])), start=1):
        block[part] = number
    return blockmodel(net, partition=net.per_actor(block, "block"))


def blockmodel(net: OrgNetwork, partition: pd.Series | Mapping[str, Any] | str) -> BlockModel:
    r"""How the positions of a network relate to each other.

    .. math:: d_{rs} = \frac{\#\{i \to j : i \in r, j \in s\}}{\#\{\text{dyads } r \text{ to } s\}},\qquad
              \text{fit} = 1 - \frac{\sum (a_{ij} - d_{r(i) s(j)})^2}{\sum (a_{ij} - \bar a)^2}

    over the dyads somebody reported on.

    Parameters
    ----------
    net : OrgNetwork
        One relation or several.
    partition : pandas.Series, mapping or str
        The block of each actor by id, or the column of ``actors`` that holds it.

    Returns
    -------
    BlockModel
        ``density`` and ``image`` in the order of the blocks; ``fit`` 0 to 1. High fit: knowing the positions
        is nearly knowing the ties. NaN densities within blocks of one; NaN fit where all dyads are alike.

    Raises
    ------
    DataError
        Listing every actor without a block.

    Notes
    -----
    Source: White, Boorman & Breiger (1976). Checked by a count over all dyads and a regression on block
    pairs.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": [*"aabb"], "target": [*"cdcd"]})
    >>> found = blockmodel(OrgNetwork.from_ties(ties), partition={"a": 1, "b": 1, "c": 2, "d": 2})
    >>> float(found.density.loc[1, 2]), found.fit
    (1.0, 1.0)
    """
    block = _blocks(net, partition)
    codes, labels = pd.factorize(block, sort=True)
    member = np.eye(len(labels))[codes]
    index = pd.Index(labels, name="block")
    densities, images, off, spread = {}, {}, 0.0, 0.0
    for kind, (cells, known) in _matrices(net).items():
        ties, dyads = (cells > 0).astype(float), known & ~np.eye(len(net), dtype=bool)
        room = member.T @ dyads @ member
        room[room == 0] = np.nan
        density = member.T @ ties @ member / room
        whole = share(ties.sum(), dyads.sum())
        off += float(((ties - density[codes][:, codes])[dyads] ** 2).sum())
        spread += float(((ties - whole)[dyads] ** 2).sum())
        densities[kind] = pd.DataFrame(density, index, index)
        images[kind] = pd.DataFrame((density >= whole) & (density > 0), index, index)
    fit = 1 - off / spread if spread > 0 else float("nan")
    return BlockModel(block, _stacked(densities), _stacked(images), fit)


def regular_equivalence(
    net: OrgNetwork, *, rounds: int = 3, weighted: bool = False
) -> pd.DataFrame:
    r"""How alike two organizations are in the kinds of others they are tied to.

    .. math:: s_{ij} = \frac{\sum_k \max_m s_{km} \,(m_{ijkm} + m_{jikm})}
              {\sum_k \max^*_m (M_{ijkm} + M_{jikm})}

    Each partner k of one is matched with the most equivalent partner m of the other, in what is sent and
    received; the denominator is what a full match would have given. REGE, starting from all alike.

    Parameters
    ----------
    net : OrgNetwork
        One relation or several.
    rounds : int
        How often the similarities are refined.
    weighted : bool
        Whether the strength of ties counts.

    Returns
    -------
    pandas.DataFrame
        Actors by actors, 0 to 1; the diagonal is 1. High: the same role, with different partners, as two case
        managers each with their own clients. Without direction and weights all actors with ties are alike.
        Two isolates are alike (1), an isolate and another are not (0); never NaN. Dyads nobody reported on
        count as no tie.

    Raises
    ------
    UndefinedError
        For rounds below 1.

    Notes
    -----
    Source: White & Reitz (1985), the algorithm REGE. Checked against its formula written out pair by pair,
    and a tree of command, whose levels are the classes.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["chair", "chair", "x", "y"], "target": ["x", "y", "a", "b"]})
    >>> found = regular_equivalence(OrgNetwork.from_ties(ties))
    >>> float(found.loc["x", "y"]), float(found.loc["x", "a"])
    (1.0, 0.15)
    """
    if rounds < 1:
        raise UndefinedError(f"rounds is 1 or more, got {rounds}.")
    cells = np.stack([cells for cells, _ in _matrices(net, weighted).values()])
    ids = net.actors.index
    return pd.DataFrame(rege(cells, rounds), index=ids, columns=ids)


def _matrices(
    net: OrgNetwork, weighted: bool = True
) -> dict[str, tuple[FloatArray, NDArray[np.bool_]]]:
    """Return the matrix of each relation, and which of its cells are known; an unknown cell is 0."""
    found = {}
    for kind in net.relations or ("",):
        cells = (net.relation(kind) if kind else net).to_matrix().to_numpy(copy=True)
        known = ~np.isnan(cells)
        cells[~known] = 0
        found[kind] = cells if weighted else (cells > 0).astype(float), known
    return found


def _profiles(net: OrgNetwork, weighted: bool) -> tuple[FloatArray, FloatArray]:
    """Return everything each actor sends and receives, a column per actor, and what of it is known."""
    pairs = _matrices(net, weighted).values()
    both = [
        np.vstack([side for one in part for side in (one, one.T)])
        for part in zip(*pairs, strict=True)
    ]
    return both[0], both[1].astype(float)


def _halves(part: IntArray, profiles: FloatArray, known: FloatArray) -> list[IntArray]:
    """Return the two sides the correlations of correlations settle on, or the part itself."""
    if len(part) < 3:
        return [part]
    table = np.nan_to_num(correlations(profiles[:, part], known[:, part]))
    np.fill_diagonal(table, 1)
    for _ in range(ROUNDS):
        if np.abs(np.abs(table) - 1).max() < SETTLED:
            break
        table = np.nan_to_num(correlations(table, np.ones_like(table)), nan=1.0)
    with_first = table[0] > 0
    return [part] if with_first.all() else [part[with_first], part[~with_first]]


def _blocks(net: OrgNetwork, partition: pd.Series | Mapping[str, Any] | str) -> pd.Series:
    """Return the block of every actor, or raise with all that have none."""
    if isinstance(partition, str):
        block = net.column(partition)
    else:
        block = pd.Series(partition).reindex(net.actors.index)
    missing = block.index[block.isna()]
    if len(missing):
        raise DataError([Issue("partition", "the actor has no block", value=i) for i in missing])
    whole = block.dtype == np.float64 and (block == block.round()).all()
    return (block.astype(np.int64) if whole else block).rename("block")


def _stacked(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    if len(tables) == 1:
        return next(iter(tables.values()))
    return pd.concat(tables, names=["relation"])
