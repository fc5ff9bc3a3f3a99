import re
import sys
import xml.etree.ElementTree as ElementTree

import pandas as pd
import plotly.graph_objects as go
import pytest

from orgnet_analytics import UndefinedError, figures
from orgnet_analytics.errors import OrgNetError
from orgnet_analytics.figures import plain
from orgnet_analytics.figures.frame import sheet
from orgnet_analytics.measures import brokerage

pytest.importorskip("matplotlib", reason="no matplotlib here")


def _drawn(make_network):
    net = make_network(42)
    roles = brokerage.roles(net, by="sector")
    chance = brokerage.role_expectations(net, by="sector")
    values = roles["total"]
    return {
        "network": figures.network(net, by="sector", size=values, title="Wie met wie: $x^2$"),
        "matrix": figures.matrix(net, by="sector"),
        "brokers": figures.brokers(roles, expectations=chance, labels=net.actors["label"]),
        "ranking": figures.ranking(values, lowest=values - 1, highest=values + 1),
    }


def test_the_four_are_drawn_without_a_browser(make_network, tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent")
    for name, fig in _drawn(make_network).items():
        ratio = fig.layout.height / fig.layout.width
        png = figures.save(fig, tmp_path / f"{name}.png", width_mm=100, dpi=127, browser=False)
        size = png.read_bytes()[16:24]
        assert int.from_bytes(size[:4]) == pytest.approx(500, abs=1)
        assert int.from_bytes(size[4:]) == pytest.approx(500 * ratio, abs=1)
        svg = figures.save(fig, tmp_path / f"{name}.svg", width_mm=100, browser=False)
        root = ElementTree.parse(svg).getroot()
        assert float(root.get("width").removesuffix("pt")) == pytest.approx(100 / 25.4 * 72)
        assert "<text" not in svg.read_text(encoding="utf-8")
    pdf = figures.save(fig, tmp_path / "ranking.pdf", browser=False).read_bytes()
    assert b"/FontFile2" in pdf


def test_the_same_figure_gives_the_same_file(make_network, tmp_path):
    fig = _drawn(make_network)["network"]
    one, two = (figures.save(fig, tmp_path / f"{i}.svg", browser=False) for i in (1, 2))
    assert one.read_bytes() == two.read_bytes()


def test_what_only_a_browser_draws_is_named(make_network, tmp_path):
    fig = figures.alluvial({1: make_network(20), 2: make_network(20)}, by="sector")
    with pytest.raises(UndefinedError, match="sankey"):
        figures.save(fig, tmp_path / "flow.svg", browser=False)


def test_without_matplotlib_the_error_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    fig = figures.ranking(pd.Series({"a": 1.0}))
    with pytest.raises(OrgNetError, match="pip install matplotlib"):
        figures.save(fig, tmp_path / "one.svg", browser=False)


def test_what_would_be_left_out_is_named(tmp_path):
    held = pd.DataFrame({"shared": [0.2, 0.7], "lead": [0.7, 0.1], "nao": 0.1}, index=[1, 2])
    with pytest.raises(UndefinedError, match="arrows"):
        figures.save(figures.governance(held), tmp_path / "form.svg", browser=False)


def test_axes_write_numbers_as_the_language_does():
    values = pd.Series({"a": 0.25, "b": 0.5}, name="density")
    for lang, wanted in (("nl", "0,3"), ("en", "0.3")):
        fig = figures.ranking(values, lang=lang)
        assert plain._writes(fig.layout.xaxis, fig.layout.separators)(0.3, 0) == wanted


def test_a_cell_without_a_value_is_not_drawn(tmp_path):
    fig = sheet(title=None, height=200)
    scale = [[0, "#ff0000"], [1, "#0000ff"]]
    fig.add_trace(go.Heatmap(z=[[0, 1], [None, 0.5]], zmin=0, zmax=1, colorscale=scale))
    svg = figures.save(fig, tmp_path / "cells.svg", browser=False).read_text(encoding="utf-8")
    shades = set(re.findall(r"fill: (#\w{6})", svg)) - {"#ffffff", "#262626"}
    assert len(shades) == 3
    assert {"#ff0000", "#0000ff"} < shades
