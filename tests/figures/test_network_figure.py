import json

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, figures
from orgnet_analytics.datasets import load_knoke
from orgnet_analytics.figures import labels
from orgnet_analytics.figures.canvas import Canvas
from orgnet_analytics.figures.text import box, lines, safe, text_width
from orgnet_analytics.figures.theme import OKABE_ITO, OTHER, group_styles

HOSTILE = '<img src=x onerror="alert(1)"><b>Zorg</b> & <a href="https://example.org">co</a>'


def _actors(fig):
    return [trace for trace in fig.data if trace.meta == "actors"]


def _rectangles(fig, font):
    found = []
    for note in fig.layout.annotations:
        if note.xref == "paper":
            continue
        wide, tall = box([part.replace("&amp;", "&") for part in note.text.split("<br>")], font)
        x = note.x + (note.ax if note.showarrow else note.xshift)
        y = note.y - note.ay if note.showarrow else note.y + note.yshift
        found.append((x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2))
    return found


@pytest.mark.parametrize("n", [42, 60])
def test_every_name_stands_free_of_every_other_up_to_sixty(make_network, n):
    net = make_network(n)
    size = pd.Series(range(n), index=net.actors.index, name="degree")
    fig = figures.network(net, by="sector", size=size)
    boxes = _rectangles(fig, Canvas.of(figures.layout(net)).font)
    assert len(boxes) == n
    overlaps = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
    ]
    assert overlaps == []


def test_at_150_the_largest_are_named_and_nothing_leaves_the_sheet(make_network):
    net = make_network(150)
    size = pd.Series(np.arange(150.0), index=net.actors.index)
    fig = figures.network(net, size=size)
    canvas = Canvas.of(figures.layout(net))
    boxes = np.array(_rectangles(fig, canvas.font))
    assert len(boxes) > 100
    assert boxes.min() >= -0.5
    assert (boxes[:, 2] <= canvas.width + 0.5).all()
    assert (boxes[:, 3] <= canvas.height + 0.5).all()


def test_the_same_network_gives_the_same_places():
    net = load_knoke()
    pd.testing.assert_frame_equal(figures.layout(net, seed=3), figures.layout(net, seed=3))


def test_isolates_stand_below_and_leave_the_main_component_its_room(make_network):
    net = make_network(42, silent=0, alone=10)
    places = figures.layout(net)
    tied = pd.Index(pd.unique(net.known[["source", "target"]].to_numpy().ravel()))
    main, alone = places.loc[tied], places.drop(tied)
    assert len(alone) == 10
    assert alone["y"].max() < main["y"].min()
    assert main["x"].max() - main["x"].min() == pytest.approx(2)
    assert alone.drop_duplicates().shape == alone.shape


def test_places_are_shared_over_waves_and_complete(make_network):
    first, second = make_network(42), make_network(60)
    places = figures.layout({1: first, 2: second})
    assert sorted(places.index) == sorted(second.actors.index)
    drawn = [figures.network(net, positions=places) for net in (first, second)]
    at = [
        dict(zip(trace.customdata, zip(trace.x, trace.y, strict=True), strict=True))
        for fig in drawn
        for trace in _actors(fig)[:1]
    ]
    common = at[0].keys() & at[1].keys()
    assert common
    assert all(at[0][actor] == at[1][actor] for actor in common)


def test_small_networks_have_places():
    one = OrgNetwork(pd.DataFrame(index=["a"]), pd.DataFrame({"source": [], "target": []}))
    assert figures.layout(one).to_numpy().tolist() == [[-1 + 1 / 6, 0.75 - 0.12]]
    empty = OrgNetwork(pd.DataFrame(index=[]), pd.DataFrame({"source": [], "target": []}))
    assert len(figures.layout(empty)) == 0
    assert len(_actors(figures.network(empty))) == 0
    pair = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"]}))
    assert figures.network(pair).layout.annotations[0].text == "a"
    chain = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    assert figures.layout(chain)["y"].abs().max() < 0.5


