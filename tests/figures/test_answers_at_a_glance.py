"""The figures of ledger, relations and structure: what is drawn is what the reading says."""

import re

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, figures
from orgnet_analytics.figures import ledger_words
from orgnet_analytics.readings import interventions, relations, structure
from orgnet_analytics.readings.interventions import Add, Appoint, Merge, Remove, Renew, Tie

HOSTILE = '<img src=x onerror="alert(1)">'
ESCAPED = '&lt;img src=x onerror="alert(1)"&gt;'
NAMES = pd.Series({"a": "Alfa", "b": HOSTILE, "c": "Gamma", "d": "Delta"})


def path(**more):
    ties = pd.DataFrame({"source": [*"abc"], "target": [*"bcd"]})
    return OrgNetwork.from_ties(ties, directed=False, **more)


def gaps():
    """A path of which c did not answer."""
    actors = pd.DataFrame({"responded": [True, True, False, True]}, index=[*"abcd"])
    ties = pd.DataFrame({"source": [*"abd"], "target": [*"bac"]})
    return OrgNetwork(actors, ties)


def marks(fig):
    return {
        trace.name: list(zip(trace.x, trace.y, trace.hovertext, strict=True))
        for trace in fig.data
        if trace.type == "scatter" and trace.mode == "markers" and trace.hovertext
    }


def texts(fig):
    return [note.text.replace("<br>", " ") for note in fig.layout.annotations]


def rows(fig):
    return dict(zip(fig.layout.yaxis.tickvals, fig.layout.yaxis.ticktext, strict=True))


def test_a_gain_stands_right_of_the_line_and_a_loss_left():
    reading = interventions.ledger(path(), [Remove("b")])
    fig = figures.ledger(reading, labels=NAMES)
    (zero,) = {x for x in fig.data[0].x if x is not None}
    (gain,), lost = marks(fig)["better"], marks(fig)["worse"]
    # Without b of a - b - c - d: c - d are left, nobody stands between two; a stands apart.
    assert gain[0] > zero
    assert "0.67 → 0" in gain[2]
    (fragments,) = [mark for mark in lost if "0 → 0.67" in mark[2]]
    # 0.67 is the largest change of a share in either direction: both fill 42 % of the column.
    assert zero - fragments[0] == pytest.approx(gain[0] - zero) == pytest.approx(0.42 * 420)
    assert texts(fig).index("<b>What is gained</b>") < texts(fig).index("<b>What is lost</b>")
    assert "Verdict: gains and losses" in texts(fig)


def test_who_loses_is_named_with_what():
    fig = figures.ledger(interventions.ledger(path(), [Remove("b")]), labels=NAMES, lang="nl")
    by_row = {rows(fig)[y]: said for _, y, said in marks(fig)["slechter"] if y in rows(fig)}
    assert "verdwijnt uit het netwerk" in by_row[ESCAPED]
    assert by_row["Alfa"].endswith("partners 1 → 0, binnen bereik 2 → 0")
    assert by_row["Gamma"].endswith("partners 2 → 1, binnen bereik 2 → 1, bemiddelde paren 1 → 0")
    assert figures.describe(fig).endswith(f"Wie verliest: {HOSTILE}, Alfa, Gamma, Delta.")
    table = figures.table(fig)
    lost = table.loc[table["who"] == "c", "indicator"]
    assert lost.tolist() == ["partners", "reachable", "brokered"]


def test_those_beyond_the_top_are_named_below():
    fig = figures.ledger(interventions.ledger(path(), [Remove("b")]), labels=NAMES, top=2)
    assert "and 2 more: Gamma, Delta" in texts(fig)
    assert "Gamma" not in rows(fig).values()


