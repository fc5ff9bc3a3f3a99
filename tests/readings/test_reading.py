"""What all readings show alike."""

import pandas as pd
import pytest

from orgnet_analytics.errors import DataError
from orgnet_analytics.readings.reading import Reading, _titled, evidence_table, shown_table
from orgnet_analytics.readings.rulebook import read_rules, thresholds

RULES = pd.DataFrame({"value": [0.5], "mark": ["P"], "basis": ["ours"]}, index=["least"])


def reading(**more):
    rows = [("density", 0.25, "sparse", True), ("age", 3, "says nothing", None)]
    return Reading(verdict="loose", evidence=evidence_table(rows), rules=RULES, **more)


def test_the_row_of_a_comparison_holds_the_verdict_and_each_value():
    assert reading().row().to_dict() == {"verdict": "loose", "density": 0.25, "age": 3}


def test_agreement_may_be_missing():
    assert reading().evidence["agrees"].isna().tolist() == [False, True]


def test_everything_is_shown_and_nothing_is_markup():
    shown = reading(missing=("<b>trust</b>",), caveats=("few answered",))._repr_html_()
    assert "&lt;b&gt;trust&lt;/b&gt;" in shown
    assert "few answered" in shown
    assert "least" in shown


def test_what_is_not_known_is_shown_as_nothing():
    assert "NA" not in shown_table(reading().evidence)


@pytest.mark.parametrize(("rows", "folded"), [(24, False), (25, True)])
def test_a_long_table_is_folded(rows, folded):
    shown = _titled("<b>", pd.DataFrame({"x": range(rows)}))
    assert shown.startswith(f"<details><summary>&lt;b&gt; ({rows} rows)") is folded
    assert shown.count("<tr>") == rows


def test_thresholds_of_the_user_are_laid_over_ours_and_checked():
    own = {"thresholds": {"margin": {"value": 0.3}}}
    assert thresholds(read_rules("governance", own), "governance").loc["margin", "value"] == 0.3
    wrong = {"thresholds": {"marge": {"value": 0.3}, "margin": {"value": "much"}}}
    with pytest.raises(DataError) as caught:
        thresholds(read_rules("governance", wrong), "governance")
    assert caught.value.issues["problem"].tolist() == [
        "wanted a number", "there is no such threshold",
    ]  # fmt: skip
