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
from orgnet_analytics.datasets.shipped import Case
from orgnet_analytics.measures import brokerage, centrality
from orgnet_analytics.readings import (
    agreements,
    configurations,
    effectiveness,
    governance,
    interventions,
    lifecycle,
    necessity,
    relations,
    set_relations,
    structure,
    suitability,
)
from orgnet_analytics.readings.lifecycle import StageReading
from orgnet_analytics.readings.resilience import curves

SYNTHETIC = (
    "Every case in it is synthetic: the regions, the organizations and their answers are invented."
)
QCA = {
    "CI": "centrally integrated",
    "AGE": "age of three",
    "STAB": "stable",
    "RES": "resources",
    "NAO": "NAO",
    "EFF": "effective",
}


@cache
def care() -> Case:
    return datasets.load_chronic_care()


@cache
def release() -> Case:
    return datasets.load_prisoner_reintegration()


@cache
def referrals() -> dict[int, OrgNetwork]:
    return {year: net.relation("referral") for year, net in care().waves.items()}


@cache
def places() -> pd.DataFrame:
    return figures.layout(care().waves)


def latest() -> OrgNetwork:
    return list(referrals().values())[-1]


def network() -> go.Figure:
    net = latest()
    size = centrality.betweenness(net)
    title = "Wie verwijst naar wie, 2025 (synthetisch)"
    return figures.network(net, by="sector", size=size, positions=places(), lang="nl", title=title)


def network_dark() -> go.Figure:
    return figures.retheme(network(), "dark")


def matrix() -> go.Figure:
    return figures.matrix(latest(), by="sector", title="Referral by sector, 2025 (synthetic)")


def ego() -> go.Figure:
    net = latest()
    busiest = str(centrality.degree(net).idxmax())
    return figures.ego(net, busiest, by="sector", title="Round the busiest member (synthetic)")


def brokers() -> go.Figure:
    net = latest()
    roles = brokerage.roles(net, by="sector")
    chance = brokerage.role_expectations(net, by="sector")
    title = "De sterkste makelaars, 2025 (synthetisch)"
    labels = net.actors["label"]
    return figures.brokers(roles, expectations=chance, labels=labels, lang="nl", title=title)


def ranking() -> go.Figure:
    net = latest()
    found = response.bounds(net, centrality.degree)
    return figures.ranking(
        found.known,
        lowest=found.lowest,
        highest=found.highest,
        labels=net.actors["label"],
        title="Degree, and what it could be (synthetic)",
    )


def sensitivity() -> go.Figure:
    net = latest()
    table = response.sensitivity(net, centrality.degree)
    title = "Degree, however missing answers are treated (synthetic)"
    return figures.sensitivity(table, labels=net.actors["label"], top=8, title=title)


def waves() -> go.Figure:
    size = {year: centrality.degree(net) for year, net in referrals().items()}
    title = "Doorverwijzing in drie meetronden (synthetisch)"
    shared = {"positions": places(), "lang": "nl", "title": title}
    return figures.waves(referrals(), by="sector", size=size, **shared)


def stage_reading() -> StageReading:
    return lifecycle.classify(care().waves, facts=care().facts, relation="referral")


def alluvial() -> go.Figure:
    busy = {}
    for year, net in referrals().items():
        degree = centrality.degree(net)
        kind = pd.cut(degree, [-1, 0, 4, 9, 999], labels=["0", "1-4", "5-9", "more than 9"])
        told = net.actors.assign(partners=kind.astype(str))
        busy[year] = OrgNetwork(told, net.ties, net.directed, net.name)
    title = "Members by number of ties (synthetic)"
    return figures.alluvial(busy, by="partners", stages=stage_reading().stages, title=title)


def stages() -> go.Figure:
    return figures.stages(stage_reading(), lang="nl", title="De fase van het netwerk (synthetisch)")


def coverage() -> go.Figure:
    needs = care().needs
    labels = needs.actors["label"]
    title = "Wie biedt wat (synthetisch)"
    return figures.coverage(needs.to_matrix(), labels=labels, lang="nl", title=title)


