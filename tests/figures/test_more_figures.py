import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, figures
from orgnet_analytics.figures.text import box
from orgnet_analytics.figures.words import WORDS
from orgnet_analytics.readings import effectiveness, necessity, resilience

HOSTILE = '<img src=x onerror="alert(1)"> & <a href="https://example.org">zorg</a>'


@pytest.fixture
def small():
    actors = pd.DataFrame(
        {"label": ["Alfa", "Beta", "Gamma", HOSTILE], "sector": ["b", "a", "b", "a"]},
        index=["p", "q", "r", "s"],
    )
    ties = pd.DataFrame(
        {
            "source": ["p", "q", "q", "r"],
            "target": ["q", "p", "r", "s"],
            "weight": [1, 1, 1, np.nan],
        }
    )
    return OrgNetwork(actors, ties, name="klein")


def test_the_matrix_is_ordered_by_block_and_shows_three_states(small):
    fig = figures.matrix(small, by="sector", lang="nl")
    table = figures.table(fig)
    assert list(table.index) == ["s", "q", "p", "r"]
    states = np.array(fig.data[0].z)
    assert states[1, 2] == 1
    assert states[3, 0] == 0.5
    assert states.sum() == 3.5
    assert len(fig.layout.shapes) == 2
    assert [note.text for note in fig.layout.annotations] == ["<b>a</b>", "<b>b</b>"]
    assert figures.describe(fig) == (
        "klein: een tabel van 4 bij 4 organisaties met 3 relaties en 1 cellen onbekend, in 2 blokken."
    )


def test_a_large_matrix_names_its_blocks(make_network):
    fig = figures.matrix(make_network(150), by="sector")
    assert len(fig.layout.yaxis.ticktext) == 6


def test_ego_stands_in_the_middle_of_its_partners(small):
    fig = figures.ego(small, "q", by="sector")
    assert sorted(figures.table(fig).index) == ["p", "q", "r"]
    assert figures.describe(fig) == "Beta and the 2 organizations it is tied to."
    ring = fig.data[-1]
    places = {
        actor: (x, y)
        for trace in fig.data
        if trace.meta == "actors"
        for actor, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)
    }
    assert places["q"] == pytest.approx((ring.x[0], ring.y[0]), abs=0.1)
    with pytest.raises(UndefinedError, match="no actor"):
        figures.ego(small, "zz")


def test_ranking_shows_bounds_and_leaves_the_undefined_out():
    values = pd.Series({"a": 3.0, "b": np.nan, "c": 5.0}, name="degree")
    fig = figures.ranking(
        values, lowest=values - 1, highest=values + 2, labels=pd.Series({"c": "C"})
    )
    bars, points = fig.data
    assert list(points.x) == [5.0, 3.0]
    assert list(bars.x) == [4.0, 7.0, None, 2.0, 5.0, None]
    assert figures.table(fig).loc["c"].tolist() == ["C", 5.0, 4.0, 7.0]
    assert figures.describe(fig) == "The 2 highest of 3 on degree: C first with 5."


def test_waves_share_places_and_one_legend(make_network):
    first, second = make_network(20), make_network(42)
    fig = figures.waves({2021: first, 2023: second}, by="sector")
    wide = fig.layout.xaxis.range[1]
    panel = (wide - 26) / 2 + 26
    at = [{}, {}]
    for trace in fig.data:
        if trace.meta == "actors":
            for actor, x, y in zip(trace.customdata, trace.x, trace.y, strict=True):
                at[x > panel][actor] = (round(x % panel, 1), y)
    common = at[0].keys() & at[1].keys()
    assert len(common) == 20
    assert all(at[0][actor] == pytest.approx(at[1][actor], abs=0.2) for actor in common)
    named = [trace.name for trace in fig.data if trace.showlegend is not False and trace.name]
    assert len(named) == len(set(named))
    with pytest.raises(DataError, match="no wave"):
        figures.waves({})
    with pytest.raises(UndefinedError, match="1, 2 and 3"):
        figures.waves({2021: first}, columns=4)
    three = {2021: first, 2023: second, 2025: second}
    side, stack = (figures.waves(three, columns=n).layout for n in (3, 2))
    assert side.xaxis.range[1] > stack.xaxis.range[1]
    assert stack.height > 1.8 * side.height


