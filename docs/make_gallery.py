"""Render every figure to a picture: ``make gallery``; ``docs/make_gallery.py --page`` renews the page."""

from __future__ import annotations

import html
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics import OrgNetwork, datasets, figures, response
from orgnet_analytics.measures import brokerage, centrality
from orgnet_analytics.readings import (
    agreements,
    configurations,
    effectiveness,
    governance,
    lifecycle,
    necessity,
    suitability,
)
from orgnet_analytics.readings.resilience import curves

SYNTHETIC = "Chronic care is an invented case; Knoke is real."


@cache
def case():
    return datasets.load_chronic_care()


@cache
def referrals() -> dict[int, OrgNetwork]:
    return {year: net.relation("referral") for year, net in case().waves.items()}


@cache
def places() -> pd.DataFrame:
    return figures.layout(case().waves)


def latest() -> OrgNetwork:
    return list(referrals().values())[-1]


def network() -> go.Figure:
    net = latest()
    size = centrality.betweenness(net)
    return figures.network(net, by="sector", size=size, positions=places(), lang="nl")


def network_dark() -> go.Figure:
    return figures.retheme(network(), "dark")


def matrix() -> go.Figure:
    return figures.matrix(latest(), by="sector")


def ego() -> go.Figure:
    net = latest()
    return figures.ego(net, str(centrality.degree(net).idxmax()), by="sector")


def brokers() -> go.Figure:
    net = latest()
    roles = brokerage.roles(net, by="sector")
    chance = brokerage.role_expectations(net, by="sector")
    return figures.brokers(roles, expectations=chance, labels=net.actors["label"], lang="nl")


def ranking() -> go.Figure:
    net = latest()
    found = response.bounds(net, centrality.degree)
    return figures.ranking(
        found.known,
        lowest=found.lowest,
        highest=found.highest,
        labels=net.actors["label"],
        title="Degree, and what it could be",
    )


def waves() -> go.Figure:
    size = {year: centrality.degree(net) for year, net in referrals().items()}
    return figures.waves(referrals(), by="sector", size=size, positions=places())


def alluvial() -> go.Figure:
    reading = lifecycle.classify(case().waves, facts=case().facts, relation="referral")
    busy = {}
    for year, net in referrals().items():
        degree = centrality.degree(net)
        kind = pd.cut(degree, [-1, 0, 4, 9, 999], labels=["0", "1-4", "5-9", "more than 9"]).astype(
            str
        )
        busy[year] = OrgNetwork(net.actors.assign(partners=kind), net.ties, net.directed, net.name)
    title = "Members by number of ties"
    return figures.alluvial(busy, by="partners", stages=reading.stages, title=title)


def stages() -> go.Figure:
    reading = lifecycle.classify(case().waves, facts=case().facts, relation="referral")
    return figures.stages(reading)


def coverage() -> go.Figure:
    needs = case().needs
    labels = needs.actors.get("label")
    return figures.coverage(needs.to_matrix(), labels=labels, lang="nl")


def response_map() -> go.Figure:
    return figures.response(latest(), by="sector", lang="nl")


def governance_triangle() -> go.Figure:
    course = governance.course(case().waves, relation="referral")
    return figures.governance(course, lang="nl")


def effectiveness_marks() -> go.Figure:
    return figures.effectiveness(effectiveness.assess(case().outcomes), lang="nl")


def agreement_tiles() -> go.Figure:
    net = latest()
    reading = agreements.read(case().agreements, net=net, at="2025-06-30")
    return figures.agreements(reading, labels=net.actors["label"], lang="nl")


def client_ways() -> go.Figure:
    ways = effectiveness.pathways(latest(), case().pathways, holders=case().needs)
    return figures.pathways(ways, lang="nl")


def raters() -> go.Figure:
    names = ["hospital", "home nurses", "municipality", "general practitioner"]
    dimensions = {key: [4, 4, 4, 2] for key in suitability.DIMENSIONS}
    answers = pd.DataFrame(
        {**dimensions, "sovereign": 6, "unique": 4, "aim": "effectiveness", "alone": "no",
         "contract": ["no", "no", "no", "yes"], "cede": [4, 3, 4, None]},
        index=names,
    )  # fmt: skip
    return figures.suitability(suitability.screen(answers), title="Invented raters")


def resilience() -> go.Figure:
    title = "What remains of referral in 2025, by the known ties (synthetic case)"
    return figures.resilience(curves(latest(), seed=1), title=title)


def _sets() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "centrally integrated": [0.1, 0.3, 0.2, 0.6, 0.7, 0.9, 0.8, 0.4, 0.55, 0.95],
            "effective": [0.2, 0.35, 0.4, 0.7, 0.66, 0.95, 0.9, 0.3, 0.8, 0.97],
            "form": ["lead", "nao", "shared", "nao", "nao", "nao", "lead", "shared", "lead", "nao"],
        },
        index=[
            "Gent",
            "Luik",
            "Breda",
            "Namen",
            "Tilburg",
            "Brugge",
            "Hasselt",
            "Maas",
            "Mons",
            "Arlon",
        ],
    )


def xy_plot() -> go.Figure:
    fits = {"inclusion": 0.97, "coverage": 0.86}
    title = "Invented cases"
    return figures.xy_plot(
        _sets(), x="centrally integrated", y="effective", by="form", title=title, **fits
    )


def ceiling() -> go.Figure:
    names = {"condition": "centrally integrated", "outcome": "effective"}
    reading = necessity.nca(_sets(), **names, permutations=500, seed=1)
    return figures.ceiling(reading, title="Invented cases")


