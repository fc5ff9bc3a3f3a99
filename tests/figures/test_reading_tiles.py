"""Tiles of agreements, raters and client pathways: what is drawn is what the reading says."""

import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError, figures
from orgnet_analytics.readings import agreements, effectiveness, suitability

HOSTILE = '<img src=x onerror="alert(1)">'
NET = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", HOSTILE]}))


def held(**more):
    register = pd.DataFrame(
        {
            "id": ["A1", "A2", "A3"],
            "problem": ["rewards", "information; task_division", "task_allocation"],
            "parties": ["all", "a;b", f"b;{HOSTILE}"],
            "end": ["2020-01-01", "open", "open"],
            "obliged": ["all", "all", "b"],
        }
    )
    return agreements.read(register, net=NET, at="2025-01-01", **more)


def drawn(fig):
    return {trace.name: sorted(zip(trace.x, trace.y, strict=True)) for trace in fig.data}


def test_agreements_of_organizations_the_least_settled_first():
    fig = figures.agreements(held(), lang="nl", labels=pd.Series({"a": "Alfa"}))
    assert list(fig.layout.yaxis.ticktext) == ['&lt;img src=x onerror="alert(1)"&gt;', "Alfa", "b"]
    assert drawn(fig) == {
        "van kracht": [(0, 1), (0, 2), (3, 1), (3, 2)],
        "eenzijdig": [(1, 0), (1, 2)],
        "verlopen": [(2, 0), (2, 1), (2, 2)],
        "geen afspraak": [(0, 0), (1, 1), (3, 0)],
    }
    assert figures.describe(fig).endswith(
        "taken verdelen 2, taken toewijzen 2, belonen 0, informeren 2."
    )
    assert figures.table(fig)["rewards"].tolist() == ["expired"] * 3


def test_agreements_of_pairs_that_work_together():
    fig = figures.agreements(held(), of="dyads")
    assert fig.layout.yaxis.ticktext[1] == "a – b"
    assert drawn(fig)["in force"] == [(0, 1), (1, 0), (3, 1)]
    alone = agreements.read(
        pd.DataFrame({"id": ["A"], "problem": ["rewards"], "parties": ["a;b"]}), at="2025-01-01"
    )
    with pytest.raises(UndefinedError, match="no working tie"):
        figures.agreements(alone, of="dyads")
    with pytest.raises(UndefinedError, match="'dyads'"):
        figures.agreements(alone, of="members")


def test_long_registers_draw_those_with_least():
    members = [f"m{i}" for i in range(70)]
    register = pd.DataFrame(
        {"id": ["A"], "problem": ["rewards"], "parties": ["m0;m1"], "end": "open"}
    )
    fig = figures.agreements(agreements.read(register, members=members, at="2025-01-01"))
    assert "60 of 70 are drawn" in figures.describe(fig)
    assert "m0" not in fig.layout.yaxis.ticktext


def test_raters_by_condition():
    panel = pd.DataFrame({"alone": ["yes", "no"], "contract": ["no", None]}, index=[HOSTILE, "bo"])
    fig = figures.suitability(suitability.screen(panel), lang="nl")
    assert drawn(fig)["ja"] == [(0, 0)]
    assert drawn(fig)["nee"] == [(0, 1), (1, 0)]
    assert len(drawn(fig)["niet bekend"]) == 9
    assert fig.layout.xaxis.ticktext[1] == "bo: niet te zeggen"
    assert figures.describe(fig).endswith("oordeel: niet te zeggen.")


def test_ways_of_clients():
    holders = pd.DataFrame(
        {"care": [0, 1, 1], "debt": [0, 0, 1], "job": 0}, index=["a", "b", HOSTILE]
    )
    clients = pd.DataFrame(
        {"profile": ["x", HOSTILE], "entry": ["a", HOSTILE], "needs": ["care;debt", "care;job"]}
    )
    fig = figures.pathways(effectiveness.pathways(NET, clients, holders=holders))
    assert drawn(fig) == {
        "served": [(0, 0), (0, 1)], "one holder only": [(1, 0)], "breaks": [(2, 1)],
    }  # fmt: skip
    assert "nobody holds it" in fig.data[2].hovertext[0]
    assert figures.describe(fig) == (
        "Kinds of client: 2; served by referrals: 1; needs where the way breaks: 1."
    )