def test_alluvial_counts_members_and_who_is_outside(small):
    later = small.only(small.actors.index != "p")
    fig = figures.alluvial(
        {1: small, 2: later},
        by="sector",
        stages=pd.Series({1: "activation", 2: "decline"}),
        lang="nl",
    )
    flows = fig.data[0]
    assert sum(flows.link.value) == 4
    assert "geen lid (1)" in flows.node.label
    assert figures.table(fig).loc["p"].tolist() == ["b", "geen lid"]
    assert "neergang" in fig.layout.annotations[1].text
    with pytest.raises(DataError, match="at least two"):
        figures.alluvial({1: small}, by="sector")


def test_coverage_marks_gaps_and_single_holders():
    holders = pd.DataFrame(
        {"wonen": [1, 1], "schuld": [0, 1], "vervoer": [0, np.nan]}, index=["a", "b"]
    )
    fig = figures.coverage(
        holders, required=["wonen", "schuld", "vervoer", "opvang"], labels=pd.Series({"b": "Bé"})
    )
    drawn = {trace.name: list(zip(trace.x, trace.y, strict=True)) for trace in fig.data}
    assert drawn == {
        "held": [(0, 3), (1, 3)], "one holder only": [(0, 2)], "not known": [(0, 0)], "nobody": [(-1, 1)],
    }  # fmt: skip
    assert figures.table(fig).loc["schuld"].tolist() == [1, 0, "Bé"]
    assert figures.describe(fig) == (
        "4 needs: 1 held by nobody (opvang); 1 by one organization only (schuld). "
        "Not known of every organization: 1 (vervoer)."
    )


