"""Burt's four and all brokerage roles, against igraph (from arrays), networkx and sna (from tables)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import igraph
import networkx as nx
import pandas as pd

from benchmarks.networks import SIZES, Drawn, drawn
from benchmarks.timing import against, exponent, in_turn
from orgnet_analytics import OrgNetwork, brokerage

RSCRIPT = shutil.which("Rscript")
SNA = """
suppressMessages(library(sna)); a <- commandArgs(TRUE)
t <- read.csv(file.path(a[1], "ties.csv")); k <- read.csv(file.path(a[1], "kinds.csv"))$kind
e <- cbind(t$source + 1, t$target + 1, 1); attr(e, "n") <- length(k)
x <- sapply(1:as.integer(a[2]), function(i) system.time(b <<- brokerage(e, k))[["elapsed"]])
cat(median(x)); write.csv(cbind(b$raw.nli, b$z.nli), file.path(a[1], "sna.csv"))
"""


def network(made: Drawn) -> OrgNetwork:
    return OrgNetwork(made.actors, made.ties)


def burt_and_roles(net: OrgNetwork) -> None:
    for measure in (
        brokerage.constraint,
        brokerage.effective_size,
        brokerage.efficiency,
        brokerage.hierarchy,
    ):
        measure(net)
    brokerage.roles(net, by="kind")


def igraph_constraint(made: Drawn) -> None:
    edges = zip(made.source.tolist(), made.target.tolist(), strict=True)
    graph = igraph.Graph(made.n, edges, directed=True)
    graph.es["weight"] = made.weight.tolist()
    graph.constraint(weights="weight")


def from_arrays(net: OrgNetwork) -> None:
    """The same work as igraph's: from arrays of positions, nothing kept from before."""
    for kept in ("graph", "dyads", "triangles", "triangle_sides"):
        net.__dict__.pop(kept, None)
    burt_and_roles(net)


def sna_seconds(made: Drawn, folder: str, runs: int) -> float:
    pd.DataFrame({"source": made.source, "target": made.target}).to_csv(
        f"{folder}/ties.csv", index=False
    )
    pd.DataFrame({"kind": made.group}).to_csv(f"{folder}/kinds.csv", index=False)
    command = [RSCRIPT, "-e", SNA, folder, str(runs)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def same_as_sna(net: OrgNetwork, folder: str) -> bool:
    found = pd.read_csv(Path(folder) / "sna.csv", index_col=0).to_numpy()
    roles = brokerage.roles(net, by="kind").to_numpy()
    return bool((found[:, :6] == roles).all())


def rows(quick: bool) -> pd.DataFrame:
    """Return one row per size: ours against each rival that is installed."""
    found, spent = {}, {}
    for label, how in SIZES.items():
        if quick and how["n"] > 3_000:
            continue
        made = drawn(**how)
        net = network(made)
        rounds = 9 if made.n <= 3_000 else 3
        seconds = in_turn(
            {
                "ours": lambda net=net: from_arrays(net),
                "igraph": lambda made=made: igraph_constraint(made),
                "roles with z": lambda net=net: brokerage.role_expectations(
                    OrgNetwork(net.actors, net.ties), by="kind"
                ),
            },
            rounds=rounds,
        )
        spent[made.n] = seconds["ours"].median()
        found[label] = {
            "ties": len(made.source),
            "all, seconds": round(spent[made.n], 4),
            "all / igraph constraint": round(against("ours", "igraph", seconds), 2),
            "networkx effective size / ours": _networkx(net) if made.n <= 300 else None,
            **(
                _sna(made, net, seconds["roles with z"].median())
                if RSCRIPT and made.n <= 30_000
                else {}
            ),
        }
    sizes = [n for n in spent if n >= 3_000]
    table = pd.DataFrame.from_dict(found, orient="index")
    if len(sizes) > 1:
        table.attrs["growth"] = exponent(sizes, [spent[n] for n in sizes])
    return table


def _networkx(net: OrgNetwork) -> float:
    graph = net.to_networkx()
    seconds = in_turn(
        {
            "networkx": lambda: nx.effective_size(graph, nodes=list(graph), weight="weight"),
            "ours": lambda: brokerage.effective_size(OrgNetwork(net.actors, net.ties)),
        },
        rounds=1,
    )
    return round(against("networkx", "ours", seconds), 0)


def _sna(made: Drawn, net: OrgNetwork, seconds: float) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        theirs = sna_seconds(made, folder, 3 if made.n <= 3_000 else 1)
        return {
            "sna / roles with z": round(theirs / seconds, 1),
            "same counts": same_as_sna(net, folder),
        }
