"""Privacy: pseudonyms, cells too small to show, attributes too telling to keep."""

import hashlib
import hmac

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, datasets, privacy

KEY = "a key of your own"


@pytest.fixture
def net() -> OrgNetwork:
    actors = pd.DataFrame(
        {"label": ["Clinic", "Homes", "Police"], "sector": ["care", "housing", "care"],
         "street": ["A 1", "B 2", "C 3"], "rank": [1, 2, 3], "responded": [True, True, False]},
        index=["clinic", "homes", "police"],
    )  # fmt: skip
    ties = pd.DataFrame(
        {"source": ["clinic", "homes"], "target": ["homes", "police"], "weight": [2, np.nan],
         "remark": ["Clinic says", "Homes says"]}
    )  # fmt: skip
    return OrgNetwork(actors, ties, name="district", notes=("'Clinic East' set aside",))


# pseudonyms


def test_a_pseudonym_is_the_keyed_digest_of_the_id():
    wanted = hmac.new(KEY.encode(), b"clinic", hashlib.sha256).hexdigest()[:12]
    assert privacy.pseudonyms(["clinic"], KEY)["clinic"] == f"org-{wanted}"
    assert privacy.pseudonyms(["clinic"], KEY.encode())["clinic"] == f"org-{wanted}"
    assert privacy.pseudonyms(["clinic"], "other")["clinic"] != f"org-{wanted}"


def test_no_name_is_left_anywhere(net):
    hidden = privacy.pseudonymize(net, KEY)
    shown = " ".join([hidden.actors.to_csv(), hidden.ties.to_csv(), *hidden.notes]).lower()
    for name in ("clinic", "homes", "police", "street", "a 1"):
        assert name not in shown
    assert hidden.actors.columns.tolist() == ["sector", "rank", "responded"]
    assert hidden.notes == ("pseudonymized; left out: 2 columns of actors, 1 of ties, 1 notes",)


def test_a_column_that_names_another_organization_is_left_out(net):
    actors = net.actors.assign(
        led_by=["clinic", "clinic", None],
        merged=["none", "HOMES vzw; elders", "none"],
        kind=["x", "x", "y"],
    )
    hidden = privacy.pseudonymize(OrgNetwork(actors, net.ties), KEY)
    assert hidden.actors.columns.tolist() == ["sector", "rank", "responded", "kind"]
    kept = privacy.pseudonymize(OrgNetwork(actors, net.ties), KEY, keep=["led_by"])
    assert "led_by" in kept.actors


def test_the_structure_stays(net):
    code = privacy.pseudonyms(net.actors.index, KEY)
    hidden = privacy.pseudonymize(net, KEY).to_matrix()
    wanted = net.to_matrix().rename(index=code, columns=code)
    pd.testing.assert_frame_equal(hidden.loc[wanted.index, wanted.columns], wanted)
    assert hidden.index.is_monotonic_increasing


def test_waves_under_one_key_keep_their_actors_apart_and_together():
    waves = datasets.load_chronic_care().waves
    before, after = (privacy.pseudonymize(waves[year], KEY) for year in (2021, 2023))
    common = set(waves[2021].actors.index) & set(waves[2023].actors.index)
    assert len(set(before.actors.index) & set(after.actors.index)) == len(common)


def test_the_key_and_the_roster_lead_back(net):
    hidden = privacy.pseudonymize(net, KEY)
    back = privacy.reveal(hidden, KEY, [*net.actors.index, "somebody else"])
    assert set(map(tuple, back.ties[["source", "target"]].to_numpy())) == {
        ("clinic", "homes"), ("homes", "police")}  # fmt: skip
    with pytest.raises(DataError) as caught:
        privacy.reveal(hidden, "wrong key", net.actors.index)
    assert len(caught.value.issues) == 3


def test_a_column_may_be_kept_and_an_empty_key_may_not(net):
    assert "street" in privacy.pseudonymize(net, KEY, keep=["street"]).actors
    with pytest.raises(UndefinedError, match="no column 'stret'"):
        privacy.pseudonymize(net, KEY, keep=["stret"])
    with pytest.raises(DataError, match="the key is empty"):
        privacy.pseudonymize(net, "")


# small cells


def ranges(counts: np.ndarray, blank: np.ndarray) -> list[tuple[float, float]]:
    """Return what the totals and the cells shown tell of each blank cell: its least and most."""
    cells = np.argwhere(blank)
    sums = [cells[:, 0] == i for i in range(len(counts))]
    sums += [cells[:, 1] == j for j in range(counts.shape[1])]
    left = [np.where(blank[i], counts[i], 0).sum() for i in range(len(counts))]
    left += [np.where(blank[:, j], counts[:, j], 0).sum() for j in range(counts.shape[1])]
    known = {"A_eq": np.array(sums, dtype=float), "b_eq": left, "bounds": (0, None)}
    goals = np.eye(len(cells))
    return [(linprog(goal, **known).fun, -linprog(-goal, **known).fun) for goal in goals]


tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(1, 9), min_size=width, max_size=width), min_size=2, max_size=5
    )
)


@given(tables)
def test_no_total_gives_a_blank_cell_away(rows):
    counts = np.array(rows, dtype=float)
    shown = privacy.suppress(pd.DataFrame(counts)).to_numpy()
    blank = np.isnan(shown)
    assert blank[counts < 3].all()
    np.testing.assert_array_equal(shown[~blank], counts[~blank])
    for low, high in ranges(counts, blank):
        assert high - low > 0.5
    for line, hidden in [*zip(counts, blank, strict=True), *zip(counts.T, blank.T, strict=True)]:
        assert not hidden.any() or (hidden.sum() > 1 and (hidden.all() or line[hidden].sum() >= 3))


def test_two_circles_joined_by_one_blank_get_one_more():
    counts = np.full((4, 4), 50)
    for cell in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)]:
        counts[cell] = 2
    blank = privacy.suppress(pd.DataFrame(counts)).isna().to_numpy()
    assert blank.sum() == 10
    assert all(high > low for low, high in ranges(counts.astype(float), blank))


def test_nothing_small_is_nothing_blank():
    counts = pd.DataFrame({"care": [3, 0], "police": [4, 5]})
    assert privacy.suppress(counts).to_numpy().tolist() == [[3, 4], [0, 5]]
    assert privacy.suppress(counts, smallest=4).isna().sum().sum() == 4


def test_a_series_of_counts_blanks_a_second_one():
    counts = pd.Series([1, 8, 4, 20], index=list("abcd"), name="n")
    shown = privacy.suppress(counts)
    assert shown.name == "n"
    assert shown.isna().tolist() == [True, False, True, False]


def test_two_small_ones_that_make_too_few_together_take_a_third():
    assert privacy.suppress(pd.Series([1, 1, 9, 20])).isna().tolist() == [True, True, True, False]


def test_groups_go_as_a_whole():
    groups = pd.DataFrame({"actors": [2, 5, 9], "trust": [0.9, 0.4, 0.6]}, index=list("xyz"))
    shown = privacy.suppress(groups, count="actors")
    assert shown.isna().all(axis=1).tolist() == [True, True, False]
    assert shown.loc["z"].tolist() == [9, 0.6]


def test_counts_are_counts():
    with pytest.raises(DataError) as caught:
        privacy.suppress(pd.DataFrame({"a": [1, -2], "b": ["x", 1.5]}))
    assert caught.value.issues["value"].tolist() == ["x", -2, 1.5]
    with pytest.raises(DataError, match="2 or more"):
        privacy.suppress(pd.Series([1, 2]), 1)
    with pytest.raises(UndefinedError, match="it has 'a'"):
        privacy.suppress(pd.DataFrame({"a": [1]}), count="n")


# attributes


def sectors(values: list[object]) -> OrgNetwork:
    table = pd.DataFrame({"sector": values}, index=range(len(values)))
    return OrgNetwork(table, pd.DataFrame({"source": [], "target": []}))


def test_rare_values_are_merged_until_they_are_no_longer_rare():
    net = sectors(["care"] * 5 + ["housing"] * 3 + ["court", None])
    coarse = privacy.coarsen(net, by="sector").column("sector")
    assert coarse.value_counts().to_dict() == {"care": 5, "other": 4}
    assert coarse.isna().sum() == 1


def test_numbers_are_put_in_bands_first():
    net = sectors([1.0, 2.0, 9.0, 10.0, 11.0, 500.0])
    coarse = privacy.coarsen(net, by="sector", smallest=2, edges=[0, 5, 20, 1000]).column("sector")
    assert coarse.tolist() == ["[0, 5)"] * 0 + ["other"] * 2 + ["[5, 20)"] * 3 + ["other"]


def test_who_is_alone_with_sector_and_degree_is_at_risk():
    table = pd.DataFrame({"sector": ["care"] * 4 + ["court"]}, index=list("abcde"))
    ties = pd.DataFrame({"source": list("abcae"), "target": list("badea")})
    found = privacy.reidentification(OrgNetwork(table, ties), by=["sector"], smallest=2)
    assert found["degree"].to_dict() == {"e": 1, "a": 2, "b": 1, "c": 1, "d": 1}
    assert found["alike"].to_dict() == {"e": 1, "a": 1, "b": 3, "c": 3, "d": 3}
    assert found.index[:2].tolist() == ["e", "a"]
    assert found["at_risk"].tolist() == [True, True, False, False, False]
