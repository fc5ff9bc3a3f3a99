"""What the invented cases share: who is tied to whom, drawn from one seed.

Pairs of organizations get a score: a lasting liking, their sector and municipality, the pull of whoever
coordinates, and shared partners. The highest scores become ties, as many as the plan of the year asks for,
so density and reciprocity are set and the rest follows.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

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
    """What a wave is to look like: its relations, who pulls, who bridges, how much of the liking is kept."""

    aims: Mapping[str, Aim]
    pull: Mapping[str, float]
    brokers: Mapping[str, float]
    kept: float
    trust: float
    silent: frozenset[str]


@dataclass(frozen=True)
class Concern:
    """How much a relation that follows the first one concerns each sector; others, where not named.

    A one-sided tie mostly points to who has more standing, or the other way round: clients are sent on.
    """

    sectors: Mapping[str, float]
    others: float = -1.0
    onward: bool = False


@dataclass(frozen=True)
class Story:
    """The first relation of a plan is drawn from the scores; the others follow it as their concern says."""

    seed: int
    plan: Mapping[int, Year]
    concerns: Mapping[str, Concern]


@dataclass(frozen=True)
class Wave:
    """The ties of one wave: strength 1-3 of the first relation, 1 of the others, ratings 1-4 of trust."""

    members: tuple[str, ...]
    silent: frozenset[str]
    ties: dict[str, dict[Pair, int]]

    def only(self, few: tuple[str, ...]) -> Wave:
        """Return the same wave among a few organizations, all of whom answered."""
        kept = {
            relation: {pair: worth for pair, worth in ties.items() if set(pair) <= set(few)}
            for relation, ties in self.ties.items()
        }
        return Wave(tuple(code for code in few if code in self.members), frozenset(), kept)


def read_organizations(path: Path) -> dict[str, Organization]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _organization(row) for row in csv.DictReader(file)}


def _organization(row: dict[str, str]) -> Organization:
    parts = {key: tuple(filter(None, map(str.strip, row[key].split(";")))) for key in row}
    return Organization(
        row["code"], row["name"], parts["aliases"], row["sector"], row["type"], int(row["rank"]),
        row["municipality"], int(row["first"]), int(row["last"]), parts["needs"],
    )  # fmt: skip


def draw_waves(story: Story, known: dict[str, Organization]) -> dict[int, Wave]:
    """Return the invented network in each wave; the same every time."""
    chance = random.Random(story.seed)
    liking = {pair: chance.gauss(0, 1) for pair in combinations(known, 2)}
    made = {}
    for year, plan in story.plan.items():
        liking = {
            pair: plan.kept * value + (1 - plan.kept**2) ** 0.5 * chance.gauss(0, 1)
            for pair, value in liking.items()
        }
        members = {code: org for code, org in known.items() if org.first <= year <= org.last}
        newcomers = {code for code, org in members.items() if made and org.first == year}
        scores = {
            (a, b): _score(members[a], members[b], plan, liking[a, b])
            - 0.4 * ((a in newcomers) + (b in newcomers))
            for a, b in combinations(members, 2)
        }
        made[year] = Wave(tuple(members), plan.silent, _ties(story, plan, members, scores, chance))
    return made


def _score(a: Organization, b: Organization, plan: Year, liking: float) -> float:
    score = liking + 0.6 * (a.municipality == b.municipality)
    score += plan.pull.get(a.code, 0) + plan.pull.get(b.code, 0)
    bridge = max(plan.brokers.get(a.code, 0), plan.brokers.get(b.code, 0))
    return score + (1.0 if a.sector == b.sector else bridge - 0.7)


def _ties(
    story: Story, plan: Year, members: dict[str, Organization], scores: Scores,
    chance: random.Random,
) -> dict[str, dict[Pair, int]]:  # fmt: skip
    first, *others = plan.aims
    count = int(plan.aims[first].density * len(members) * (len(members) - 1) / 1.5)
    for _ in range(2):
        scores = _closed(scores, _top(scores, count), tuple(plan.pull))
    prestige = {code: org.rank + plan.pull.get(code, 0) for code, org in members.items()}
    told = _arcs(scores, plan.aims[first], prestige, chance)
    ties = {first: _strengths(told)}
    for relation in others:
        concern = story.concerns[relation]
        leaning = _leaning(scores, told, members, chance, concern)
        turned = {code: -worth if concern.onward else worth for code, worth in prestige.items()}
        drawn = _arcs(leaning, plan.aims[relation], turned, chance)
        ties[relation] = dict.fromkeys(drawn, 1)
    return ties | {"trust": _ratings(told, plan.trust, chance)}


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
    scores: Scores, told: Mapping[Pair, float], members: dict[str, Organization],
    chance: random.Random, concern: Concern,
) -> Scores:  # fmt: skip
    """Return the scores for a relation that mostly follows the first, among those it concerns."""
    return {
        (a, b): score + 1.5 * ((a, b) in told or (b, a) in told) + chance.gauss(0, 0.6)
        + sum(concern.sectors.get(members[code].sector, concern.others) for code in (a, b))
        for (a, b), score in scores.items()
    }  # fmt: skip


def _strengths(told: dict[Pair, float]) -> dict[Pair, int]:
    """Return 3 (weekly) for the strongest third of the ties, 2 for the next two fifths, else 1."""
    ranked = _top(told, len(told))
    return {
        pair: 3 if place < 0.33 * len(ranked) else 2 if place < 0.73 * len(ranked) else 1
        for place, pair in enumerate(ranked)
    }


def _ratings(told: dict[Pair, float], mean: float, chance: random.Random) -> dict[Pair, int]:
    middle = sum(told.values()) / len(told)
    return {
        pair: min(4, max(1, round(mean + 0.25 * (score - middle) + chance.gauss(0, 0.45))))
        for pair, score in told.items()
    }