def test_nobody_loses_and_what_is_unchanged():
    fig = figures.ledger(interventions.ledger(path(), [Tie([("d", "a")])]), lang="nl")
    assert "niemand verliest 20% of meer van zijn partners, bereik of bemiddeling" in texts(fig)
    assert texts(fig)[-1] == "bestuursvorm, paren die elkaar niet bereiken, leden"
    assert figures.table(fig)["who"].isna().all()


def test_steps_stand_beside_each_other_and_together():
    holders = pd.DataFrame({"werk": [1, 0, 0, 0]}, index=[*"abcd"])
    reading = interventions.ledger(
        path(), [Add("e", ["b"], ["werk"]), Remove("e")], holders=holders
    )
    fig = figures.ledger(reading, labels=NAMES)
    assert texts(fig)[:3] == ["<b>1. add e</b>", "<b>2. remove e</b>", "<b>all steps together</b>"]
    assert "<b>The same in the end</b>" in texts(fig)
    assert "<b>What is gained</b>" not in texts(fig)
    better, worse = (
        [x for x, _, said in marks(fig)[key] if "needs with one holder only" in said]
        for key in ("better", "worse")
    )
    # 1 -> 0 with the second holder, to the right of the middle of column one; then 0 -> 1.
    assert (better, worse) == ([pytest.approx(95 + 80 * 0.9975)], [pytest.approx(285 - 79.8)])
    table = figures.table(fig)
    same = table[(table["indicator"] == "single_holders") & (table["look"] == "same")]
    assert same.index.tolist() == ["all steps together"]


def test_what_the_unknown_decides_has_a_bar_across_the_line():
    reading = interventions.ledger(gaps(), [Remove("b")], draws=4, seed=1)
    fig = figures.ledger(reading)
    (bars,) = [trace for trace in fig.data if trace.name == "range with the unknown filled in"]
    row = reading.table.xs("fragmentation", level="indicator").iloc[0]
    scale = 0.42 * 420 / np.nanmax(
        reading.table.drop(index=["members", "brokered"], level="indicator")[["change", "lowest", "highest"]]
        .astype(float).abs().to_numpy()
    )  # fmt: skip
    drawn = set(zip(bars.x[::3], bars.x[1::3], strict=True))
    wanted = (210 - row["lowest"] * scale, 210 - row["highest"] * scale)
    assert any(one == pytest.approx(wanted) for one in drawn)


def test_a_verdict_that_is_withheld_says_why():
    actors = pd.DataFrame({"responded": [True, False, False, False]}, index=[*"abcd"])
    few = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))
    fig = figures.ledger(interventions.ledger(few, [Remove("b")], draws=3, seed=1), lang="nl")
    assert "Oordeel: niet te bepalen: te weinig antwoorden, of het onbekende beslist" in texts(fig)


@pytest.mark.parametrize(
    ("step", "en", "nl"),
    [
        (Add("a"), "add Alfa", "Alfa komt erbij"),
        (Remove("d"), "remove Delta", "Delta valt weg"),
        (Merge(["a", "d"], "ad"), "merge Alfa + Delta", "voeg samen: Alfa + Delta"),
        (Tie([("a", "d"), ("x", "c")]), "tie Alfa – Delta, x – Gamma",
         "verbind Alfa – Delta, x – Gamma"),
        (Appoint("a"), "appoint Alfa as lead organization", "Alfa wordt leiderorganisatie"),
        (Appoint("k", "nao"), "appoint k as NAO", "k wordt NAO"),
        (Renew("k1"), "renew k1", "verleng k1"),
        ("dig a well", "dig a well", "dig a well"),
    ],
)  # fmt: skip
def test_steps_in_words(step, en, nl):
    named = NAMES.to_dict()
    assert ledger_words.step(str(step), named, "en") == en
    assert ledger_words.step(str(step), named, "nl") == nl


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ((0.81, 0.84, np.nan, np.nan), "0,81 → 0,84"),
        ((0.811, 0.814, 0.0, 0.01), "0,811 → 0,814 (0 tot +0,010)"),
        ((793.0, 565.0, -306.0, -257.0), "793 → 565 (−306 tot −257)"),
        ((np.nan, 0.5, np.nan, np.nan), "niet bepaald → 0,50"),
        (("lead", "nao", np.nan, np.nan), "leiderorganisatie → NAO"),
        ((2.0, 2.0, 0.0, 0.0), "2 → 2"),
    ],
)
def test_from_what_to_what(cells, said):
    row = pd.Series(cells, index=["before", "after", "lowest", "highest"], dtype=object)
    assert ledger_words.from_to(row, "nl") == said


