"""The page: the same content in a terminal and in a browser, nothing from elsewhere, names escaped."""

import re

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from orgnet_analytics.report import Page, Section

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture
def page():
    table = pd.DataFrame({"ties": [3, 4], "density": [0.25, np.nan]}, index=[HOSTILE, "clinic"])
    section = Section("Numbers", [f"About {HOSTILE}."], table, go.Figure(go.Bar(y=[1, 2])))
    return Page("Network <x>", [section], banner="Synthetic & invented", footer="made here")


def test_text_shows_whole_numbers_whole_and_undefined_as_a_dash(page):
    lines = page.to_text().splitlines()
    assert lines[:3] == ["Network <x>", "===========", "Synthetic & invented"]
    assert [line.split() for line in lines if line.startswith("clinic")] == [["clinic", "4", "-"]]
    assert "0.250" in page.to_text()


def test_html_escapes_every_text(page):
    document = page.to_html()
    assert HOSTILE not in document
    assert document.count("&lt;img src=x") == 2
    assert "<title>Network &lt;x&gt;</title>" in document
    assert "Synthetic &amp; invented" in document


def test_html_asks_nothing_from_elsewhere(page):
    document = page.to_html()
    outside_scripts = re.sub(r"<script.*?</script>", "", document, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="?https?:', outside_scripts) == []
    assert "default-src 'none'" in document
    assert document.count("plotly.js v") >= 1


def test_scripts_are_carried_once_however_many_figures(page):
    two = Page(page.title, [*page.sections, *page.sections])
    assert len(two.to_html()) < len(page.to_html()) + 100_000


def test_a_page_without_figures_carries_no_script():
    assert "<script" not in Page("Plain", [Section("Words", ["Only words."])]).to_html()


def test_save_makes_the_folder_and_says_where(page, tmp_path):
    path = page.save(tmp_path / "new" / "page.html")
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_notebook_shows_the_tables_escaped(page):
    shown = page._repr_html_()
    assert "<table" in shown
    assert HOSTILE not in shown
