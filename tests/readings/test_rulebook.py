from pathlib import Path

import pytest
import yaml

from orgnet_analytics import DataError, datasets
from orgnet_analytics.readings import governance, lifecycle
from orgnet_analytics.readings.rulebook import laid_over, read_rules, stage_rules, thresholds


def rules(own=None):
    return stage_rules(own, stages=lifecycle.STAGES, indicators=lifecycle.INDICATORS)


def test_every_indicator_has_its_claims_its_weight_and_its_mark():
    book = rules()
    assert tuple(book.table.index) == lifecycle.INDICATORS
    assert tuple(book.claims.columns) == lifecycle.STAGES
    assert book.table["mark"].isin(["V", "A", "P"]).all()
    assert book.table["basis"].str.len().gt(10).all()
    assert book.claims.notna().any(axis=1).all()


def test_the_bands_of_the_rsiena_manual_stand_in_it():
    claims = rules().claims.loc["tie_jaccard"]
    assert claims["activation"][2:] == [0.2, 0.3]
    assert claims["recreation"][2:] == [0.1, 0.2]
    assert rules().thresholds["break_tie_jaccard"] == 0.2


def test_a_table_or_a_file_is_laid_over_ours(tmp_path: Path):
    own = {"thresholds": {"margin": {"value": 0.3}}, "indicators": {"density": {"weight": 0}}}
    path = tmp_path / "own.yaml"
    path.write_text(yaml.safe_dump(own), encoding="utf-8")
    for given in (own, path, str(path)):
        book = rules(given)
        assert book.thresholds["margin"] == 0.3
        assert book.table.loc["density", "weight"] == 0
        assert book.table.loc["density", "basis"] == rules().table.loc["density", "basis"]
    assert rules().thresholds["margin"] == 0.1


def test_laying_over_leaves_the_shipped_rules_as_they_are():
    below = {"a": {"b": [1, 2]}}
    assert laid_over(below, {"a": {"b": [3]}}) == {"a": {"b": [3]}}
    assert below == {"a": {"b": [1, 2]}}


def test_every_mistake_is_told_at_once():
    own = {
        "indicators": {
            "densty": {"kind": "level", "weight": 1, "mark": "P", "basis": "", "stages": {}},
            "density": {"weight": -1, "mark": "X", "kind": "size",
                        "stages": {"activaton": [0, 0, 1, 1], "decline": [1, 0, 0, 0]}},
        },
        "thresholds": {"margin": {"value": "much"}, "marjin": {"value": 1}},
        "falling": {"ties": {"net_creation": "low"}},
        "transitions": {"activation": {"death": 0}},
        "mature": ["grown up"],
        "extra": 1,
    }  # fmt: skip
    with pytest.raises(DataError) as caught:
        rules(own)
    told = str(caught.value)
    for part in ("densty", "did you mean 'density'?", "'size'", "'X'", "-1", "activaton",
                 "[1, 0, 0, 0]", "much", "marjin", "net_creation", "death", "grown up", "extra"):  # fmt: skip
        assert part in told, part
    assert len(caught.value.issues) == 12


@pytest.mark.parametrize("own", ["nowhere.yaml", 5, [1]])
def test_rules_that_cannot_be_read_are_a_data_error(own: object):
    with pytest.raises(DataError, match=r"rule file|table of rules"):
        rules(own)


def test_a_number_of_the_user_no_longer_carries_our_mark():
    net = datasets.load_knoke()
    own = {
        "thresholds": {
            "n_cut": {"value": 2},
            "idm": {"value": 0.95},
            "pri": {"value": 0.4, "mark": "A"},
        }
    }
    table = thresholds(read_rules("configurations", own), "configurations")
    assert table["mark"][["n_cut", "idm", "pri"]].tolist() == ["own", "V", "A"]
    assert table.at["n_cut", "basis"].endswith("; changed from 1")
    own = {"structure": {"shared": {"density": [0, 0.1, 1, 1]}}}
    rules = governance.detect(net, relation="money", rules=own).rules
    assert rules.loc[["shared: density", "shared: centralization"], "mark"].tolist() == ["own", "P"]
    own = {"indicators": {"tie_jaccard": {"weight": 3}}, "falling": {"size": {"size_change": -0.2}}}
    reading = lifecycle.classify(net, relation="money", rules=own)
    assert reading.bands.loc[["tie_jaccard", "density"], "mark"].tolist() == ["own", "P"]
    assert reading.thresholds.at["falling: size", "mark"] == "own"


def test_every_number_of_the_life_cycle_is_printed_with_a_mark():
    told = lifecycle.classify(datasets.load_knoke(), relation="money").thresholds
    book = read_rules("lifecycle")
    signals = sum(len(limits) for part in ("falling", "rising") for limits in book[part].values())
    steps = sum(map(len, book["transitions"].values()))
    assert len(told) == len(book["thresholds"]) + signals + steps
    assert set(told["mark"]) == {"P", "V"}
    assert told.at["decline to stability", "value"] == 0.1
