"""Networks from and to other forms: square matrices, igraph and networkx."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.frames import square_cells
from orgnet_analytics.light_igraph import igraph

if TYPE_CHECKING:
    import networkx as nx

    from orgnet_analytics.network import OrgNetwork

STATES = {"unknown": np.nan, "no_tie": 0.0}
Tables = tuple[pd.DataFrame, pd.DataFrame]


def tables_of_matrix(
    matrix: pd.DataFrame | NDArray[Any],
    actors: pd.DataFrame | Sequence[str] | None,
    *,
    directed: bool,
    relation: str | None,
) -> Tables:
    """Return the actors and ties of a square matrix; every cell other than 0 is a row."""
    ids, cells, found = square_cells(matrix, actors)
    if not found and not directed and not np.array_equal(cells, cells.T, equal_nan=True):
        found.append(Issue("matrix", "not symmetric, so its ties have a direction",
                           suggestion="directed=True, or symmetrize first"))  # fmt: skip
    if found:
        raise DataError(found)
    keep = ~(cells == 0) if directed else np.triu(~(cells == 0))
    np.fill_diagonal(keep, val=False)
    rows, columns = np.nonzero(keep)
    ties = pd.DataFrame(
        {"source": ids[rows], "target": ids[columns], "weight": cells[rows, columns]}
    )
    if relation is not None:
        ties.insert(2, "relation", relation)
    return (actors if isinstance(actors, pd.DataFrame) else pd.DataFrame(index=ids)), ties


def tables_of_igraph(graph: igraph.Graph) -> Tables:
    """Return the actors and ties of an igraph graph, with their attributes."""
    ids = graph.vs["name"] if "name" in graph.vs.attributes() else range(graph.vcount())
    actors = pd.DataFrame(
        {key: graph.vs[key] for key in graph.vs.attributes() if key != "name"},
        index=pd.Index([str(i) for i in ids]),
    )
    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    ties = pd.DataFrame(
        {key: graph.es[key] for key in graph.es.attributes()}
        | {"source": actors.index[ends[:, 0]], "target": actors.index[ends[:, 1]]}
    )
    return actors, _with_states(ties, {key: graph[key] for key in graph.attributes()})


def tables_of_networkx(graph: nx.Graph[Any]) -> Tables:
    """Return the actors and ties of a networkx graph, with their attributes."""
    actors = pd.DataFrame.from_dict(dict(graph.nodes(data=True)), orient="index")
    actors = actors.reindex(list(graph.nodes))
    actors.index = pd.Index([str(node) for node in graph.nodes])
    edges = [{**data, "source": str(u), "target": str(v)} for u, v, data in graph.edges(data=True)]
    ties = pd.DataFrame(edges) if edges else pd.DataFrame({"source": [], "target": []})
    return actors, _with_states(ties, graph.graph)


def igraph_of(net: OrgNetwork) -> igraph.Graph:
    """Return an igraph graph of the known ties, with every attribute."""
    graph, known = net.graph.copy(), net.known
    graph.vs["name"] = list(net.actors.index)
    for column in net.actors.columns:
        graph.vs[str(column)] = net.actors[column].tolist()
    for column in known.columns.drop(["source", "target", "weight"]):
        graph.es[str(column)] = known[column].tolist()
    for state, told in _states_told(net.ties).items():
        graph[state] = told
    return graph


def networkx_of(net: OrgNetwork) -> nx.Graph[Any]:
    """Return a networkx graph of the known ties, with every attribute."""
    import networkx as nx

    graph: nx.Graph[Any] = nx.DiGraph(name=net.name) if net.directed else nx.Graph(name=net.name)
    rows = net.actors.to_dict("records")
    graph.add_nodes_from((str(i), row) for i, row in zip(net.actors.index, rows, strict=True))
    graph.add_edges_from(
        (row.pop("source"), row.pop("target"), row) for row in net.known.to_dict("records")
    )
    graph.graph |= _states_told(net.ties)
    return graph


def matrix_of(net: OrgNetwork) -> pd.DataFrame:
    """Return the square table of weights."""
    ids, arcs, gaps = net.actors.index, net.arcs, net.gaps
    cells = np.zeros((len(net), len(net)))
    cells[arcs.source, arcs.target], cells[gaps.source, gaps.target] = arcs.weight, np.nan
    if not net.directed:
        cells[arcs.target, arcs.source], cells[gaps.target, gaps.source] = arcs.weight, np.nan
    return pd.DataFrame(cells, index=ids, columns=ids)


def _states_told(ties: pd.DataFrame) -> dict[str, str]:
    """Return the dyads that are no ties as texts a graph can carry: ``unknown`` and ``no_tie``."""
    rows = {"unknown": ties["weight"].isna(), "no_tie": ties["weight"] == 0}
    return {
        state: json.dumps(ties.loc[here, ["source", "target"]].to_numpy().tolist())
        for state, here in rows.items()
        if here.any()
    }


def _with_states(ties: pd.DataFrame, told: Mapping[str, Any]) -> pd.DataFrame:
    """Return the ties with the dyads that `_states_told` wrote beside them."""
    kind = {"relation": ties["relation"].iloc[0]} if "relation" in ties and len(ties) else {}
    parts = [ties if "weight" in ties else ties.assign(weight=1.0)]
    for state, weight in STATES.items():
        if state in told:
            pairs = pd.DataFrame(_pairs(state, told[state]), columns=["source", "target"])
            parts.append(pairs.assign(weight=weight, **kind))
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else ties


def _pairs(state: str, text: Any) -> list[list[str]]:
    try:
        pairs = json.loads(text)
        readable = all(len(pair) == 2 and all(isinstance(i, str) for i in pair) for pair in pairs)
    except (TypeError, ValueError):
        readable = False
    if not readable:
        hint = "remove this attribute of the graph, or give it another name"
        raise DataError(Issue("graph", "wanted a list of pairs as text", "", state, text, hint))
    found: list[list[str]] = pairs
    return found
