"""What is lost when organizations leave: by hand, by networkx, and what must always hold."""

from itertools import combinations, permutations

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, cohesion, datasets
from orgnet_analytics.readings import resilience
from orgnet_analytics.readings.resilience import curves, hub, knock_out, removal_curves


def network(pairs, members=None, *, directed=False, **columns):
    ties = pd.DataFrame(list(pairs), columns=["source", "target"])
    ids = list(members) if members is not None else sorted({*ties["source"], *ties["target"]})
    return OrgNetwork(pd.DataFrame(columns, index=ids), ties, directed)


STAR = [("h", leaf) for leaf in "abcdefgi"]
RING = [("abcdefgh"[i], "abcdefgh"[i - 1]) for i in range(8)]
CLIQUE = list(combinations("abcdefgh", 2))
TWO = [*combinations("abcd", 2), *combinations("efgh", 2), ("d", "e")]


def random_net(seed, directed=True):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(4, 13))
    cells = (rng.random((n, n)) < rng.uniform(0.05, 0.4)).astype(float)
    np.fill_diagonal(cells, 0)
    if not directed:
        cells = np.triu(cells) + np.triu(cells).T
    actors = pd.DataFrame(
        {"kind": rng.choice(["x", "y", "z"], n)}, index=[f"o{i}" for i in range(n)]
    )
    return OrgNetwork.from_matrix(cells, actors, directed=directed)


def by_networkx(net, members):
    """Take the members out of a networkx graph and count: the definition."""
    graph = net.to_networkx().to_undirected()
    before = {
        frozenset(p) for part in nx.connected_components(graph) for p in combinations(part, 2)
    }
    graph.remove_nodes_from(members)
    parts = list(nx.connected_components(graph))
    after = {frozenset(p) for part in parts for p in combinations(part, 2)}
    stay = set(graph)
    n = len(stay)
    return {
        "lost": len(members),
        "components": len(parts),
        "largest": max(map(len, parts)),
        "fragmentation": 1 - 2 * len(after) / (n * (n - 1)) if n > 1 else np.nan,
        "cut_off": len({p for p in before if p <= stay} - after),
    }


@pytest.mark.parametrize("seed", range(12))
def test_losses_of_actors_groups_and_sets_are_those_of_networkx(seed):
    net = random_net(seed, directed=bool(seed % 2))
    kind, ids = net.actors["kind"], list(net.actors.index)
    sets = {one: [one] for one in ids}
    found = pd.concat([knock_out(net), knock_out(net, actors=ids[:2])])
    sets[f"{ids[0]} + {ids[1]}"] = ids[:2]
    if kind.nunique() > 1:
        found = pd.concat([found, knock_out(net, by="kind")])
        sets |= {one: list(kind.index[kind == one]) for one in kind.unique()}
    assert sorted(found.index) == sorted(sets)
    for name, members in sets.items():
        expected = by_networkx(net, members)
        assert found.loc[name, list(expected)].tolist() == pytest.approx(
            list(expected.values()), nan_ok=True
        )


@pytest.mark.parametrize("seed", range(6))
def test_pairs_are_those_of_networkx(seed):
    net = random_net(seed, directed=False)
    found = knock_out(net, pairs=True)
    single = {one: by_networkx(net, [one])["cut_off"] for one in net.actors.index}
    harmful = 0
    for pair in combinations(net.actors.index, 2):
        expected = by_networkx(net, list(pair))
        name = " + ".join(pair)
        assert (name in found.index) == (expected["cut_off"] > 0)
        if name in found.index:
            harmful += 1
            expected |= {"alone": max(single[one] for one in pair)}
            assert found.loc[name, list(expected)].tolist() == pytest.approx(
                list(expected.values())
            )
    assert harmful == len(found)