def star(**columns):
    actors = pd.DataFrame({"sector": [*"xyxyxy"], **columns}, index=[*"habcde"])
    ties = pd.DataFrame({"source": [*"hhhhh"], "target": [*"abcde"]})
    return OrgNetwork(actors, ties, directed=False)


def test_who_bridges_and_who_is_exposed():
    reading = relations.read(star(), by="sector", draws=20)
    fig = figures.relations(reading, labels=pd.Series({"h": "Hub", "a": HOSTILE}), lang="nl")
    # The hub brokers most: at the end of its line of 62; the others have constraint 1.
    assert list(rows(fig).values()) == ["Hub", ESCAPED, *"bcde"]
    ((x, y, said),) = marks(fig)["overbrugt"]
    assert (x, rows(fig)[y]) == (14 + 62, "Hub")
    assert said.split("<br>")[-1].startswith("10 paren")
    exposed = marks(fig)["kwetsbaar"]
    assert {x for x, _, _ in exposed} == {206 + 14 + 62}
    assert {said.split("<br>")[-1] for _, _, said in exposed} == {"1,00, één partner"}
    assert "Oordeel: aan een dunne draad" in texts(fig)
    assert figures.table(fig).loc["h", "label"] == "Hub"


def test_of_who_did_not_answer_nothing_is_said():
    silent = star(responded=[True, True, True, True, True, False])
    fig = figures.relations(relations.read(silent, by="sector", draws=20))
    at = texts(fig).index("<b>Did not answer, so nothing is said of these (1)</b>")
    assert texts(fig)[at + 1] == "e"
    assert "e" not in rows(fig).values()
    assert figures.describe(fig).endswith("Did not answer: e.")


def test_bypassed_is_who_stands_between_partners_in_touch():
    members = [f"m{i}" for i in range(6)]
    pairs = [(a, b) for i, a in enumerate(members) for b in members[:i]]
    pairs.remove(("m5", "m4"))
    ties = pd.DataFrame([*pairs, ("m0", "z")], columns=["source", "target"])
    actors = pd.DataFrame({"sector": [*"xyxyxy", "x", "y"]}, index=[*members, "z", "alone"])
    reading = relations.read(OrgNetwork(actors, ties, directed=False), by="sector", draws=20)
    fig = figures.relations(reading)
    said = {rows(fig)[y]: (x, said) for x, y, said in marks(fig)["bypassed"]}
    # Between the five partners of m1 are ten pairs; all but m4 - m5 are tied.
    assert set(said) == {"m1", "m2", "m3", "m4", "m5"}
    assert said["m1"][0] == pytest.approx(2 * 206 + 14 + 62 * 0.9)
    assert said["m1"][1].endswith("90% of 10 pairs")
    assert texts(fig)[texts(fig).index("<b>Without a known tie (1)</b>") + 1] == "alone"


def test_where_nobody_stands_out_all_are_named():
    members = [*"abcdef"]
    pairs = [(a, b) for i, a in enumerate(members) for b in members[:i]]
    actors = pd.DataFrame({"sector": [*"xyxyxy"]}, index=members)
    ring = OrgNetwork(actors, pd.DataFrame(pairs[:0], columns=["source", "target"]), directed=False)
    fig = figures.relations(relations.read(ring, by="sector", draws=20), lang="nl")
    assert rows(fig) == {}
    assert "<b>Zonder bekende relatie (6)</b>" in texts(fig)
    assert "Oordeel: niet te bepalen" in texts(fig)