def test_ties_are_drawn_by_kind():
    ties = pd.DataFrame(
        {
            "source": ["a", "b", "b", "c"],
            "target": ["b", "a", "c", "d"],
            "weight": [1, 1, 1, np.nan],
        }
    )
    fig = figures.network(OrgNetwork.from_ties(ties))
    drawn = {trace.name: trace for trace in fig.data if trace.mode == "lines"}
    assert list(drawn) == ["not known", "one way", "both ways"]
    assert drawn["not known"].line.dash == "2px,2px"
    assert [len(trace.x) // 3 for trace in drawn.values()] == [1, 1, 1]
    heads = next(trace for trace in fig.data if trace.meta == "arrowheads")
    assert len(heads.x) == 1


def test_undirected_ties_have_no_direction():
    ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    fig = figures.network(OrgNetwork.from_ties(ties, directed=False), lang="nl")
    assert [trace.name for trace in fig.data if trace.mode == "lines"] == ["relatie"]
    assert "wederzijds" not in figures.describe(fig)


def test_who_did_not_answer_has_an_open_marker(make_network):
    fig = figures.network(make_network(42), by="sector")
    hollow = [i for t in _actors(fig) if t.marker.symbol.endswith("-open") for i in t.customdata]
    net = make_network(42)
    assert sorted(hollow) == sorted(net.actors.index[~net.responded])
    assert "did not answer" in [trace.name for trace in fig.data]


def test_names_are_text_wherever_they_stand():
    actors = pd.DataFrame({"label": [HOSTILE, "b"], HOSTILE: [HOSTILE, "x"]}, index=["a", "b"])
    ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    fig = figures.network(OrgNetwork(actors, ties, name=HOSTILE), by=HOSTILE, title=HOSTILE)
    shown = json.dumps(
        [
            [note.text for note in fig.layout.annotations],
            fig.layout.title.text,
            [[trace.name, trace.hovertext] for trace in fig.data],
        ]
    )
    for tag in ("<img", "<a ", "<b>Zorg"):
        assert tag not in shown
    assert "&lt;img" in shown


def test_colours_are_doubled_by_symbols_and_end_at_ten():
    few = group_styles(list("abcdefg"))
    assert [style.color for style in few.values()] == list(OKABE_ITO)
    assert len({style.symbol for style in few.values()}) == 7
    many = group_styles([f"g{i:02}" for i in range(14)] + ["g13", "g13", None])
    assert len({style.name for style in many.values()}) == 11
    assert many["g13"].name == "g13"
    assert many["g12"].name == OTHER


def test_the_summary_and_the_table_come_back(make_network):
    net = make_network(42)
    size = pd.Series(2.5, index=net.actors.index, name="betweenness")
    fig = figures.network(net, by="sector", size=size, lang="nl")
    said = figures.describe(fig)
    assert said.startswith("regio 42: 42 organisaties")
    assert "3 antwoordden niet" in said
    assert "42 van de 42 namen" in said
    table = figures.table(fig)
    assert list(table.columns) == ["label", "sector", "betweenness", "answered"]
    assert table.loc["o5", "label"] == net.actors.loc["o5", "label"]
    assert table["betweenness"].tolist() == [2.5] * 42


def test_what_lacks_is_named():
    net = load_knoke()
    with pytest.raises(UndefinedError, match="'information'"):
        figures.network(net)
    money = net.relation("money")
    with pytest.raises(DataError, match="positions"):
        figures.network(money, positions=figures.layout(money).iloc[1:])
    with pytest.raises(UndefinedError, match="language"):
        figures.network(money, lang="fr")
    with pytest.raises(UndefinedError, match="no column"):
        figures.network(money, by="sector")


def test_the_template_is_registered_never_imposed_and_has_no_upload_button():
    import plotly.io as pio

    assert pio.templates.default == "plotly"
    assert "sendChartToCloud" in pio.templates["orgnet"].layout.modebar.remove
    fig = figures.network(load_knoke().relation("money"))
    for theme in ("light", "dark", "print"):
        removed = figures.retheme(fig, theme).layout.template.layout.modebar.remove
        assert "sendChartToCloud" in removed
    with pytest.raises(UndefinedError, match="'print'"):
        figures.retheme(fig, "sepia")


def test_names_are_wrapped_where_dutch_words_have_a_seam():
    assert lines("mantelzorgorganisaties", 12) == ["mantelzorg-", "organisaties"]
    assert lines("Samenwerkingsverband Zuid", 14) == ["Samenwerkings-", "verband Zuid"]
    assert lines("a b c d", 1, most=2) == ["a", "…"]
    assert lines("", 10) == [""]


def test_text_is_measured_a_little_too_wide():
    assert text_width("mmm", 10) > text_width("iii", 10)
    assert text_width("東京", 10) == 20
    assert safe("a\nb\x00c") == "a b c"


def test_points_along_lines():
    points = labels.along(np.array([[0.0, 0.0]]), np.array([[30.0, 0.0]]))
    assert points.tolist() == [[0, 0], [10, 0], [20, 0]]
