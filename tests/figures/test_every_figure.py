"""What holds of every figure: names are text, words and numbers are Dutch where asked, a table comes back."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, figures, response
from orgnet_analytics.figures.words import WORDS
from orgnet_analytics.measures import brokerage, centrality
from orgnet_analytics.readings import (
    agreements,
    configurations,
    effectiveness,
    interventions,
    lifecycle,
    necessity,
    relations,
    resilience,
    structure,
    suitability,
)

HOSTILE = '<img src=x onerror="alert(1)"></script> & <a href="https://example.org">zorg</a>'
NEED = f"{HOSTILE} hulp"
DOCS = Path(__file__).parents[2] / "docs"
TOOLS = {"describe", "layout", "retheme", "save", "table"}


def network(index):
    actors = pd.DataFrame(
        {"label": ["Alfa", "Beta", HOSTILE, "Delta"], "sector": [HOSTILE, "a", None, "a"]}, index=index
    )  # fmt: skip
    actors["responded"] = [True, True, True, False]
    ties = pd.DataFrame({"source": [0, 1, 1, 2, 3], "target": [1, 0, 2, 3, 1]}).map(
        index.__getitem__
    )
    ties["weight"] = [1, 1, 1, 1, np.nan]
    return OrgNetwork(actors, ties, name=HOSTILE)


def of_tables(net, told):
    """Return the figures drawn from a table."""
    scores = pd.DataFrame(
        {
            "criterion": [HOSTILE, "b"],
            "level": HOSTILE,
            "stakeholder": HOSTILE,
            "score": [1.0, None],
        }
    )
    frame = pd.DataFrame({HOSTILE: [0.1, 0.2], "y": [0.3, 0.4]}, index=[HOSTILE, "b"])
    frame["form"] = [HOSTILE, "lead"]
    held = pd.DataFrame({HOSTILE: [1, np.nan], "b": [0, 0]}, index=["p", HOSTILE])
    labels = net.actors["label"]
    return {
        "coverage": figures.coverage(held, labels=labels, **told),
        "effectiveness": figures.effectiveness(scores, **told),
        "governance": figures.governance(
            pd.DataFrame({"shared": [0.25], "lead": 0.5, "nao": 0.0}, index=[HOSTILE]), **told
        ),
        "ranking": figures.ranking(
            pd.Series({"p": 1.5}, name=HOSTILE), labels=pd.Series({"p": HOSTILE}), **told
        ),
        "resilience": figures.resilience(resilience.curves(net, seed=1), **told),
        "sensitivity": figures.sensitivity(
            response.sensitivity(net, centrality.degree), labels=labels, **told
        ),
        "xy_plot": figures.xy_plot(frame, x=HOSTILE, y="y", by="form", **told),
    }


def of_networks(net, told):
    """Return the figures drawn from networks."""
    whole = OrgNetwork(net.actors.fillna({"sector": "b"}), net.ties)
    chance = brokerage.role_expectations(whole, by="sector")
    return {
        "alluvial": figures.alluvial({HOSTILE: net, "b": net}, by="sector", **told),
        "brokers": figures.brokers(
            brokerage.roles(whole, by="sector"), expectations=chance, labels=pd.Series({"q": HOSTILE}), **told
        ),
        "ego": figures.ego(net, "q", by="sector", **told),
        "matrix": figures.matrix(net, by="sector", **told),
        "network": figures.network(net, by="sector", size=centrality.degree(net), **told),
        "response": figures.response(net, by="sector", **told),
        "waves": figures.waves({HOSTILE: net}, by="sector", **told),
    }  # fmt: skip


def of_readings(net, told):
    """Return the figures drawn from a reading."""
    register = pd.DataFrame(
        {"id": ["A1"], "problem": ["rewards"], "parties": [f"p;{HOSTILE}"], "end": ["open"]}
    )
    clients = pd.DataFrame(
        {"profile": [HOSTILE, "b"], "entry": ["p", HOSTILE], "needs": [NEED, "job;care"]}
    )
    holders = pd.DataFrame({NEED: [1, 0], "job": 0, "care": [1, 0]}, index=["p", HOSTILE])
    seen = pd.DataFrame({"trust": [0.2], "formalization": 0.1, "age_years": 1}, index=[HOSTILE])
    cases = pd.DataFrame({HOSTILE: range(12), "y": range(12)}, index=[HOSTILE, *range(11)])
    asked = {"condition": HOSTILE, "outcome": "y", "permutations": 50, "seed": 1}
    sets = pd.DataFrame({HOSTILE: [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0]})
    minimal = configurations.minimize(configurations.truth_table(sets, outcome="Y"))
    steps = [interventions.Tie([("p", HOSTILE)]), interventions.Remove("q")]
    plan = interventions.ledger(net, steps, holders=holders, draws=2, seed=1)
    whole = OrgNetwork(net.actors.fillna({"sector": "b"}), net.ties)
    about = {"labels": net.actors["label"], **told}
    return {
        "agreements": figures.agreements(agreements.read(register, net=net, at="2025-01-01"), **told),
        "ceiling": figures.ceiling(necessity.nca(cases.astype(float), **asked), **told),
        "ledger": figures.ledger(plan, **about),
        "relations": figures.relations(relations.read(whole, by="sector", draws=20), **about),
        "structure": figures.structure(structure.read(net, by="sector", draws=20), **told),
        "pathways": figures.pathways(
            effectiveness.pathways(net, clients, holders=holders), **told
        ),
        "solution_paths": figures.solution_paths(minimal, **told),
        "stages": figures.stages(lifecycle.judge(seen), **told),
        "suitability": figures.suitability(
            suitability.screen(pd.DataFrame({"alone": ["yes"]}, index=[HOSTILE])), **told
        ),
    }  # fmt: skip


@pytest.fixture(scope="module")
def drawn():
    net = network(["p", "q", HOSTILE, "s"])
    made = {}
    for lang in ("en", "nl"):
        told = {"title": HOSTILE, "lang": lang}
        made[lang] = of_tables(net, told) | of_networks(net, told) | of_readings(net, told)
    return made


def shown(fig):
    """Return what a reader can see of a figure, as plain values."""
    whole = json.loads(fig.to_json())
    for hidden in ("meta", "template"):
        whole["layout"].pop(hidden)
    for trace in whole["data"]:
        for hidden in ("legendgroup", "customdata", "meta"):
            trace.pop(hidden, None)
    return whole


def texts(value):
    """Yield every text in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def test_every_figure_is_here(drawn):
    assert set(drawn["en"]) == set(figures.__all__) - TOOLS


