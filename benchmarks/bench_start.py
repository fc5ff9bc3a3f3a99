"""Building a network from a million rows; the first minute of a fresh process; memory."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from benchmarks.timing import Limit, Race, fresh, process_seconds

IMPORT = "import orgnet_analytics"
MAKE = """
import time
from benchmarks import memory
from benchmarks.networks import drawn
ties = drawn(100_000, 825_000).ties
"""
NETWORK = """
from orgnet_analytics import OrgNetwork
before, start = memory.start(), time.process_time()
net = OrgNetwork.from_ties(ties)
"""
GRAPH = NETWORK + "net.graph"
FRAME = """
import igraph
before, start = memory.start(), time.process_time()
graph = igraph.Graph.DataFrame(ties, directed=True, use_vids=False)
"""
DONE = """
seconds = time.process_time() - start
found = {'seconds': seconds, 'memory': memory.peak() - before, 'ties': len(ties)}
"""
TABLE = """
import time, numpy as np, pandas as pd
import orgnet_analytics as ona
rng = np.random.default_rng(1)
pairs = sorted({(a, b) for a, b in rng.integers(0, 40, (160, 2)).tolist() if a != b})
ties = pd.DataFrame([(f'org {a}', f'org {b}') for a, b in pairs], columns=['source', 'target'])
kinds = ['care', 'housing', 'work', 'safety'] * 10
actors = pd.DataFrame({'kind': kinds}, index=[f'org {i}' for i in range(40)])
start = time.process_time()
ona.actor_table(ona.OrgNetwork(actors, ties), by='kind')
found = {'seconds': time.process_time() - start}
"""
LARGE = """
import time
from benchmarks import memory
from benchmarks.networks import drawn
made = drawn(1_000_000, 8_250_000); actors, ties = made.actors, made.ties; del made
from orgnet_analytics import OrgNetwork, brokerage, cohesion
memory.start(); start = time.process_time()
net = OrgNetwork(actors, ties)
built = time.process_time()
for measure in (brokerage.constraint, brokerage.effective_size, brokerage.efficiency, brokerage.hierarchy):
    measure(net)
brokerage.roles(net, by='kind'); brokerage.role_expectations(net, by='kind')
brokered = time.process_time()
for measure in (cohesion.net_density, cohesion.net_components, cohesion.net_fragmentation,
                cohesion.coreness, cohesion.is_cutpoint):
    measure(net)
found = {'ties': len(ties), 'peak': memory.peak(), 'build': built - start, 'brokerage': brokered - built,
         'cohesion': time.process_time() - brokered}
"""
BYTES = """
from benchmarks import memory
from benchmarks.bench_holes import anew, burt_and_roles
from benchmarks.networks import SIZES, drawn
from orgnet_analytics import OrgNetwork
made = drawn(**SIZES['300,000'])
base = OrgNetwork(made.actors, made.ties.iloc[:1])
before = memory.start()
burt_and_roles(anew(base, made))
found = {'memory': memory.peak() - before, 'ties': len(made.source)}
"""


def rows() -> Iterator[Race | Limit]:
    """Yield what a fresh process takes, each in one of its own."""
    yield from _million_rows()
    yield from _imports()
    table = median(fresh(TABLE)["seconds"] for _ in range(5))
    yield Limit(
        "first actor_table in a fresh process, over the imports", "40", table, "seconds", 0.3
    )
    burt = fresh(BYTES)
    per_tie = burt["memory"] * 2**20 / burt["ties"]
    yield Limit(
        "peak memory of Burt's four and the roles, over the arrays",
        "300,000",
        per_tie,
        "bytes a tie",
        350,
    )
    large = fresh(LARGE)
    size = f"1 million actors, {large['ties'] / 1e6:.1f} million ties"
    yield Limit(
        "brokerage, Burt and cohesion: peak of the whole process",
        size,
        large["peak"] / 1024,
        "GB",
        8,
    )
    for part in ("build", "brokerage", "cohesion"):
        yield Limit({"build": "the network", "brokerage": "Burt's four, roles and z",
                     "cohesion": "density, components, fragmentation, cores, cutpoints"}[part],
                    size, large[part], "seconds")  # fmt: skip


def _million_rows() -> Iterator[Race | Limit]:
    runs = [[fresh(MAKE + work + DONE) for work in (NETWORK, GRAPH, FRAME)] for _ in range(3)]
    net, graph, theirs = (median(run[k]["seconds"] for run in runs) for k in range(3))
    size = f"{runs[0][0]['ties']:,.0f} rows"
    yield Race("table of ties to a network", size, "igraph Graph.DataFrame", net, theirs, 3)
    yield Race(
        "table of ties to a network and its graph", size, "igraph Graph.DataFrame", graph, theirs, 3
    )
    ours, both, rival = (median(run[k]["memory"] for run in runs) for k in range(3))
    yield Limit(
        "peak memory for a network, as a share of Graph.DataFrame's",
        size,
        ours / rival,
        "share",
        0.65,
    )
    yield Limit("peak memory for a network and its graph, likewise", size, both / rival, "share")


def _imports() -> Iterator[Limit]:
    plain = "import pandas, igraph"
    hidden = "import sys; sys.modules['matplotlib'] = None; import pandas, igraph"
    runs = [[process_seconds(code) for code in (IMPORT, plain, hidden)] for _ in range(8)][1:]
    ours, theirs, bare = (median(run[k] for run in runs) for k in range(3))
    work = "import orgnet_analytics, as a share of import pandas, igraph"
    yield Limit(work, "", ours / theirs, "", 1.3)
    yield Limit(f"{work} without matplotlib", "", ours / bare, "", 1.3)
    kept_out = fresh(f"import sys\n{IMPORT}\nfound = {{'there': int('matplotlib' in sys.modules)}}")
    yield Limit("matplotlib imported along with it (0 is no)", "", kept_out["there"], "", 0)
