"""GraphML and GEXF: every graph in the file, looked over by defusedxml before it is read.

An edge is a tie, in every program. Dyads that are unknown, and what is known to be no tie of an actor that
did not answer, stand beside the actor as text: a list of the others, by relation where there are several.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.graph_parts import Parts
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
NETWORK_CANVAS = "{http://schema.networkcanvas.com/xmlns}"
STATES = {"unknown_to": np.nan, "no_tie_to": 0.0}
IGRAPH = b"Created by igraph"
GEXF_WORDS = ("viz", "start", "end", "slices", "spells", "pid", "parents", "id", "timeformat")


def read_graphml(path: Path) -> list[Parts]:
    """Return every graph of a GraphML file."""
    from networkx.readwrite.graphml import GraphMLReader

    raw, tree = _checked(path)
    try:
        graphs = list(GraphMLReader(node_type=str)(path=io.BytesIO(raw)))
    except Exception as problem:
        raise _unreadable(path, "GraphML", problem) from None
    if not graphs:
        raise DataError(Issue(path.name, "no graph stands in it"))
    graphs = [_named(graph) for graph in graphs] if IGRAPH in raw[:2_000] else graphs
    parts = [_parts(graph) for graph in graphs]
    cases = [graph.get(NETWORK_CANVAS + "caseId") for graph in tree.iter(GRAPHML + "graph")]
    if any(cases):
        for part, case in zip(parts, cases, strict=True):
            _of_network_canvas(part, str(case or ""))
    return parts


def _named(graph: Any) -> Any:
    """Return a graph igraph wrote under the names of its vertices, which igraph keeps as an attribute."""
    import networkx as nx

    names = {node: str(data["name"]) for node, data in graph.nodes(data=True) if "name" in data}
    if len(set(names.values())) < len(graph):
        return graph
    for _, data in graph.nodes(data=True):
        del data["name"]
    return nx.relabel_nodes(graph, names)


def _of_network_canvas(part: Parts, case: str) -> None:
    """Name the network after who was asked, and take the kind of tie from where Network Canvas puts it."""
    part.name = part.name or case
    if "networkCanvasType" in part.ties and "relation" not in part.ties:
        part.ties = part.ties.rename(columns={"networkCanvasType": "relation"})


def read_gexf(path: Path) -> list[Parts]:
    """Return the graph of a GEXF file."""
    import networkx as nx

    raw, _ = _checked(path)
    try:
        graph = nx.read_gexf(io.BytesIO(raw), node_type=str)
    except Exception as problem:
        raise _unreadable(path, "GEXF", problem) from None
    parts = _parts(graph)
    labels = parts.actors.get("label")
    if labels is not None and labels.tolist() == parts.actors.index.tolist():
        parts.actors = parts.actors.drop(columns="label")
    # how a vertex or an edge was drawn is no attribute of an organization
    parts.actors = parts.actors.drop(columns="viz", errors="ignore")
    parts.ties = parts.ties.drop(columns=["id", "viz"], errors="ignore")
    return [parts]


def _checked(path: Path) -> tuple[bytes, Any]:
    """Return the bytes and the tree of an XML file without entities of its own."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    raw = path.read_bytes()
    try:
        tree = fromstring(raw)
    except DefusedXmlException:
        raise DataError(
            Issue(path.name, "declares entities of its own, which is refused")
        ) from None
    except Exception as problem:
        raise _unreadable(path, "XML", problem) from None
    return raw, tree


def _unreadable(path: Path, kind: str, problem: Exception) -> DataError:
    row = getattr(problem, "position", ("",))[0]
    return DataError(Issue(path.name, f"not {kind} this can read", row, value=str(problem)[:80]))


def _parts(graph: Any) -> Parts:
    ids = [str(node) for node in graph.nodes]
    actors = pd.DataFrame(
        [data for _, data in graph.nodes(data=True)], index=pd.Index(ids, dtype="str")
    )
    if "responded" in actors:
        actors["responded"] = actors["responded"].map(_flag)
    rows = [{"source": str(u), "target": str(v), **data} for u, v, data in graph.edges(data=True)]
    ties = pd.DataFrame(rows) if rows else pd.DataFrame({"source": [], "target": []}, dtype="str")
    if "weight" in ties:
        ties["weight"] = ties["weight"].fillna(1) if _no_nan_written(rows) else ties["weight"]
    beside = list(_beside(actors))
    if beside:
        actors = actors.drop(columns=list(STATES), errors="ignore")
        ties = ties if "weight" in ties else ties.assign(weight=1.0)
        ties = pd.concat([ties, pd.DataFrame(beside)], ignore_index=True)
    if "relation" in ties:
        ties["relation"] = ties["relation"].astype("str").fillna("")
    name = graph.graph.get("name") or graph.graph.get("id") or ""
    kind = actors.get("bipartite")
    if kind is None or not kind.isin([0, 1]).all() or ties.empty:
        return Parts(actors, ties, graph.is_directed(), str(name))
    return _two_mode(actors, ties, kind == 1, str(name))


