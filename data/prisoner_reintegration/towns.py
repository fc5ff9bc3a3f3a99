"""Thirty-nine invented local networks, drawn so that one recipe makes them effective.

The recipe is the solution Raab, Mannak and Cambré (2015) give for 39 Dutch networks: centrally integrated, at
least three years old and stable, with ample resources or a network administrative organization. Nothing else
is theirs: every network and number here is invented. Which combinations occur, and how often, is chosen so
that the recipe can be found: the three effective ones five times each, and of the others every one that
differs from an effective one in a single condition the recipe needs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from story_tools import Pair
from survey_files import Rows

YEARS = (2023, 2024)
CONDITIONS = ("CI", "AGE", "STAB", "RES", "NAO")
EFFECTIVE = ((1, 1, 1, 1, 1), (1, 1, 1, 1, 0), (1, 1, 1, 0, 1))
OTHERS = (
    (0, 1, 1, 1, 1), (0, 1, 1, 1, 0), (0, 1, 1, 0, 1),
    (1, 0, 1, 1, 1), (1, 0, 1, 1, 0), (1, 0, 1, 0, 1),
    (1, 1, 0, 1, 1), (1, 1, 0, 1, 0), (1, 1, 0, 0, 1),
    (1, 1, 1, 0, 0), (0, 0, 0, 0, 0), (0, 0, 0, 1, 0),
)  # fmt: skip

PLACES = (
    "Aalsmede", "Beukendam", "Bornwijk", "Dalerveen", "Dijkzicht", "Eikenrode", "Elsbroek", "Fortlo",
    "Geestdorp", "Grevenkerk", "Haverlo", "Heidrecht", "Hoogwaard", "IJkerk", "Kaldebeek", "Kerkwoude",
    "Klaverstad", "Laarzicht", "Lindevoort", "Maasrode", "Meerwijde", "Molenhove", "Nieuwerlo", "Oeverdam",
    "Oudebroek", "Peelrade", "Poldervoort", "Rietstad", "Roggeveld", "Schapenburg", "Sluiskerk", "Tolhoek",
    "Uiterlo", "Veldrecht", "Vennebroek", "Waterhove", "Wilgenstad", "Zandrode", "Zwanenhoek",
)  # fmt: skip

PARTNERS = ("gevangenis", "gemeente", "politie", "justitiehuis", "welzijn", "wonen", "werk",
            "verslavingszorg", "geestelijke zorg", "sociale dienst", "onderwijs", "vrijwilligers",
            "reclassering")  # fmt: skip
OFFICE = "netwerkbureau"


@dataclass(frozen=True)
class Local:
    """One local network: its recipe, what was measured of it, and its ties in two years."""

    place: str
    conditions: tuple[int, ...]
    age: int
    resources: float
    score: float
    ties: dict[int, set[Pair]]


def draw_networks(seed: int) -> list[Local]:
    """Return the thirty-nine networks in the order of their places; the same every time."""
    chance = random.Random(seed)
    rows = [row for row in EFFECTIVE for _ in range(5)] + [row for row in OTHERS for _ in range(2)]
    chance.shuffle(rows)
    return [_local(place, row, chance) for place, row in zip(PLACES, rows, strict=True)]


def _local(place: str, row: tuple[int, ...], chance: random.Random) -> Local:
    central, old, stable, rich, office = row
    score = chance.uniform(6.6, 8.8) if row in EFFECTIVE else chance.uniform(3.2, 5.4)
    return Local(
        place, row, chance.randint(3, 8) if old else chance.randint(1, 2),
        round(chance.uniform(1.15, 1.9) if rich else chance.uniform(0.3, 0.85), 2), round(score, 1),
        _ties(bool(central), bool(stable), bool(office), chance),
    )  # fmt: skip


def _ties(central: bool, stable: bool, office: bool, chance: random.Random) -> dict[int, set[Pair]]:
    """Return the ties of two years: a hub tied to nearly all or a ring with chords, kept or renewed."""
    partners = chance.sample(PARTNERS, chance.randint(8, 12))
    members = [OFFICE, *partners] if office else partners
    hub = members[0]
    fixed = (
        {_pair(hub, other) for other in members[1:]}
        if central
        else {_pair(a, b) for a, b in zip(members, [*members[1:], hub], strict=True)}
    )
    others = [_pair(a, b) for at, a in enumerate(members) for b in members[at + 1 :]]
    free = [pair for pair in others if pair not in fixed and hub not in pair]
    chance.shuffle(free)
    many = round(0.7 * len(members))
    before, after = free[:many], free[many : 2 * many]
    kept = before[: many - 2] + after[:2] if stable else after
    lost = set(chance.sample(sorted(fixed), 1 if stable else len(fixed) // 2 - 1))
    return {YEARS[0]: fixed - lost | set(before), YEARS[1]: fixed | set(kept)}


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def condition_rows(local: list[Local]) -> Rows:
    """Return what the evaluators wrote down of each network; the ties stand in a table of their own."""
    yield ["netwerk", "leeftijd in jaren", "middelen in euro per inwoner", "netwerkbureau",
           "doeltreffendheid 0-10"]  # fmt: skip
    for net in local:
        office = "ja" if net.conditions[-1] else "nee"
        yield [net.place, net.age, net.resources, office, net.score]


def tie_rows(local: list[Local]) -> Rows:
    yield ["netwerk", "jaar", "van", "naar"]
    for net in local:
        yield from _listed(net)


def _listed(net: Local) -> Iterator[list[object]]:
    for year, ties in net.ties.items():
        for a, b in sorted(ties):
            yield [net.place, year, a, b]