def response_map() -> go.Figure:
    return figures.response(latest(), by="sector", lang="nl", title="Wie antwoordde (synthetisch)")


def governance_triangle() -> go.Figure:
    told = {"relation": "information", "nao": "NBM", "service": "referral"}
    course = governance.course(care().waves, **told)
    return figures.governance(course, lang="nl", title="De bestuursvorm (synthetisch)")


def effectiveness_marks() -> go.Figure:
    reading = effectiveness.assess(care().outcomes)
    title = "Hoe doeltreffend, en voor wie (synthetisch)"
    return figures.effectiveness(reading, lang="nl", title=title)


def agreement_tiles() -> go.Figure:
    net = latest()
    reading = agreements.read(care().agreements, net=net, at="2025-06-30")
    title = "Welke afspraken gelden (synthetisch)"
    return figures.agreements(reading, labels=net.actors["label"], lang="nl", title=title)


def client_ways() -> go.Figure:
    net = release().waves[2024].relation("referral")
    ways = effectiveness.pathways(net, release().pathways, holders=release().needs)
    return figures.pathways(ways, lang="nl", title="Waar de hulp afbreekt (synthetisch)")


def raters() -> go.Figure:
    names = ["hospital", "home nurses", "municipality", "general practitioner"]
    dimensions = {key: [4, 4, 4, 2] for key in suitability.DIMENSIONS}
    answers = pd.DataFrame(
        {**dimensions, "sovereign": 6, "unique": 4, "aim": "effectiveness", "alone": "no",
         "contract": ["no", "no", "no", "yes"], "cede": [4, 3, 4, None]},
        index=names,
    )  # fmt: skip
    return figures.suitability(suitability.screen(answers), title="Four raters (invented)")


def built() -> go.Figure:
    title = "Hoe het netwerk gebouwd is, 2025 (synthetisch)"
    return figures.structure(structure.read(latest(), by="sector"), lang="nl", title=title)


def related() -> go.Figure:
    reading = relations.read(latest(), by="sector")
    labels = latest().actors["label"]
    title = "Wie overbrugt, wie is kwetsbaar, 2025 (synthetisch)"
    return figures.relations(reading, labels=labels, lang="nl", title=title)


def ledger() -> go.Figure:
    shelter = interventions.Add("NLU", ["OCM"], ["nachtopvang"], {"label": "Nachtopvang De Luifel"})
    told = {"holders": care().needs, "profiles": care().pathways, "draws": 10, "seed": 1}
    plan = interventions.ledger(latest(), [shelter, interventions.Remove("OCM")], **told)
    labels = pd.concat([plan.net.actors["label"], latest().actors.loc[["OCM"], "label"]])
    title = "De nachtopvang erbij, het OCMW eruit (synthetisch)"
    return figures.ledger(plan, labels=labels, lang="nl", title=title)


def resilience() -> go.Figure:
    title = "Wat overblijft van de doorverwijzing, 2025 (synthetisch)"
    return figures.resilience(curves(latest(), seed=1), lang="nl", title=title)


def xy_plot() -> go.Figure:
    told = release().conditions
    cuts = {"CI": (0.3, 0.6, 0.85), "EFF": (3.5, 6, 8.5)}
    sets = configurations.calibrate(told, cuts).set_axis(
        ["centrally integrated", "effective"], axis=1
    )
    x, y = sets["centrally integrated"], sets["effective"]
    sets["form"] = told["NAO"].map({1: "with an NAO", 0: "without"})
    return figures.xy_plot(
        sets, x=x.name, y=y.name, by="form", inclusion=set_relations.inclusion(x, y),
        coverage=set_relations.coverage(x, y), title="39 local networks (synthetic)",
    )  # fmt: skip


def ceiling() -> go.Figure:
    told = release().conditions.rename(
        columns={"CI": "central integration", "EFF": "effectiveness"}
    )
    names = {"condition": "central integration", "outcome": "effectiveness"}
    reading = necessity.nca(told, **names, permutations=500, seed=1)
    return figures.ceiling(reading, title="39 local networks (synthetic)")