def test_response_counts_per_group(make_network):
    net = make_network(42)
    fig = figures.response(net, by="sector", lang="nl")
    assert [len(trace.x) for trace in fig.data] == [39, 3]
    shares = [note.text.split("/") for note in fig.layout.annotations]
    assert sum(int(said) for said, _ in shares) == 39
    assert sum(int(of) for _, of in shares) == 42
    tiles = [(x, y) for trace in fig.data for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(set(tiles)) == 42


def test_a_year_stands_above_the_base_on_which_an_arrow_runs():
    course = pd.DataFrame(
        {"shared": [0.0, 1.0], "lead": [1.0, 0.0], "nao": 0.0}, index=[2021, 2024]
    )
    notes = {note.text: note.yshift for note in figures.governance(course).layout.annotations}
    assert (notes["2021"], notes["2024"]) == (12, 0)


def test_governance_stands_where_its_memberships_pull():
    course = pd.DataFrame(
        {"shared": [1, 0, 0, 0.0], "lead": [0, 1, 0, 0.0], "nao": [0, 0, 1, 0.0]},
        index=["w1", "w2", "w3", "w4"],
    )
    fig = figures.governance(course, lang="nl")
    points = fig.data[1]
    assert points.x == pytest.approx((0.5, 0, 1, 0.5))
    assert points.y == pytest.approx((3**0.5 / 2, 0, 0, 3**0.5 / 6))
    assert figures.describe(fig).endswith("w4 mengvorm.")
    with pytest.raises(DataError, match="'nao'"):
        figures.governance(course.drop(columns="nao"))


def test_effectiveness_groups_by_level():
    scores = pd.DataFrame(
        {
            "criterion": ["reach", "ties", "reach"],
            "level": ["community", "network", "community"],
            "stakeholder": ["clients", "clients", "funders"],
            "score": [0.2, 0.9, 0.5],
        }
    )
    fig = figures.effectiveness(scores, lang="nl")
    assert list(fig.data[0].x[:2]) == [0.2, 0.5]
    assert set(fig.layout.yaxis.ticktext[-2:]) == {"<b>gemeenschap</b>", "<b>netwerk</b>"}
    assert "laagste 0,20, hoogste 0,90" in figures.describe(fig)
    with pytest.raises(DataError, match="'score'"):
        figures.effectiveness(scores.drop(columns="score"))


def test_criteria_of_two_lines_stand_further_apart():
    long = [f"{n} de aankoopsubsidie brengt meer mensen tot elektrisch rijden" for n in ("a", "b")]
    scores = pd.DataFrame(
        {
            "criterion": ["kort", "klein", *long],
            "level": "community",
            "stakeholder": "x",
            "score": 0.5,
        }
    )
    axis = figures.effectiveness(scores).layout.yaxis
    apart = np.diff(axis.tickvals[:4])
    assert apart == pytest.approx([1, 1.12, 1.24])
    assert axis.tickvals[4] == pytest.approx(-0.75)


def test_a_reading_of_effectiveness_is_drawn_by_place_with_what_is_disputed():
    scores = pd.DataFrame(
        {
            "criterion": ["reach", "reach", "ties", "ties"],
            "level": ["community", "community", "network", "network"],
            "stakeholder": ["clients", "funders", "clients", "funders"],
            "score": [1, 5, 4, 4],
            "scale": "1-5",
        }
    )
    fig = figures.effectiveness(effectiveness.assess(scores), lang="nl")
    assert list(fig.data[0].x) == [0, 1, None, 0.75, 0.75, None]
    assert [note.text for note in fig.layout.annotations] == ["<i>omstreden</i>"]
    assert figures.table(fig)["score"].tolist() == [0, 1, 0.75, 0.75]


def test_resilience_has_a_line_per_order_and_a_band():
    curves = pd.DataFrame({"random": [1, 0.8], "targeted": [1, 0.3]}, index=[0, 0.2])
    fig = figures.resilience(
        curves, lowest=curves[["random"]] - 0.1, highest=curves[["random"]] + 0.1
    )
    assert [trace.fill for trace in fig.data] == ["toself", None, None]
    assert len({trace.line.dash for trace in fig.data[1:]}) == 2
    assert figures.describe(fig).endswith("at random 80%, the most connected first 30%.")


def test_curves_of_a_network_bring_their_bands(small):
    curves = resilience.curves(small, seed=1)
    fig = figures.resilience(curves, lang="nl")
    bands = [trace for trace in fig.data if trace.fill == "toself"]
    lines = [trace for trace in fig.data if trace.fill is None]
    assert [line.name for line in lines] == [
        "willekeurig", "de meest verbonden eerst", "de sterkste makelaars eerst",
    ]  # fmt: skip
    assert list(lines[0].y) == curves.remaining["random"].tolist()
    assert list(bands[0].y)[: len(curves.highest)] == curves.highest["random"].tolist()


def test_xy_plot_counts_what_is_above_the_diagonal():
    cases = pd.DataFrame({"x": [0.2, 0.9, np.nan], "y": [0.8, 0.6, 1.0]}, index=["A", "B", "C"])
    fig = figures.xy_plot(cases, x="x", y="y", inclusion=0.9, coverage=0.5, lang="nl")
    assert figures.describe(fig).startswith("2 casussen: 1 op of boven")
    assert fig.layout.annotations[0].text == "inclusie 0,90, dekking 0,50"
    with pytest.raises(DataError, match="'z'"):
        figures.xy_plot(cases, x="x", y="z")


def test_ceilings_are_the_lines_given():
    cases = pd.DataFrame({"trust": [1, 2.0], "result": [1, 3.0]})
    line = pd.DataFrame({"x": [1, 2], "y": [1, 3]})
    fig = figures.ceiling(
        cases, condition="trust", outcome="result", ceilings={"ce_fdh": line, "cr_fdh": line}
    )
    assert [list(trace.y) for trace in fig.data] == [[1, 3], [1, 3], [1, 3]]
    assert fig.data[1].line.dash != fig.data[2].line.dash


def test_a_reading_of_necessity_brings_its_own_lines_peers_and_empty_zone():
    cases = pd.DataFrame({"trust": range(30), "result": range(30)}, dtype=float)
    cases.index = [HOSTILE, *map(str, range(29))]
    named = {"condition": "trust", "outcome": "result", "permutations": 50, "seed": 1}
    reading = necessity.nca(cases, **named)
    zone, _, rings, steps, line = figures.ceiling(reading, lang="nl").data
    assert zone.name == "lege zone: 0,52 van het veld"
    assert list(zip(zone.x, zone.y, strict=True))[-4:] == [(29, 29), (0, 29), (0, 0), (0, 0)]
    assert len(rings.x) == 30
    names = [note.text for note in figures.ceiling(reading).layout.annotations]
    assert len(names) > 10
    assert "28" in names
    assert not any("<img" in name for name in names)
    assert list(steps.x[:3]) == [0, 1, 1]
    assert list(line.y) == pytest.approx([0, 29])
    turned = figures.ceiling(necessity.nca(cases.assign(trust=-cases["trust"]), corner=2, **named))
    around = list(zip(turned.data[0].x, turned.data[0].y, strict=True))
    assert around[-4:] == [(-29, 29), (0, 29), (0, 0), (0, 0)]
    still = necessity.nca(cases.assign(trust=1), **named)
    assert len(figures.ceiling(still).data) == 1


def test_a_table_of_cases_needs_its_columns_and_ceilings():
    with pytest.raises(UndefinedError, match="also needs condition="):
        figures.ceiling(pd.DataFrame({"x": [1]}), condition="x")


def test_every_word_has_both_languages_with_the_same_gaps():
    import string

    def gaps(text):
        return sorted(part[1] for part in string.Formatter().parse(text) if part[1])

    for key, said in WORDS.items():
        assert sorted(said) == ["en", "nl"], key
        assert gaps(said["en"]) == gaps(said["nl"]), key


def test_cases_at_one_point_share_a_label():
    cases = pd.DataFrame({"x": [0, 0, 0, 1], "y": [0.4, 0.4, 0.4, 1]}, index=[*"abcd"])
    fig = figures.xy_plot(cases, x="x", y="y")
    points = fig.data[-1]
    assert [note.text for note in fig.layout.annotations] == ["d", "a<br>b +1"]
    assert [said.split("<br>")[0] for said in points.hovertext] == [
        f"<b>{case}</b>" for case in "abcd"
    ]


def test_names_of_near_cases_stand_apart():
    near = pd.DataFrame(
        {"x": [0.95, 0.96, 0.94, 1.0], "y": [0.97, 0.96, 0.98, 1.0]},
        index=["Avelde", "Lissebeke", "Merelbroek", "Zavelgem"],
    )
    notes = figures.xy_plot(near, x="x", y="y").layout.annotations
    boxes = []
    for note in notes:
        wide, tall = box([note.text], 10)
        shift = (note.ax, -note.ay) if note.showarrow else (note.xshift, note.yshift)
        at = np.array([note.x, note.y]) * 415 + shift
        half = np.array([wide, tall]) / 2
        boxes.append(np.hstack([at - half, at + half]))
    assert sorted(note.text for note in notes) == sorted(near.index)
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i]]
    assert not any((a[:2] < b[2:]).all() and (b[:2] < a[2:]).all() for a, b in pairs)