def test_who_is_cut_off_and_what_only_they_held():
    holders = pd.DataFrame(
        {"care": [1, 0, 0, np.nan], "housing": [0, 1, 1, 0]}, index=["d", "e", "f", "g"]
    )
    found = knock_out(network(TWO), holders=holders)
    assert found.index[:2].tolist() == ["d", "e"]
    assert found.loc["d", "outside"] == ("a", "b", "c")
    assert found.loc["e", "outside"] == ("f", "g", "h")
    assert found.loc["a", "outside"] == ()
    assert found["competences"].to_dict() == {**dict.fromkeys("abcefgh", ()), "d": ("care",)}
    both = knock_out(network(TWO), actors=["e", "f"], holders=holders)
    assert both.loc["e + f", "competences"] == ("housing",)


def test_of_two_equal_halves_the_first_counts_as_the_largest():
    assert knock_out(network([("a", "m"), ("m", "z")])).loc["m", "outside"] == ("z",)


def test_an_actor_funds_or_a_relation_does():
    ties = pd.DataFrame(
        [("city", "a", "money"), ("city", "b", "money"), ("a", "b", "care"), ("c", "a", "money")],
        columns=["source", "target", "relation"],
    )
    net = OrgNetwork(pd.DataFrame(index=["city", "a", "b", "c"]), ties)
    row = knock_out(net, funder="money").loc["money"]
    assert row[["lost", "components", "largest", "cut_off"]].tolist() == [0, 3, 2, 5]
    assert row["outside"] == ("city", "c")
    actor = knock_out(net.relation("money"), funder="city").loc["city"]
    assert actor[["lost", "components", "cut_off", "outside"]].tolist() == [1, 2, 2, ("b",)]
    with pytest.raises(UndefinedError, match="no relation left"):
        knock_out(net.relation("money"), funder="money")


def test_unknown_dyads_are_counted_as_ties_for_the_lowest_fragmentation():
    answered = [True, True, False, True, False]
    net = network([("a", "b"), ("b", "d")], "abcde", responded=answered)
    found = knock_out(net)
    assert found.loc["b", "fragmentation"] == 1
    assert found.loc["b", "fragmentation_lowest"] == pytest.approx(5 / 6)
    assert (found["fragmentation_lowest"] <= found["fragmentation"]).all()
    assert "fragmentation_lowest" not in knock_out(network(STAR))