def solution_paths() -> go.Figure:
    cuts = {"CI": 0.5, "AGE": 3, "STAB": 0.5, "RES": 1, "NAO": 1, "EFF": 6}
    sets = configurations.calibrate(release().conditions, cuts).rename(columns=QCA)
    table = configurations.truth_table(sets, outcome="effective")
    core = configurations.minimize(table, solution="parsimonious")
    title = "What makes a local network effective (synthetic)"
    return figures.solution_paths(configurations.minimize(table), core=core, title=title)


FIGURES: dict[str, Callable[[], go.Figure]] = {
    "network": network,
    "network_dark": network_dark,
    "waves": waves,
    "matrix": matrix,
    "ego": ego,
    "brokers": brokers,
    "ranking": ranking,
    "sensitivity": sensitivity,
    "response": response_map,
    "coverage": coverage,
    "pathways": client_ways,
    "agreements": agreement_tiles,
    "alluvial": alluvial,
    "stages": stages,
    "structure": built,
    "relations": related,
    "governance": governance_triangle,
    "effectiveness": effectiveness_marks,
    "resilience": resilience,
    "ledger": ledger,
    "suitability": raters,
    "xy_plot": xy_plot,
    "ceiling": ceiling,
    "solution_paths": solution_paths,
}


CALLS = {
    "network": 'figures.network(net, by="sector", size=centrality.betweenness(net), lang="nl")',
    "network_dark": 'figures.retheme(fig, "dark")',
    "waves": 'figures.waves(waves, by="sector", lang="nl")',
    "matrix": 'figures.matrix(net, by="sector")',
    "ego": 'figures.ego(net, "OCM", by="sector")',
    "brokers": 'figures.brokers(roles, expectations=chance, labels=labels, lang="nl")',
    "ranking": "figures.ranking(found.known, lowest=found.lowest, highest=found.highest)",
    "sensitivity": "figures.sensitivity(response.sensitivity(net, centrality.degree), labels=labels)",
    "response": 'figures.response(net, by="sector", lang="nl")',
    "coverage": 'figures.coverage(needs.to_matrix(), labels=labels, lang="nl")',
    "pathways": 'figures.pathways(effectiveness.pathways(net, profiles, holders=needs), lang="nl")',
    "agreements": 'figures.agreements(agreements.read(register, net=net), labels=labels, lang="nl")',
    "alluvial": 'figures.alluvial(waves, by="partners", stages=reading.stages)',
    "stages": 'figures.stages(lifecycle.classify(waves, facts=facts, relation="referral"), lang="nl")',
    "structure": 'figures.structure(structure.read(net, by="sector"), lang="nl")',
    "relations": 'figures.relations(relations.read(net, by="sector"), labels=labels, lang="nl")',
    "governance": 'figures.governance(governance.course(waves, nao="NBM", service="referral"), lang="nl")',
    "effectiveness": 'figures.effectiveness(effectiveness.assess(scores), lang="nl")',
    "resilience": 'figures.resilience(resilience.curves(net, seed=1), lang="nl")',
    "ledger": 'figures.ledger(interventions.ledger(net, [Add("NLU", ...), Remove("OCM")]), lang="nl")',
    "suitability": "figures.suitability(suitability.screen(answers))",
    "xy_plot": 'figures.xy_plot(sets, x="centrally integrated", y="effective", by="form")',
    "ceiling": 'figures.ceiling(necessity.nca(cases, condition="central integration", outcome=outcome))',
    "solution_paths": "figures.solution_paths(solution, core=configurations.minimize(table, solution=...))",
}
INTRO = """# Gallery

Every figure takes a network, a table or a reading and gives a plotly figure; none of them measures anything.
`figures.describe(fig)` says in words what it shows, `figures.table(fig)` gives its table back, and
`figures.save(fig, "name.svg")` writes it for print. {synthetic}
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
