"""What R packages store: objects of the R packages network and igraph, as tables."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.datasets.download import missing


def read_r(path: Path) -> dict[str, Any]:
    """Return the objects of an .rda or .RData file by name."""
    try:
        import rdata
    except ImportError:
        raise missing("rdata") from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {str(name): value for name, value in rdata.read_rda(path).items()}


def network_tables(stored: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return vertices (index = names) and edges (source, target, attributes) of an R ``network``."""
    vertices = pd.DataFrame([_values(vertex) for vertex in stored["val"]]).drop(columns="na")
    vertices = vertices.set_index(vertices.pop("vertex.names").astype(str)).rename_axis(None)
    rows = [
        {
            "source": int(edge["outl"][0]) - 1,
            "target": int(edge["inl"][0]) - 1,
            **_values(edge["atl"]),
        }
        for edge in stored["mel"]
    ]
    return vertices, _named(pd.DataFrame(rows).drop(columns="na"), vertices)


def igraph_tables(stored: list[Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return vertices and edges of an R ``igraph`` (its fields stand in a fixed order)."""
    source, target, attributes = stored[2], stored[3], stored[8]
    names = attributes[2]["name"]
    vertices = pd.DataFrame(index=pd.Index(names, dtype="str"))
    edges = pd.DataFrame({"source": source.astype(int), "target": target.astype(int)})
    return vertices, _named(edges, vertices)


def _values(attributes: dict[Any, Any]) -> dict[str, Any]:
    return {str(key): None if np.ma.is_masked(value) else np.asarray(value).item()
            for key, value in attributes.items()}  # fmt: skip


def _named(edges: pd.DataFrame, vertices: pd.DataFrame) -> pd.DataFrame:
    ends = {end: vertices.index[edges[end].to_numpy()] for end in ("source", "target")}
    return edges.assign(**ends)
