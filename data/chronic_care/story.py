"""The invented network behind the case: who is tied to whom, and what each organization would answer.

One seed draws everything. Pairs of organizations get a score: a lasting liking, their sector and
municipality, the pull of whoever coordinates, and shared partners. The highest scores become ties, as
many as ``PLAN`` asks for, so density and reciprocity are set and the rest follows.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

SEED = 20250317
WAVES = (2021, 2023, 2025)
HERE = Path(__file__).parent

Pair = tuple[str, str]
Scores = dict[Pair, float]


@dataclass(frozen=True)
class Organization:
    code: str
    name: str
    aliases: tuple[str, ...]
    sector: str
    type: str
    rank: int
    municipality: str
    first: int
    last: int
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Aim:
    """What a relation is to look like in a wave, before anybody fails to answer."""

    density: float
    reciprocity: float


@dataclass(frozen=True)
class Year:
    aims: dict[str, Aim]
    pull: dict[str, float]
    brokers: dict[str, float]
    kept: float
    trust: float
    silent: frozenset[str]


PLAN = {
    2021: Year(
        aims={
            "information": Aim(0.15, 0.40),
            "referral": Aim(0.07, 0.20),
            "care_plan": Aim(0.03, 0.60),
        },
        pull={"AZM": 2.7, "HAK": 0.3},
        brokers={},
        kept=0.0,
        trust=2.2,
        silent=frozenset({"WGC", "GZV", "UNO", "APL"}),
    ),
    2023: Year(
        aims={
            "information": Aim(0.215, 0.52),
            "referral": Aim(0.105, 0.30),
            "care_plan": Aim(0.075, 0.72),
        },
        pull={"AZM": 1.6, "NBM": 1.6, "HAK": 0.4, "OCM": 0.3},
        brokers={"OCM": 1.3, "LDC": 1.0, "GZM": 0.9, "NBM": 0.8},
        kept=0.75,
        trust=2.7,
        silent=frozenset({"HAZ", "APL", "POL", "GHV", "BNL", "HSM", "ZSV", "KWA"}),
    ),
    2025: Year(
        aims={
            "information": Aim(0.235, 0.62),
            "referral": Aim(0.12, 0.36),
            "care_plan": Aim(0.13, 0.82),
        },
        pull={"AZM": 1.0, "NBM": 2.1, "HAK": 0.4, "OCM": 0.3},
        brokers={"OCM": 1.5, "LDC": 1.1, "GZM": 1.0, "NBM": 1.2, "WMM": 0.6},
        kept=0.97,
        trust=3.1,
        silent=frozenset({"APL", "GHV", "BWK", "HVM"}),
    ),
}


@dataclass(frozen=True)
class Wave:
    """The ties of one wave: strength 1-3 of information, the arcs of the others, ratings 1-4."""

    members: tuple[str, ...]
    silent: frozenset[str]
    information: dict[Pair, int]
    referral: frozenset[Pair]
    care_plan: frozenset[Pair]
    trust: dict[Pair, int]


def organizations() -> dict[str, Organization]:
    with (HERE / "organizations.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: _organization(row) for row in csv.DictReader(file)}


def _organization(row: dict[str, str]) -> Organization:
    parts = {key: tuple(filter(None, map(str.strip, row[key].split(";")))) for key in row}
    return Organization(
        row["code"], row["name"], parts["aliases"], row["sector"], row["type"], int(row["rank"]),
        row["municipality"], int(row["first"]), int(row["last"]), parts["needs"],
    )  # fmt: skip


def waves() -> dict[int, Wave]:
    """Return the invented network in each wave; the same every time."""
    chance = random.Random(SEED)
    known = organizations()
    liking = {pair: chance.gauss(0, 1) for pair in combinations(known, 2)}
    made = {}
    for year in WAVES:
        kept = PLAN[year].kept
        liking = {
            pair: kept * value + (1 - kept**2) ** 0.5 * chance.gauss(0, 1)
            for pair, value in liking.items()
        }
        members = tuple(code for code, org in known.items() if org.first <= year <= org.last)
        made[year] = _wave(year, {code: known[code] for code in members}, liking, chance)
    return made


def _wave(
    year: int, members: dict[str, Organization], liking: Scores, chance: random.Random
) -> Wave:
    plan = PLAN[year]
    scores = {(a, b): _score(members[a], members[b], year, liking[a, b])
              for a, b in combinations(members, 2)}  # fmt: skip
    count = int(plan.aims["information"].density * len(members) * (len(members) - 1) / 1.5)
    for _ in range(2):
        scores = _closed(scores, _top(scores, count), tuple(plan.pull))
    prestige = {code: org.rank + plan.pull.get(code, 0) for code, org in members.items()}
    told = _arcs(scores, plan.aims["information"], prestige, chance)
    return Wave(
        tuple(members),
        plan.silent,
        _strengths(told, scores),
        frozenset(
            _arcs(
                _leaning(scores, told, members, chance, "referral"),
                plan.aims["referral"],
                prestige,
                chance,
            )
        ),
        frozenset(
            _arcs(
                _leaning(scores, told, members, chance, "care_plan"),
                plan.aims["care_plan"],
                prestige,
                chance,
            )
        ),
        _ratings(told, scores, plan.trust, chance),
    )


def _score(a: Organization, b: Organization, year: int, liking: float) -> float:
    plan = PLAN[year]
    score = liking + 0.6 * (a.municipality == b.municipality)
    score += plan.pull.get(a.code, 0) + plan.pull.get(b.code, 0)
    bridge = max(plan.brokers.get(a.code, 0), plan.brokers.get(b.code, 0))
    score += 1.0 if a.sector == b.sector else bridge - 0.7
    newcomers = (a.first == year) + (b.first == year)
    return score - (0.4 * newcomers if year > WAVES[0] else 0)


def _top(scores: Scores, count: int) -> list[Pair]:
    return sorted(scores, key=lambda pair: (-scores[pair], pair))[:count]


def _closed(scores: Scores, ties: list[Pair], hubs: tuple[str, ...]) -> Scores:
    """Raise the score of pairs that share partners other than the hubs."""
    partners: dict[str, set[str]] = {code: set() for pair in scores for code in pair}
    for a, b in ties:
        partners[a].add(b)
        partners[b].add(a)
    return {(a, b): score + 0.3 * min(len(partners[a] & partners[b] - set(hubs)), 4)
            for (a, b), score in scores.items()}  # fmt: skip


def _arcs(
    scores: Scores, aim: Aim, prestige: dict[str, float], chance: random.Random
) -> dict[Pair, float]:
    """Return as many arcs as the aim asks for; the strongest pairs most often name each other."""
    wanted = aim.density * len(prestige) * (len(prestige) - 1)
    mutual = round(aim.reciprocity * wanted / 2)
    single = round((1 - aim.reciprocity) * wanted)
    pairs = _top(scores, mutual + single)
    eager = {pair: scores[pair] + chance.gauss(0, 1.2) for pair in pairs}
    arcs: dict[Pair, float] = {}
    for place, (a, b) in enumerate(_top(eager, len(pairs))):
        upward = (prestige[a] < prestige[b]) == (chance.random() < 0.7)
        named = [(a, b), (b, a)] if place < mutual else [(a, b) if upward else (b, a)]
        arcs |= dict.fromkeys(named, scores[a, b])
    return arcs


def _leaning(
    scores: Scores, told: dict[Pair, float], members: dict[str, Organization],
    chance: random.Random, relation: str,
) -> Scores:  # fmt: skip
    """Return the scores for a relation that mostly follows information, among those it concerns."""
    concerned = {
        "referral": {
            "zorg": 0.6,
            "welzijn": 0.6,
            "wonen": 0.3,
            "verzekering": 0.3,
            "netwerk": -6.0,
        },
        "care_plan": {"zorg": 0.8, "welzijn": 0.7, "wonen": 0.2, "netwerk": -1.0},
    }[relation]
    return {
        (a, b): score + 1.5 * ((a, b) in told or (b, a) in told) + chance.gauss(0, 0.6)
        + sum(concerned.get(members[code].sector, -1.0) for code in (a, b))
        for (a, b), score in scores.items()
    }  # fmt: skip


def _strengths(told: dict[Pair, float], scores: Scores) -> dict[Pair, int]:
    """Return 3 (weekly) for the strongest third of the ties, 2 for the next two fifths, else 1."""
    ranked = _top(told, len(told))
    return {
        pair: 3 if place < 0.33 * len(ranked) else 2 if place < 0.73 * len(ranked) else 1
        for place, pair in enumerate(ranked)
    }


def _ratings(
    told: dict[Pair, float], scores: Scores, mean: float, chance: random.Random
) -> dict[Pair, int]:
    middle = sum(told.values()) / len(told)
    return {
        pair: min(4, max(1, round(mean + 0.25 * (score - middle) + chance.gauss(0, 0.45))))
        for pair, score in told.items()
    }