def solution_paths() -> go.Figure:
    off = [0.05, 0.1, 0.15, 0.2, 0.1, 0.05, 0.15, 0.1, 0.2, 0.05, 0.1, 0.15]
    corners = [(1, 1, 0), (1, 1, 1), (0, 0, 0), (1, 0, 1), (0, 1, 1), (0, 0, 1)] * 2
    names = ["trust", "shared goals", "rivalry"]
    sets = pd.DataFrame(
        [[abs(at - by) for at in row] for row, by in zip(corners, off, strict=True)]
    )
    sets.columns = names
    sets["effective"] = [max(min(t, g), 1 - r) for t, g, r in sets[names].itertuples(index=False)]
    table = configurations.truth_table(sets, outcome="effective")
    core = configurations.minimize(table, solution="parsimonious")
    return figures.solution_paths(configurations.minimize(table), core=core, title="Invented cases")


FIGURES: dict[str, Callable[[], go.Figure]] = {
    "network": network,
    "network_dark": network_dark,
    "waves": waves,
    "matrix": matrix,
    "ego": ego,
    "brokers": brokers,
    "ranking": ranking,
    "alluvial": alluvial,
    "stages": stages,
    "coverage": coverage,
    "response": response_map,
    "governance": governance_triangle,
    "effectiveness": effectiveness_marks,
    "agreements": agreement_tiles,
    "pathways": client_ways,
    "suitability": raters,
    "resilience": resilience,
    "xy_plot": xy_plot,
    "ceiling": ceiling,
    "solution_paths": solution_paths,
}


CALLS = {
    "network": 'figures.network(net, by="sector", size=centrality.betweenness(net), lang="nl")',
    "network_dark": 'figures.retheme(fig, "dark")',
    "waves": 'figures.waves(waves, by="sector")',
    "matrix": 'figures.matrix(net, by="sector")',
    "ego": 'figures.ego(net, "OCM", by="sector")',
    "brokers": 'figures.brokers(roles, expectations=chance, labels=labels, lang="nl")',
    "ranking": "figures.ranking(found.known, lowest=found.lowest, highest=found.highest)",
    "alluvial": 'figures.alluvial(waves, by="partners", stages=reading.stages)',
    "stages": 'figures.stages(lifecycle.classify(waves, facts=facts, relation="referral"))',
    "coverage": 'figures.coverage(needs.to_matrix(), labels=labels, lang="nl")',
    "response": 'figures.response(net, by="sector", lang="nl")',
    "governance": 'figures.governance(governance.course(waves, relation="referral"), lang="nl")',
    "effectiveness": 'figures.effectiveness(effectiveness.assess(scores), lang="nl")',
    "agreements": 'figures.agreements(agreements.read(register, net=net), labels=labels, lang="nl")',
    "pathways": "figures.pathways(effectiveness.pathways(net, profiles, holders=needs), lang='nl')",
    "suitability": "figures.suitability(suitability.screen(answers))",
    "resilience": "figures.resilience(resilience.curves(net, seed=1))",
    "xy_plot": 'figures.xy_plot(sets, x="centrally integrated", y="effective", by="form")',
    "ceiling": 'figures.ceiling(necessity.nca(sets, condition="centrally integrated", outcome="effective"))',
    "solution_paths": "figures.solution_paths(solution, core=configurations.minimize(table, solution=...))",
}
INTRO = """# Gallery

Every figure takes a network, a table or a reading and gives a plotly figure; none of them measures anything.
`figures.describe(fig)` says in words what it shows, `figures.table(fig)` gives its table back, and
`figures.save(fig, "name.svg")` writes it for print. {synthetic} What is called invented below was made up
for the picture.
"""


def render(target: Path, names: tuple[str, ...], dpi: int) -> dict[str, str]:
    """Write a picture per figure and return what each says."""
    said = {}
    for name in names or tuple(FIGURES):
        fig = FIGURES[name]()
        wide = 160 if fig.layout.width <= 1000 else 240
        figures.save(fig, target / f"{name}.png", width_mm=wide, dpi=dpi)
        said[name] = figures.describe(fig)
        print(f"{name}: {said[name]}")
    return said


def page(said: dict[str, str], folder: Path) -> None:
    """Write the page of the documentation."""
    parts = [INTRO.format(synthetic=SYNTHETIC)]
    for name, words in said.items():
        title = name.replace("_", " ")
        parts.append(
            f"## {title}\n\n{words}\n\n```python\n{CALLS[name]}\n```\n\n"
            f"![{title}](images/gallery/{name}.png)\n"
        )
    (folder / "gallery.md").write_text("\n".join(parts), encoding="utf-8")


def main(folder: str, *names: str) -> None:
    """Render all figures, or those named, with an index; ``--page`` renews the page of the documentation."""
    here = Path(__file__).parent
    if folder == "--page":
        page(render(here / "images" / "gallery", names, dpi=110), here)
        return
    said = render(Path(folder), names, dpi=160)
    shown = "".join(
        f'<h2>{name}</h2><p>{html.escape(words)}</p><img src="{name}.png" alt="" width="760">'
        for name, words in said.items()
    )
    index = Path(folder) / "index.html"
    head = "<!DOCTYPE html><meta charset=utf-8><title>Gallery</title>"
    index.write_text(f"{head}<p>{SYNTHETIC}</p>{shown}", encoding="utf-8")
    print(index)


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["out/gallery"]))
