"""Where each organization stands on a drawing: one place, shared by every wave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.network import OrgNetwork

FloatArray = NDArray[np.float64]

WIDTH, HEIGHT = 2.0, 1.5
CELL, SHELF, GAP = 1 / 3, 0.24, 0.16
ITERATIONS_FROM = 1500


def layout(net: OrgNetwork | Mapping[Any, OrgNetwork], *, seed: int = 1) -> pd.DataFrame:
    """Give every organization a place, so that those who are tied stand near each other.

    Ties of all waves and relations count alike, so that a place means the same in each of them. The
    largest component fills a box of 2 by 1.5; smaller ones and organizations without ties stand below
    it, on shelves, and take no room from it.

    Parameters
    ----------
    net : OrgNetwork or dict of OrgNetwork
        One network, or its waves.
    seed : int
        Of the start of the search. The same networks and seed give the same places.

    Returns
    -------
    pandas.DataFrame
        Columns ``x, y``; one row per actor of any wave.

    Notes
    -----
    Kamada and Kawai's method, which draws distances in the network as distances on paper, started from
    classical scaling; then near neighbours are pushed apart a little to make room for names.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> places = layout(datasets.load_knoke())
    >>> places.shape, bool(places["x"].abs().max() <= 1)
    ((10, 2), True)
    """
    waves = [net] if isinstance(net, OrgNetwork) else list(net.values())
    if not waves:
        raise DataError("there is no network to lay out")
    graph, ids = _union(waves)
    if not len(ids):
        return pd.DataFrame({"x": [], "y": []}, index=ids, dtype=float)
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
    rng = np.random.default_rng(seed)
    places = np.zeros((len(ids), 2))
    shelves = parts
    top = HEIGHT / 2
    if len(parts[0]) > 2:
        main, *shelves = parts
        places[main] = _spread(graph.induced_subgraph(main), rng) * (WIDTH / 2, HEIGHT / 2)
        top = -HEIGHT / 2 - GAP
    _shelve(graph, shelves, places, top, rng)
    return pd.DataFrame(places, index=ids, columns=["x", "y"])


def _union(waves: list[OrgNetwork]) -> tuple[igraph.Graph, pd.Index]:
    ids = pd.Index(pd.unique(np.concatenate([np.asarray(w.actors.index, object) for w in waves])))
    ties = pd.concat([wave.known[["source", "target"]] for wave in waves])
    ends = np.sort(
        np.column_stack([ids.get_indexer(ties["source"]), ids.get_indexer(ties["target"])])
    )
    edges = np.unique(ends, axis=0) if len(ends) else ends
    return igraph.Graph(n=len(ids), edges=edges.tolist()), ids.astype("str")


def _spread(graph: igraph.Graph, rng: np.random.Generator) -> FloatArray:
    """Return places within [-1, 1] both ways."""
    n = graph.vcount()
    if n < 3:
        return np.column_stack([np.linspace(-0.5, 0.5, n) if n > 1 else np.zeros(n), np.zeros(n)])
    if n > ITERATIONS_FROM:
        start = rng.normal(size=(n, 2))
        places = np.array(graph.layout_fruchterman_reingold(seed=start.tolist(), niter=200).coords)
    else:
        start = _scaled(np.array(graph.distances(), dtype=float))
        start += rng.normal(scale=0.05, size=start.shape)
        places = np.array(graph.layout_kamada_kawai(seed=start.tolist()).coords)
    return _boxed(_apart(_boxed(_turned(places))))


def _scaled(distances: FloatArray) -> FloatArray:
    """Return classical scaling in two dimensions."""
    n = len(distances)
    centred = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centred @ distances**2 @ centred)
    places: FloatArray = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1e-9))
    # The sign of an axis is arbitrary: fix it, so that every machine draws the same.
    signs = np.sign(places[np.abs(places).argmax(axis=0), [0, 1]])
    return places * np.where(signs == 0, 1, signs)


def _turned(places: FloatArray) -> FloatArray:
    """Return the drawing turned so that its long side lies flat."""
    centred = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes * np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1, 1)[:, None]
    turned: FloatArray = centred @ axes.T
    return turned


def _boxed(places: FloatArray) -> FloatArray:
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    # A chain has hardly a second side: do not blow that up to the full height.
    flat = np.minimum(span / span.max() / 0.25, 1.0)
    boxed: FloatArray = (2 * (places - low) / span - 1) * flat
    return boxed


def _apart(places: FloatArray, rounds: int = 60) -> FloatArray:
    """Push those that stand too near from each other, a little at a time."""
    n = len(places)
    if n > ITERATIONS_FROM:
        return places
    near = 0.75 * 2 / np.sqrt(n)
    for _ in range(rounds):
        gaps = places[:, None] - places[None]
        lengths = np.sqrt((gaps**2).sum(axis=2))
        np.fill_diagonal(lengths, np.inf)
        short = np.maximum(near - lengths, 0)
        pushes = (gaps / np.maximum(lengths, 1e-6)[:, :, None]) * short[:, :, None]
        places = places + 0.2 * pushes.sum(axis=1)
    return places


def _shelve(
    graph: igraph.Graph,
    parts: list[list[int]],
    places: FloatArray,
    top: float,
    rng: np.random.Generator,
) -> None:
    """Place small components from left to right, shelf below shelf."""
    left, depth = -WIDTH / 2, 0.0
    for part in parts:
        n = len(part)
        width = CELL if n == 1 else min(WIDTH, CELL * (1 + np.sqrt(n)))
        height = SHELF if n < 3 else SHELF * np.sqrt(n)
        if left + width > WIDTH / 2 + 1e-9:
            left, top, depth = -WIDTH / 2, top - depth, 0.0
        inner = np.array([max(width - CELL, 0), max(height - SHELF, 0)]) / 2
        centre = np.array([left + width / 2, top - height / 2])
        places[part] = _spread(graph.induced_subgraph(part), rng) * inner + centre
        left, depth = left + width, max(depth, height)
