"""Around the invented network: projects in which its organizations met, and municipalities to compare.

The municipalities follow one recipe: many cars become electric where people can charge and the grid can bear
it, and either fleets go first or a subsidy helps. A subsidy alone does little.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from story_tools import Organization
from survey_files import Rows

THEMES = {
    2014: ("prijs", "actieradius"), 2015: ("prijs", "actieradius"), 2016: ("actieradius", "laden"),
    2017: ("prijs", "laden"), 2018: ("actieradius", "laden"), 2019: ("prijs", "wagenpark"),
    2020: ("laden", "vakmanschap"), 2021: ("laden", "net"), 2022: ("net", "wagenpark"),
    2023: ("net", "laden", "wagenpark"), 2024: ("net", "wagenpark", "vakmanschap"),
}  # fmt: skip
"""What the projects that start in a year are about."""

TITLES = {
    "prijs": ("Rijden voor de prijs van benzine", "Tweede leven op de tweedehandsmarkt",
              "Lease voor iedereen", "Premie en prijs"),
    "actieradius": ("Verder op één lading", "Accu in de kou", "Bereik zonder zorgen", "Lichter en verder"),
    "laden": ("Paal voor de deur", "Laden op het werk", "Snelladen langs de ring", "Laadplein Oosterlee",
              "Eén pas voor elke paal", "Laden zonder oprit"),
    "net": ("Slim laden in de avondpiek", "Wijk zonder storing", "Accu als buffer", "Net op tijd"),
    "wagenpark": ("Bestelbus onder stroom", "Stille taxi", "Zorg op wielen", "Stroom voor het pakket"),
    "vakmanschap": ("Monteur van morgen", "Veilig sleutelen aan hoogspanning"),
}  # fmt: skip

PLACES = (
    "Achterveen", "Bergdonk", "Boslaar", "Dorpsveld", "Duinwijk", "Eendenwaard", "Gansoord", "Graslo",
    "Hazelrode", "Heiburg", "Kleiwijk", "Kreekdam", "Lagewolde", "Lisserade", "Lommerwijk", "Merelo",
    "Moerstad", "Nieuwdiep", "Ossenkerk", "Parkrode", "Plasrode", "Rietgouw", "Schansdam", "Spaarlo",
    "Terpzicht", "Turfhaven", "Uilenveld", "Vaartwijk", "Weversdijk", "Zilverwoude",
)  # fmt: skip

TAKEN_UP = ((1, 1, 1, 1), (0, 1, 1, 1), (1, 1, 1, 0))
"""Subsidy, charging, grid, fleets: the combinations in which many cars become electric."""

OTHERS = {
    (0, 1, 1, 0): 2, (1, 0, 1, 1): 2, (1, 1, 0, 1): 2, (0, 0, 1, 1): 2, (0, 1, 0, 1): 2, (1, 0, 1, 0): 2,
    (1, 1, 0, 0): 2, (1, 0, 0, 0): 3, (0, 0, 0, 0): 1,
}  # fmt: skip


@dataclass(frozen=True)
class Project:
    code: str
    title: str
    start: int
    end: int
    budget: int
    theme: str
    partners: tuple[str, ...]


def draw_projects(known: dict[str, Organization], seed: int) -> list[Project]:
    """Return the projects in order of time; the first partner coordinates."""
    chance = random.Random(seed)
    left = {theme: list(titles) for theme, titles in TITLES.items()}
    made = []
    for start, themes in THEMES.items():
        for theme in themes:
            code = f"P{len(made) + 1:02d}"
            partners = _partners(known, theme, start, chance)
            title = left[theme].pop(0)
            end, budget = start + chance.randint(1, 3), 50 * chance.randint(4, 50)
            made.append(Project(code, title, start, end, budget, theme, partners))
    return made


def _partners(
    known: dict[str, Organization], theme: str, start: int, chance: random.Random
) -> tuple[str, ...]:
    """Return who takes part: mostly those who work on the theme, and the network's hub of that time."""
    hub = "PLN" if start >= 2023 else "BVA"
    here = [
        o for o in known.values() if o.first <= start + 1 and o.last >= start and o.code != "PLN"
    ]
    weight = {o.code: 6.0 if theme in o.needs else 1.0 for o in here if o.code != hub}
    many = chance.randint(3, 7)
    chosen: list[str] = []
    while len(chosen) < many:
        (code,) = chance.choices(list(weight), list(weight.values()))
        del weight[code]
        chosen.append(code)
    return (hub, *chosen) if chance.random() < 0.6 else tuple(chosen)


def project_rows(projects: list[Project]) -> Rows:
    yield ["project", "titel", "start", "einde", "budget in duizend euro", "opgave"]
    for p in projects:
        yield [p.code, p.title, p.start, p.end, p.budget, p.theme]


def participation_rows(projects: list[Project], known: dict[str, Organization]) -> Rows:
    """Return a row per participation; some names are typed in capitals or with a space too many."""
    yield ["project", "organisatie", "rol"]
    for at, p in enumerate(projects):
        for place, code in enumerate(p.partners):
            name = known[code].name
            typed = (
                name.upper()
                if (at + place) % 11 == 5
                else f"{name} "
                if (at + place) % 9 == 4
                else name
            )
            yield [p.code, typed, "coördinator" if place == 0 else "partner"]


def draw_municipalities(seed: int) -> Iterator[list[object]]:
    """Return a row per municipality: what it has, and which share of its new cars is electric."""
    chance = random.Random(seed)
    rows = [row for row in TAKEN_UP for _ in range(4)]
    rows += [row for row, many in OTHERS.items() for _ in range(many)]
    chance.shuffle(rows)
    yield ["gemeente", "subsidie per auto in euro", "laadpunten per 1000 inwoners",
           "aanvragen op het net binnen half jaar", "wagenparken met een afspraak",
           "aandeel elektrisch in nieuwe auto's"]  # fmt: skip
    for place, row in zip(PLACES, rows, strict=True):
        subsidy, charging, grid, fleets = row
        points = round(chance.uniform(8.5, 16) if charging else chance.uniform(1, 6.5), 1)
        most = 10 + 2.2 * points
        lag = chance.uniform(0.9, 1) if row in TAKEN_UP else chance.uniform(0.45, 0.85)
        share = lag * (most if row in TAKEN_UP else min(most, 20))
        yield [
            place,
            100 * (chance.randint(24, 50) if subsidy else chance.randint(0, 14)),
            points,
            round(chance.uniform(0.68, 0.95) if grid else chance.uniform(0.15, 0.5), 2),
            round(chance.uniform(0.36, 0.7) if fleets else chance.uniform(0.0, 0.22), 2),
            round(share, 1),
        ]