def test_a_wave_that_cannot_be_told_is_no_hybrid():
    course = pd.DataFrame(
        {"form": ["undetermined", "lead"], "shared": [np.nan, 0.1], "lead": [np.nan, 0.4],
         "nao": [np.nan, 0.2]},
        index=[2021, 2023],
    )  # fmt: skip
    fig = figures.governance(course, lang="nl")
    assert figures.describe(fig).endswith("2021 niet te bepalen, 2023 leiderorganisatie.")
    assert fig.data[1].x[0] is None
    bare = course.drop(columns="form")
    assert "2021 niet te bepalen, 2023 mengvorm" in figures.describe(
        figures.governance(bare, lang="nl")
    )


def test_a_criterion_without_a_score_says_so():
    scores = pd.DataFrame(
        {"criterion": ["reach", "safety"], "level": "community", "stakeholder": "clients", "score": [1, None]}
    )  # fmt: skip
    [note] = figures.effectiveness(scores, lang="nl").layout.annotations
    assert (note.text, note.y) == ("<i>niet bekend</i>", 1)


def test_a_group_that_is_missing_is_a_block_of_its_own(small):
    net = OrgNetwork(small.actors.assign(sector=["a", None, "a", None]), small.ties)
    fig = figures.matrix(net, by="sector", lang="nl")
    assert [note.text for note in fig.layout.annotations] == ["<b>a</b>", "<b>onbekend</b>"]


def test_the_name_of_a_wave_at_the_right_corner_stands_inside_the_triangle():
    course = pd.DataFrame({"shared": [0, 0], "lead": [1, 0], "nao": [0, 1]}, index=[2021, 2025])
    said = {note.text: note for note in figures.governance(course).layout.annotations}
    assert (said["2021"].xanchor, said["2021"].xshift) == ("left", 14)
    assert (said["2025"].xanchor, said["2025"].xshift) == ("right", -14)
