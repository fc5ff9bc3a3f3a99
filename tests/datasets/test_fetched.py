"""The downloaded data sets, served from a loopback server: as converted elsewhere, as R measured them."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, datasets
from orgnet_analytics.datasets.listing import registry
from orgnet_analytics.measures import closure, cohesion

SHARED = Path(__file__).parents[2] / ".." / "shared"
DATA = SHARED / "data"

if not DATA.exists():
    pytest.skip("the raw files to serve are not here", allow_module_level=True)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module", autouse=True)
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("mirror")
    for name, entry in registry().items():
        for path in entry.get("files", {}):
            place = root / entry["repository"] / entry["commit"] / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes((DATA / name / "raw" / Path(path).name).read_bytes())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORGNET_DATA_DIR", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("ORGNET_DATA_URL", f"http://127.0.0.1:{server.server_port}")
        yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def converted(name: str, table: str = "ties") -> pd.DataFrame:
    return pd.read_csv(DATA / name / f"{table}.csv", keep_default_na=False, na_values=[""])


def arcs(table: pd.DataFrame, *, directed: bool = True, weight: str | None = None) -> set[tuple]:
    ends = [(a, b) if directed or a < b else (b, a) for a, b in
            table[["source", "target"]].astype(str).itertuples(index=False)]  # fmt: skip
    if weight is None:
        return set(ends)
    return {(*pair, float(w)) for pair, w in zip(ends, table[weight], strict=True)}


def same_as_r(net: OrgNetwork, slug: str, layer: str) -> None:
    """Assert that the network is the one R measured: size, components and eight digits of six measures."""
    table = pd.read_csv(SHARED / "reference" / "real_networks_r_values.csv")
    row = table[(table["slug"] == slug) & (table["layer"] == layer)].iloc[0]
    graph = net.to_networkx()
    assert (len(graph), graph.number_of_edges()) == (row["n"], row["ties"])
    plain = nx.Graph(graph.to_undirected())
    assert nx.number_connected_components(plain) == row["weak_components"]
    assert nx.number_of_isolates(plain) == row["isolates"]
    measured = {
        "density": nx.density(graph),
        "transitivity": closure.net_transitivity(net),
        "degree_centralization": cohesion.net_centralization(net, kind="degree"),
        "betweenness_centralization": cohesion.net_centralization(net, kind="betweenness"),
    }
    if net.directed:
        measured["edgewise_reciprocity"] = nx.overall_reciprocity(graph)
        measured["indegree_centralization"] = cohesion.net_centralization(net, kind="indegree")
    if np.isnan(measured["transitivity"]):
        assert not any(graph.in_degree(v) and graph.out_degree(v) for v in graph)
        measured["transitivity"] = 1.0  # what sna says of a network without a two-path
    for key, value in measured.items():
        assert value == pytest.approx(row[key], rel=1e-7), key


def test_finclimate_waves_on_the_roster():
    waves = datasets.fetch_finclimate()
    assert {year: len(net) for year, net in waves.items()} == {2014: 96, 2020: 103}
    assert {year: int(net.responded.sum()) for year, net in waves.items()} == {2014: 82, 2020: 88}
    for year, net in waves.items():
        for relation in net.relations:
            same_as_r(net.relation(relation), "finclimate", f"{relation}_{year}_roster_only")
    assert waves[2014].notes == (
        "61 ties of an actor with itself set aside",
        "1098 nominations off the roster set aside",
    )


def test_finclimate_with_everybody_named():
    table = converted("finclimate")
    for year, net in datasets.fetch_finclimate(off_roster=True).items():
        for relation in net.relations:
            wanted = table[(table["layer"] == relation) & (table["wave"] == year)]
            assert arcs(net.relation(relation).known) == arcs(wanted)
        outside = net.actors["status"] == "off_roster"
        assert not net.actors.loc[outside, "responded"].any()
        assert net.unknown["source"].isin(net.actors.index[outside]).any()


def test_finclimate_attributes_and_beliefs():
    beliefs = converted("finclimate", "beliefs_long")
    nodes = converted("finclimate", "nodes").set_index("id")
    for year, net in datasets.fetch_finclimate().items():
        wide = beliefs[beliefs["wave"] == year].pivot(index="id", columns="item", values="score")
        items = net.actors[wide.columns].reindex(wide.index)
        assert items.fillna(-1).equals(wide.fillna(-1).rename_axis(None, axis=1))
        budget = nodes.loc[net.actors.index, f"budget_{year}"]
        assert net.actors["budget"].fillna("-").tolist() == budget.fillna("-").tolist()


def test_wetlands_has_two_levels():
    found = datasets.fetch_wetlands_ch()
    same_as_r(found.network, "wetlands_ch", "collaboration")
    table = converted("wetlands_ch")
    layers = dict(iter(table.groupby("layer")))
    assert arcs(found.network.known, directed=False) == arcs(
        layers["collaboration"], directed=False
    )
    interdependence = layers["activity_interdependence"]
    assert arcs(found.events.known, directed=False) == arcs(interdependence, directed=False)
    members = found.memberships.known.rename(columns={"actor": "source", "event": "target"})
    assert arcs(members, directed=False) == arcs(layers["actor_in_activity"], directed=False)
    assert (len(found.memberships.actors), len(found.memberships.events)) == (80, 52)


def test_recon_counts_every_tie_once():
    study = datasets.fetch_recon_ego()
    assert len(study.networks) == 40
    assert sum(len(net) for net in study.networks.values()) == 374
    table = converted("recon_ego")
    for interview, net in study.networks.items():
        wanted = table[table["id_interview"] == int(interview)]
        assert arcs(net.known, directed=False) == arcs(wanted, directed=False)
        assert net.actors["is_ego"].tolist().count(1) == 1
    assert study.resources.shape == (1761, 4)
    assert study.resources["code"].nunique() == 25


def test_ryanair():
    net = datasets.fetch_ryanair_eu()
    same_as_r(net, "ryanair_eu", "influence_relation")
    assert arcs(net.known) == arcs(converted("ryanair_eu"))
    assert (net.actors["organization"] == "RYANAIR").sum() == 3


def test_tobacco_has_three_relations():
    net = datasets.fetch_tobacco_indiana()
    table, nodes = (
        converted("tobacco_indiana"),
        converted("tobacco_indiana", "nodes").set_index("id"),
    )
    for relation in ("contact", "collaboration", "dissemination"):
        one = net.relation(relation)
        same_as_r(one, "tobacco_indiana", relation)
        wanted = table[table["layer"] == relation]
        assert arcs(one.known, directed=False, weight="weight") == arcs(
            wanted, directed=False, weight="value"
        )
    assert net.actors["agency_cat"].tolist() == nodes["agency_cat_label"].tolist()
    assert net.actors["agency_lvl"].tolist() == nodes["agency_lvl_label"].tolist()
    assert net.actors["tob_yrs"].tolist() == nodes["tob_yrs"].tolist()


def test_emon_has_seven_networks():
    networks = datasets.fetch_emon_sar()
    table, nodes = converted("emon_sar"), converted("emon_sar", "nodes").set_index("id")
    assert sum(len(net) for net in networks.values()) == 140
    for place, net in networks.items():
        same_as_r(net, "emon_sar", place)
        wanted = table[table["network"] == place].replace(f"^{place}:", "", regex=True)
        assert arcs(net.known, weight="weight") == arcs(wanted, weight="strength")
        rows = nodes.loc[[f"{place}:{i}" for i in net.actors.index]]
        assert net.actors["label"].tolist() == rows["label"].str.strip().tolist()
        for column in ("sponsorship", "location"):
            assert net.actors[column].fillna("-").tolist() == rows[column].fillna("-").tolist()
        for column in ("formalization", "paid_staff", "decision_rank_score"):
            np.testing.assert_array_equal(
                net.actors[column].astype(float), rows[column].astype(float)
            )


def test_estuaries_keep_what_nobody_reported_apart():
    panels = datasets.fetch_estuaries_us()
    missing, ties = converted("estuaries_us", "missing_dyads"), converted("estuaries_us")
    nodes = converted("estuaries_us", "nodes").set_index("id")
    for place, waves in panels.items():
        for wave, net in waves.items():
            same_as_r(net, "estuaries_us", f"{place}_w{wave}_NA_as_0")
            inside = ties["source"].isin(net.actors.index) & (ties["wave"] == wave)
            assert arcs(net.known) == arcs(ties[inside])
            np.testing.assert_array_equal(
                net.actors["trust"], nodes.loc[net.actors.index, f"trust_w{wave}"]
            )
    unknown = pd.concat([waves[2].unknown for waves in panels.values()])
    assert arcs(unknown) == arcs(missing)
    assert sum((~waves[2].responded).sum() for waves in panels.values()) == 74
    assert sum(len(waves[1].unknown) for waves in panels.values()) == 0


def test_local_health_departments():
    net = datasets.fetch_lhds_us()
    assert arcs(net.known, directed=False) == arcs(converted("lhds_us"), directed=False)
    same_as_r(net, "lhds_us", "communication")
    nodes = converted("lhds_us", "nodes").set_index("id")
    assert net.actors["state"].tolist() == nodes["state"].tolist()
    np.testing.assert_array_equal(
        net.actors["years"].astype(float), nodes["years_code"].astype(float)
    )


def test_chemnet_relations_and_committees():
    found = datasets.fetch_chemnet_de()
    table, nodes = converted("chemnet_de"), converted("chemnet_de", "nodes").set_index("id")
    for relation in found.network.relations:
        one = found.network.relation(relation)
        same_as_r(one, "chemnet_de", relation)
        assert arcs(one.known) == arcs(table[table["layer"] == relation])
    sent, received = (found.network.relation(kind).to_matrix() for kind in ("scito", "scifrom"))
    same_as_r(OrgNetwork.from_matrix(sent * received.T), "chemnet_de", "sci_confirmed")
    assert found.network.actors["type"].tolist() == nodes["type"].tolist()
    seats = converted("chemnet_de", "committee_membership").set_axis(["source", "target"], axis=1)
    members = found.memberships.known.rename(columns={"actor": "source", "event": "target"})
    assert arcs(members) == arcs(seats)


def test_h2020_transport_projects():
    net = datasets.fetch_h2020_transport()
    ties = converted("h2020_transport").rename(columns={"pic": "source", "rcn": "target"})
    assert arcs(net.known.rename(columns={"actor": "source", "event": "target"})) == arcs(ties)
    assert (len(net.actors), len(net.events)) == (3755, 939)
    wanted = converted("h2020_transport", "organisations").astype({"pic": str}).set_index("pic")
    assert net.actors["country"].equals(
        wanted["country"].reindex(net.actors.index).rename_axis(None)
    )