def _two_mode(actors: pd.DataFrame, ties: pd.DataFrame, event: pd.Series, name: str) -> Parts:
    swap = ties["source"].isin(actors.index[event])
    ties.loc[swap, ["source", "target"]] = ties.loc[swap, ["target", "source"]].to_numpy()
    table = actors.drop(columns="bipartite")
    first, second = (part.dropna(axis=1, how="all") for part in (table[~event], table[event]))
    return Parts(first, ties, True, name, second)


def _beside(actors: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield a row per dyad that stands beside an actor as unknown, or as no tie."""
    for state, weight in STATES.items():
        told = actors[state].dropna() if state in actors else pd.Series(dtype=object)
        for actor, text in told.items():
            for relation, others in _listed(actor, state, text).items():
                kind = {"relation": relation} if relation else {}
                for other in others:
                    yield {"source": actor, "target": other, "weight": weight} | kind


def _listed(actor: Any, state: str, text: Any) -> dict[str, list[str]]:
    """Return the others in a text beside an actor, by relation; without relations under the empty name."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        found = None
    parts = {"": found} if isinstance(found, list) else found
    if not isinstance(parts, dict) or not all(
        isinstance(others, list) and all(isinstance(one, str) for one in others)
        for others in parts.values()
    ):
        hint = "remove this attribute of the actors, or give it another name"
        raise DataError(Issue("actors", "wanted a list of names as text", actor, state, text, hint))
    return parts


def _flag(value: Any) -> Any:
    return {"true": True, "false": False}.get(str(value).lower(), value)


def _no_nan_written(rows: list[dict[str, Any]]) -> bool:
    return not any(row.get("weight") != row.get("weight") for row in rows)


def write_graphml(net: OrgNetwork | TwoModeNetwork, path: Path) -> list[str]:
    """Write a network as GraphML; return what the format cannot hold."""
    import networkx as nx

    graph, lost = _graph(net, ())
    nx.write_graphml_xml(graph, path, infer_numeric_types=False)
    return lost


def write_gexf(net: OrgNetwork | TwoModeNetwork, path: Path) -> list[str]:
    """Write a network as GEXF; return what the format cannot hold."""
    import networkx as nx

    graph, lost = _graph(net, GEXF_WORDS)
    nx.write_gexf(graph, path)
    return lost


def _graph(net: OrgNetwork | TwoModeNetwork, reserved: tuple[str, ...]) -> tuple[Any, list[str]]:
    """Return a networkx graph of plain values, and the columns that had to be left out."""
    import networkx as nx

    two = isinstance(net, TwoModeNetwork)
    lost: list[str] = []
    several = len(getattr(net, "relations", ())) > 1
    directed = not two and getattr(net, "directed", False)
    kinds = {(True, True): nx.MultiDiGraph, (True, False): nx.DiGraph,
             (False, True): nx.MultiGraph, (False, False): nx.Graph}  # fmt: skip
    graph: Any = kinds[directed, several]()
    if net.name:
        graph.graph["name"] = _clean(net.name)
    tables = [net.actors, net.events] if isinstance(net, TwoModeNetwork) else [net.actors]
    for side, table in enumerate(tables):
        extra = {"bipartite": side} if two else {}
        kept = [c for c in table.columns if str(c) not in (*reserved, *STATES)]
        lost += [str(c) for c in table.columns if c not in kept]
        for name, row in zip(table.index, table[kept].to_dict("records"), strict=True):
            graph.add_node(_clean(name), **_values(row), **extra)
    ends = ("actor", "event") if two else ("source", "target")
    ties = net.ties[net.ties["weight"] > 0]
    kept = [c for c in ties.columns if str(c) not in reserved]
    lost += [str(c) for c in ties.columns if c not in kept]
    for row in ties[kept].to_dict("records"):
        source, target = (_clean(row.pop(end)) for end in ends)
        graph.add_edge(source, target, **_values(row))
    for actor, told in _told_beside(net.ties, ends):
        graph.nodes[actor].update(told)
    return graph, lost


def _told_beside(ties: pd.DataFrame, ends: tuple[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each actor that has dyads which are no ties, with the texts that `_beside` reads."""
    source, target = ends
    here = {"unknown_to": ties["weight"].isna(), "no_tie_to": ties["weight"] == 0}
    for state, rows in here.items():
        for actor, part in ties[rows].groupby(source, sort=False, observed=True):
            others: Any = [_clean(other) for other in part[target]]
            if "relation" in part:
                kinds = part.groupby("relation", sort=False, observed=True)[target]
                others = {_clean(kind): [_clean(one) for one in some] for kind, some in kinds}
            yield _clean(actor), {state: json.dumps(others, ensure_ascii=False)}


def _values(row: dict[Any, Any]) -> dict[str, Any]:
    kept = {str(key): value for key, value in row.items() if value is not None and value == value}
    return {key: _value(value) for key, value in kept.items()}


def _value(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    return value if isinstance(value, (bool, int, float)) else _clean(str(value))


def _clean(text: Any) -> str:
    """Return a text without the control characters XML cannot hold."""
    return CONTROL.sub("\ufffd", str(text))