def test_the_core_comes_first_and_what_holds_it_together_is_marked():
    core = [(a, b) for i, a in enumerate("abcd") for b in "abcd"[:i]]
    ties = pd.DataFrame([*core, ("a", "p"), ("a", "q"), ("b", "r")], columns=["source", "target"])
    actors = pd.DataFrame({"label": ["Alfa", HOSTILE]}, index=["a", "p"]).reindex([*"abcdpqr", "z"])
    reading = structure.read(OrgNetwork(actors, ties, directed=False), draws=20)
    fig = figures.structure(reading, lang="nl")
    names = list(fig.layout.yaxis.ticktext)
    assert names[0] == "Alfa"
    core = reading.core.index[reading.core].map(
        lambda one: {"a": "Alfa", "p": ESCAPED}.get(one, one)
    )
    assert set(names[: len(core)]) == set(core)
    assert names[-1] == "z"
    cut = {(names[x], names[y]) for x, y, _ in marks(fig)["breekpunt"]}
    assert cut == {("Alfa", "Alfa"), ("b", "b")}
    link = {(names[x], names[y]) for x, y, _ in marks(fig)["enige verbinding"]}
    assert link == {(a, b) for one in [("Alfa", ESCAPED), ("Alfa", "q"), ("b", "r")]
                    for a, b in (one, one[::-1])}  # fmt: skip
    # Without a: p and q from each other and each from b, c, d and r. Without b: r from a, c, d, p and q.
    assert "Alfa (9 paren), b (5 paren)" in figures.describe(fig)
    assert "Enige verbindingen: 3." in figures.describe(fig)
    groups = [text for text in texts(fig) if text.startswith("<b>")]
    assert groups[0].startswith("<b>kern, ")
    assert groups[-1] == "<b>zonder bekende relatie</b>"


def test_camps_stand_together_where_they_are_the_verdict():
    sides = [[f"{side}{i}" for i in range(5)] for side in "xy"]
    pairs = [(a, b) for side in sides for i, a in enumerate(side) for b in side[:i]]
    ties = pd.DataFrame([*pairs, ("x0", "y0")], columns=["source", "target"])
    reading = structure.read(OrgNetwork.from_ties(ties, directed=False), draws=200)
    fig = figures.structure(reading)
    assert reading.verdict == "camps"
    assert {name[0] for name in fig.layout.yaxis.ticktext[:5]} in ({"x"}, {"y"})
    assert any(text.startswith("<b>camp 1") for text in texts(fig))
    assert "Verdict: camps." in figures.describe(fig)


def test_beyond_eighty_the_places_stand_at_the_side():
    ring = [f"o{i}" for i in range(100)]
    ties = pd.DataFrame({"source": ring, "target": [*ring[1:], ring[0]]})
    reading = structure.read(OrgNetwork.from_ties(ties, directed=False), draws=2)
    fig = figures.structure(reading, lang="nl")
    assert set(fig.layout.yaxis.ticktext) <= {"kern", "periferie", "zonder bekende relatie"}


def test_the_three_are_drawn_without_a_browser(tmp_path):
    pytest.importorskip("matplotlib", reason="no matplotlib here")
    net = star()
    drawn = {
        "ledger": figures.ledger(interventions.ledger(net, [Remove("h")])),
        "relations": figures.relations(relations.read(net, by="sector", draws=20)),
        "structure": figures.structure(structure.read(net, draws=20)),
    }
    for name, fig in drawn.items():
        svg = figures.save(fig, tmp_path / f"{name}.svg", browser=False).read_text(encoding="utf-8")
        # Letters are outlines; beside each text stands what it says.
        assert set(re.findall("<!-- (.*) -->", svg)) >= {*"abcde"}, name
