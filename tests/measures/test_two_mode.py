"""Two-mode measures against networkx and a look at every chain."""

from itertools import combinations, product

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, TwoModeNetwork
from orgnet_analytics.measures import two_mode
from orgnet_analytics.measures.gould_fernandez import ROLES


def random_net(seed, actors=7, events=5, density=0.4):
    rng = np.random.default_rng(seed)
    cells = pd.DataFrame(
        (rng.random((actors, events)) < density).astype(float),
        index=[f"org {i}" for i in range(actors)],
        columns=[f"table {i}" for i in range(events)],
    )
    net = TwoModeNetwork.from_matrix(cells)
    kinds = net.actors.assign(kind=[f"k{i % 3}" for i in range(actors)])
    return TwoModeNetwork(kinds, net.events, net.ties)


def brute_roles(net):
    table = net.to_matrix().to_numpy() > 0
    kind = net.actors["kind"].to_numpy()
    counts = np.zeros((len(net), 5))
    for v in range(len(net)):
        for i, k in combinations([j for j in range(len(net)) if j != v], 2):
            if (table[i] & table[k]).any():
                continue
            chains = sum(
                table[i, e] and table[v, e] and table[v, f] and table[k, f] and e != f
                for e, f in product(range(table.shape[1]), repeat=2)
            )
            for a, b in ((i, k), (k, i)):
                same = (kind[a] == kind[v], kind[v] == kind[b], kind[a] == kind[b])
                role = 0 if all(same) else 1 if same[2] else 2 if same[0] else 3 if same[1] else 4
                counts[v, role] += chains / 2
    return counts


@pytest.mark.parametrize("seed", range(6))
def test_roles_equal_a_look_at_every_chain(seed):
    net = random_net(seed)
    found = two_mode.roles(net, by="kind")
    np.testing.assert_allclose(found[list(ROLES)], brute_roles(net), rtol=0, atol=1e-10)
    np.testing.assert_allclose(found["total"], brute_roles(net).sum(axis=1), rtol=0, atol=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_degree_and_density_equal_networkx(seed):
    net = random_net(seed)
    graph = net.to_networkx()
    assert two_mode.degree(net).to_dict() == {
        actor: graph.degree[actor] for actor in net.actors.index
    }
    wanted = nx.bipartite.density(graph, list(net.actors.index))
    assert two_mode.net_density(net) == pytest.approx(wanted, abs=1e-12)


def test_unknown_memberships_are_no_cells():
    cells = pd.DataFrame([[1, np.nan], [0, 1]], index=["a", "b"], columns=["x", "y"])
    assert two_mode.net_density(TwoModeNetwork.from_matrix(cells)) == pytest.approx(2 / 3)


def test_a_network_without_events_is_undefined():
    net = TwoModeNetwork(pd.DataFrame(index=["a"]), pd.DataFrame(index=pd.Index([], dtype="str")),
                         pd.DataFrame({"actor": [], "event": []}))  # fmt: skip
    assert np.isnan(two_mode.net_density(net))
    assert two_mode.degree(net).tolist() == [0.0]


def test_an_actor_without_a_group_is_named():
    net = random_net(1)
    kinds = net.actors.assign(kind=["k", None, *["k"] * 5])
    with pytest.raises(DataError, match="org 1"):
        two_mode.roles(TwoModeNetwork(kinds, net.events, net.ties), by="kind")
