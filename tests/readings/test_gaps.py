"""What unknown dyads do to a verdict: how they are filled, and when it is withheld."""

import numpy as np
import pandas as pd
import pytest

import orgnet_analytics as ona
from orgnet_analytics import OrgNetwork
from orgnet_analytics.readings.gaps import FILLINGS, Odds, answered, fillings

IDS = list("abcdefghij")


def star(silent, *, directed=True):
    """Return a hub that all name and that names all, of which so many leaves are silent."""
    cells = pd.DataFrame(0.0, IDS, IDS)
    cells.loc["a", IDS[1:]] = cells.loc[IDS[1:], "a"] = 1
    told = [name not in IDS[len(IDS) - silent :] for name in IDS]
    actors = pd.DataFrame({"responded": told, "kind": list("xyxyxyxyxy")}, index=IDS)
    ties = OrgNetwork.from_matrix(cells, IDS, directed=directed).ties
    known = actors["responded"][ties["source"]].to_numpy()
    return OrgNetwork(actors, ties[known] if directed else ties, directed)


def test_what_is_known_is_the_smaller_of_members_and_dyads():
    assert answered(star(3)) == 0.7
    cells = star(0).to_matrix()
    cells.loc["b", IDS[2:]] = np.nan
    assert answered(OrgNetwork.from_matrix(cells)) == 82 / 90


def test_the_silent_name_others_as_often_as_those_who_answered():
    net = star(3)
    odds = Odds.of(net)
    # 7 of 10 answered, each about 9 others: 15 of 63 known dyads are ties.
    density = 15 / 63
    hub, leaf = (6 + density) / 7, (1 + density) / 7
    assert odds.any[9, 0] == pytest.approx(hub)
    assert odds.any[9, 1] == pytest.approx(leaf)
    # Among those who answered, 12 of the 12 ties are returned, and none of 30 others is a tie.
    back, alone = (12 + density) / 13, density / 31
    assert odds.returned[9, 0] == pytest.approx(min(back * hub / density, 1))
    assert odds.alone[9, 1] == pytest.approx(alone * leaf / density)


def test_every_filling_keeps_what_is_known_and_leaves_nothing_open():
    for directed in (True, False):
        net = star(4, directed=directed)
        cells = net.to_matrix()
        made = [one.to_matrix() for one in fillings(net)]
        assert len(made) == FILLINGS
        for one in made:
            assert one.notna().all(axis=None)
            assert one.where(cells.notna()).equals(cells)
            assert directed or one.equals(one.T)


def test_pairs_are_tied_as_often_as_the_fillings_tie_them():
    net = star(4)
    first, second = np.array([6, 7, 1]), np.array([7, 9, 9])
    odds = Odds.of(net).of_pairs(net, first, second)
    made = [one for seed in range(60) for one in fillings(net, seed=seed)]
    cells = np.mean(
        [(lambda c: (c > 0) | (c.T > 0))(one.to_matrix().to_numpy()) for one in made], axis=0
    )
    assert odds == pytest.approx(cells[first, second], abs=0.03)


ASK = {
    "governance": ona.governance.detect,
    "structure": lambda net, **more: ona.structure.read(net, draws=40, **more),
    "relations": lambda net, **more: ona.relations.read(net, by="kind", draws=2, **more),
}


@pytest.mark.parametrize("name", ASK)
def test_a_verdict_that_stands_however_the_gaps_are_filled_is_given(name):
    whole, open_ = ASK[name](star(0)), ASK[name](star(4))
    assert whole.ways.empty
    assert open_.verdict == whole.verdict != "undetermined"
    assert open_.ways[whole.verdict] >= 0.9


def by_chance(share):
    """Return a random network of twenty of whom this share answered."""
    ids = [f"o{i}" for i in range(20)]
    cells = pd.DataFrame((np.random.default_rng(4).random((20, 20)) < 0.12) * 1.0, ids, ids)
    responded = np.arange(20) < 20 * share
    cells.loc[~responded] = np.nan
    actors = pd.DataFrame({"responded": responded, "kind": ["x", "y"] * 10}, index=ids)
    return OrgNetwork(actors, OrgNetwork.from_matrix(cells, ids).ties)


def test_a_verdict_that_could_turn_is_withheld_however_many_answered():
    as_known, held = {"thresholds": {"certain": {"value": 0}}}, 0
    for name, ask in ASK.items():
        for share in (0.5, 0.65, 0.75):
            net = by_chance(share)
            reading, known = ask(net), ask(net, rules=as_known)
            turns = len(known.ways) > 0 and known.ways.get(known.verdict, 0.0) < 0.9
            said = any("filling the unknown dyads at random" in one for one in reading.would_change)
            assert said == turns, (name, share)
            assert reading.verdict == ("undetermined" if turns else known.verdict), (name, share)
            held += turns
    assert held >= 2


def test_a_verdict_on_the_known_ties_that_no_filling_gives_is_withheld():
    case = ona.datasets.load_chronic_care()
    reading = ona.governance.detect(case.waves[2023], relation="information", nao="NBM")
    assert reading.membership.idxmax() == "nao"
    assert reading.verdict == "undetermined"
    assert reading.ways.to_dict() == {"hybrid": 1.0}
    assert "filling the unknown dyads at random gives hybrid" in reading.would_change[0]