def test_every_figure_stands_in_the_gallery():
    page = (DOCS / "gallery.md").read_text(encoding="utf-8")
    for name in set(figures.__all__) - TOOLS:
        assert f"figures.{name}(" in page
        assert f"(images/gallery/{name}.png)" in page
        assert (DOCS / "images" / "gallery" / f"{name}.png").exists()


def test_hostile_names_are_text_on_every_figure(drawn):
    for fig in drawn["nl"].values():
        seen = list(texts(shown(fig)))
        assert not [text for text in seen if "<img" in text or "<a " in text or "</script" in text]
        assert any("&lt;" in text for text in seen)


def test_a_page_holds_no_name_as_markup(drawn, tmp_path):
    figures.save(drawn["nl"]["network"], tmp_path / "page.html", include_js=False)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert page.count("</script>") == page.count("<script")


def test_every_word_is_dutch_where_asked(drawn):
    english = {
        said["en"] for said in WORDS.values() if said["en"] != said["nl"] and "{" not in said["en"]
    } - {said["nl"] for said in WORDS.values()}
    for name, fig in drawn["nl"].items():
        parts = {p.strip() for t in texts(shown(fig)) for p in re.split(r"<.*?>|: |, ", t)}
        assert parts & english == set(), name
    words = {p for t in texts(shown(drawn["en"]["network"])) for p in re.split("<br>", t)}
    assert {"did not answer", "one way"} <= words & english


def test_numbers_have_a_decimal_comma_in_dutch(drawn):
    for name, fig in drawn["nl"].items():
        assert fig.layout.separators == ",.", name
        assert not [t for t in texts(shown(fig)) if re.search(r"\d\.\d", t) and "rgba" not in t], (
            name
        )
    assert {fig.layout.separators for fig in drawn["en"].values()} == {".,"}
    assert "0.25" in " ".join(texts(shown(drawn["en"]["governance"])))


def test_each_says_what_it_shows_and_gives_its_table_back(drawn):
    for name, fig in drawn["nl"].items():
        assert figures.describe(fig).endswith("."), name
        assert figures.describe(fig) != figures.describe(drawn["en"][name]), name
        assert len(figures.table(fig)) > 0, name
        for theme in ("light", "dark", "print"):
            assert figures.table(figures.retheme(fig, theme)).equals(figures.table(fig)), name