def test_the_mean_random_curve_is_that_of_all_orders():
    net = network([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
    lines = curves(net, upto=0.6, draws=4000, seed=2)
    assert lines.remaining.index.tolist() == [0, 0.2, 0.4, 0.6]
    for gone, mean in zip(range(4), lines.remaining["random"], strict=True):
        every = [
            1 - by_networkx(net, order[:gone])["fragmentation"] for order in permutations("abcde")
        ]
        assert mean == pytest.approx(np.mean(every), abs=0.02)


@pytest.mark.parametrize("order", ["targeted", "brokers_first"])
def test_targeted_curves_take_the_highest_rank_each_time(order):
    rank = {"targeted": nx.degree_centrality, "brokers_first": nx.betweenness_centrality}[order]
    net = network([*STAR, ("a", "x"), ("x", "y"), ("x", "z"), ("y", "w")])
    lines, graph = curves(net, seed=1), net.to_networkx()
    expected, open_ = [1.0], False
    for _ in lines.remaining.index[1:]:
        ranks = pd.Series(rank(graph)).round(9)
        open_ |= bool((ranks == ranks.max()).sum() > 1)
        if open_:
            break
        graph.remove_node(ranks.idxmax())
        sizes = [len(part) for part in nx.connected_components(graph)]
        expected.append(sum(s * (s - 1) for s in sizes) / (len(graph) * (len(graph) - 1)))
    assert len(expected) > 2
    np.testing.assert_allclose(lines.remaining[order].to_numpy()[: len(expected)], expected)


def test_a_seed_repeats_the_bands():
    net = random_net(5)
    first, second = curves(net, seed=7), curves(net, seed=7)
    pd.testing.assert_frame_equal(first.remaining, second.remaining)
    assert (first.lowest <= first.highest).all(axis=None)
    assert (first.lowest.iloc[1:] < first.highest.iloc[1:]).any(axis=None)
    again = curves(net, seed=curves(net).seed)
    assert curves(net, seed=again.seed).remaining.equals(again.remaining)
    assert first.at(0.0)["random"] == pytest.approx(1 - cohesion.net_fragmentation(net))


def test_a_star_falls_at_once_and_a_clique_never():
    star, clique = curves(network(STAR), seed=1), curves(network(CLIQUE), seed=1)
    assert star.remaining["targeted"].tolist()[:2] == [1, 0]
    assert star.lowest["targeted"].iloc[1] == star.highest["targeted"].iloc[1] == 0
    assert clique.robustness.tolist() == [1, 1, 1]


@pytest.mark.parametrize("seed", range(6))
def test_the_hub_beside_every_shortest_path(seed):
    net = random_net(seed)
    graph = net.to_networkx().to_undirected()
    found = hub(net)
    who = found["actor"]
    assert graph.degree(who) == max(dict(graph.degree()).values())
    others = [one for one in graph if one != who]
    some = every = cut = 0
    rest = graph.subgraph(others)
    for a, b in combinations(others, 2):
        if nx.has_path(graph, a, b):
            ways = [who in way for way in nx.all_shortest_paths(graph, a, b)]
            some, every = some + any(ways), every + all(ways)
            cut += not nx.has_path(rest, a, b)
    pairs = len(others) * (len(others) - 1) / 2
    assert found[["some_shortest", "detour", "cut_off"]].tolist() == pytest.approx(
        [some / pairs, every / pairs, cut / pairs]
    )
    assert found["links"] == graph.degree(who) / len(others)


def test_the_hub_can_be_named():
    found = hub(network(TWO), actor="a")
    assert found[["actor", "detour", "fragmentation_without"]].tolist() == ["a", 0, 0]
    assert found["density_without"] == pytest.approx(10 / 21)


def test_verdicts():
    star = resilience.read(network(STAR), seed=1)
    assert (star.verdict, star.hub["actor"]) == ("fragile", "h")
    assert star.bounds.loc["worst_loss"].tolist() == [1, 1, 1, 1]
    assert "Another way round for b, c, d, e, f and 2 more: without h" in star.would_change[0]
    clique = resilience.read(network(CLIQUE), seed=1)
    assert clique.verdict == "robust"
    assert clique.bounds["known"].tolist() == [1, 0, 1, 0]
    assert clique.evidence["agrees"].tolist() == [pd.NA, True, True, True]
    ring = resilience.read(network(RING), seed=1)
    assert len(ring.pairs) == 20
    assert (ring.pairs["alone"] == 0).all()
    two = resilience.read(network(TWO), seed=1)
    assert two.verdict == "fragile"
    assert two.bounds.loc["worst_loss", "known"] == pytest.approx(12 / 21)
    empty = resilience.read(network([], "abcd"))
    assert (empty.verdict, empty.would_change) == ("undetermined", ("Ties: none is known.",))


def test_what_hangs_on_one_makes_it_depend_on_a_few():
    holders = pd.DataFrame({"care": [1, 1], "housing": [1, 0], "work": [0, 1]}, index=["a", "b"])
    reading = resilience.read(network(CLIQUE), holders=holders, seed=1)
    assert reading.verdict == "depends on a few"
    assert reading.competences.to_dict() == {"housing": "a", "work": "b"}
    assert reading.would_change == ("A second holder of housing, work.",)
    doubt = resilience.read(network(CLIQUE), holders=holders.replace(0, np.nan), seed=1)
    assert doubt.verdict == "robust"
    assert "2 competences with one known holder" in doubt.missing[0]
    scores = pd.DataFrame({"partnerships": [6, 5], "funding_stability": [3, 4]})
    weak = resilience.read(network(CLIQUE), scores=scores, seed=1)
    assert weak.verdict == "depends on a few"
    assert weak.would_change == ("Higher scores on funding stability.",)
    assert weak.missing[-1].startswith("Scores on environmental support, organizational")
    money = resilience.read(network(STAR), funder="h", seed=1)
    row = money.evidence.set_index("indicator").loc["funder"]
    assert (row["value"], row["reading"]) == (7 / 8, "7 organizations are cut off without h")


def test_rules_of_the_user_change_the_verdict_and_are_printed():
    pairs = [*CLIQUE, ("a", "x"), ("b", "x"), ("c", "x")]
    assert resilience.read(network(pairs), seed=1).verdict == "robust"
    reading = resilience.read(
        network(pairs), seed=1, rules={"thresholds": {"detour": {"value": 0}}}
    )
    assert reading.verdict == "depends on a few"
    assert reading.rules.at["detour", "value"] == 0


def test_too_few_answers_withhold_the_verdict():
    few = resilience.read(network(CLIQUE, "abcdefgh", responded=[True] * 3 + [False] * 5), seed=1)
    assert few.verdict == "undetermined"
    assert "Below 50% the verdict is withheld." in few.caveats


def test_unknown_dyads_leave_an_interval_and_may_leave_no_verdict():
    pairs = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("f", "a"), ("a", "d")]
    sure = resilience.read(network(pairs, "abcdef", directed=True), seed=1)
    assert sure.certain == 1
    assert sure.bounds["lowest"].equals(sure.bounds["highest"].rename("lowest"))
    answered = [True] * 5 + [False] * 3
    open_ = resilience.read(network(RING, "abcdefgh", responded=answered), draws=100, seed=1)
    assert open_.certain < 0.9
    assert open_.verdict == "undetermined"
    assert "of the ways to fill the unknown dyads" in open_.would_change[0]
    assert (open_.bounds["lowest"] <= open_.bounds["highest"]).all()
    assert open_.bounds.loc["detour", "lowest"] < open_.bounds.loc["detour", "highest"]
    assert any("those of the known ties" in caveat for caveat in open_.caveats)


def test_one_side_of_every_pair_still_tells_how_often_the_other_is_a_tie():
    ids = list("abcdefgh")
    cells = pd.DataFrame(0.0, ids, ids)
    cells.loc["a", ids[1:]] = 1
    cells = cells.mask(np.tril(np.ones((8, 8), dtype=bool), -1))
    reading = resilience.read(OrgNetwork.from_matrix(cells, ids), draws=40, seed=1)
    assert reading.certain < 1
    assert (
        reading.bounds.loc["worst_loss", "likely"] < reading.bounds.loc["worst_loss", "known"] == 1
    )


def test_a_verdict_that_leans_on_the_silent_says_so():
    answered = [True] * 6 + [False] * 2
    net = network(combinations("abcdef", 2), "abcdefgh", directed=True, responded=answered)
    told = resilience.read(net, draws=50, seed=1)
    assert told.verdict == "robust"
    assert any("On the known ties alone it is 'fragile'" in caveat for caveat in told.caveats)


def test_the_last_wave_is_judged_and_all_are_shown():
    reading = resilience.read({2020: network(STAR), 2024: network(CLIQUE)}, seed=1)
    assert reading.verdict == "robust"
    assert reading.course["worst_loss"].tolist() == [1, 0]
    case = datasets.load_chronic_care()
    told = resilience.read(case.waves, relation="information", holders=case.needs, draws=50, seed=1)
    assert told.course.index.tolist() == [2021, 2023, 2025]
    assert told.losses["competences"].map(len).sum() == len(told.competences) == 2


def test_names_and_order_change_no_headline_number():
    rng = np.random.default_rng(3)
    names = dict(zip("abcdefgh", rng.permutation(list("pqrstuvw")), strict=True))
    other = network([(names[b], names[a]) for a, b in reversed(TWO)])
    first, second = resilience.read(network(TWO), seed=1), resilience.read(other, seed=1)
    pd.testing.assert_frame_equal(first.bounds, second.bounds)


def test_hostile_names_are_text():
    hostile = "<img onerror=x>"
    pairs = [(hostile, leaf) for leaf in "abcd"]
    shown = resilience.read(network(pairs), funder=hostile, seed=1)._repr_html_()
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_bad_questions():
    net = network(STAR)
    with pytest.raises(DataError, match="not among the actors"):
        knock_out(net, actors=["h", "zz"])
    with pytest.raises(DataError, match="nobody is named"):
        knock_out(net, actors=[])
    with pytest.raises(UndefinedError, match="Choose one of"):
        knock_out(net, actors=["h"], pairs=True)
    with pytest.raises(UndefinedError, match="no column 'sector'"):
        knock_out(net, by="sector")
    with pytest.raises(DataError, match="row b, column 'kind': has no group"):
        knock_out(network([("a", "b")], kind=["x", None]), by="kind")
    with pytest.raises(UndefinedError, match="nobody is left"):
        knock_out(net, actors=[*net.actors.index])
    with pytest.raises(DataError, match="not among the actors"):
        knock_out(net, holders=pd.DataFrame({"care": [1]}, index=["zz"]))
    with pytest.raises(DataError, match="wanted a table or network, got list"):
        knock_out(net, holders=[1])
    with pytest.raises(DataError) as caught:
        curves(net, upto=1, draws=0)
    assert len(caught.value.issues) == 2
    for call in (curves, hub, resilience.read):
        with pytest.raises(UndefinedError, match="three organizations or more"):
            call(network([("a", "b")]))
    with pytest.raises(DataError, match="not among the actors"):
        hub(net, actor="zz")
    with pytest.raises(DataError, match="neither an actor nor a relation"):
        resilience.read(net, funder="city")
    with pytest.raises(DataError, match="wanted a dict of networks"):
        resilience.read([net])
    with pytest.raises(DataError, match="there is no such threshold"):
        resilience.read(net, rules={"thresholds": {"detours": {"value": 1}}})
    several = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": ["x", "y"]})
    with pytest.raises(UndefinedError, match="relation= one of"):
        resilience.read(OrgNetwork.from_ties(several))


@pytest.mark.parametrize("seed", range(3))
def test_random_losses_side_by_side_are_those_one_after_another(seed):
    """Each draw taken apart with networkx, in the order in which its actors leave."""
    rng = np.random.default_rng(seed)
    pairs = np.array(list(combinations(range(14), 2)))
    graph = igraph.Graph(14, pairs[rng.permutation(len(pairs))[:18]].tolist())
    gone = removal_curves.counts(14, 0.7)
    found = removal_curves._by_chance(graph, gone, 5, np.random.default_rng(seed))
    leaves = removal_curves._leaving(14, gone, 5, np.random.default_rng(seed))
    for curve, leave in zip(found, leaves, strict=True):
        assert [(leave <= step).sum() for step in range(len(gone))] == gone.tolist()
        for step, value in enumerate(curve):
            left = nx.Graph(graph.get_edgelist())
            left.add_nodes_from(range(14))
            left.remove_nodes_from(np.flatnonzero(leave <= step).tolist())
            tied = sum(len(part) * (len(part) - 1) for part in nx.connected_components(left))
            assert value == pytest.approx(tied / (len(left) * (len(left) - 1)))


def test_how_many_draws_are_looked_at_side_by_side_changes_nothing(monkeypatch):
    net = OrgNetwork.from_matrix((np.random.default_rng(2).random((12, 12)) < 0.15) * 1.0)
    whole = resilience.curves(net, draws=9, seed=4)
    monkeypatch.setattr(removal_curves, "MOST_AT_ONCE", 500)
    parts = resilience.curves(net, draws=9, seed=4)
    pd.testing.assert_frame_equal(whole.remaining, parts.remaining)
    pd.testing.assert_frame_equal(whole.lowest, parts.lowest)
