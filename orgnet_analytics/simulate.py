"""Invented networks that live through stages: for teaching, and for checking what a reading makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, UndefinedError, nearest, not_whole
from orgnet_analytics.frames import OwnFrame
from orgnet_analytics.network import OrgNetwork

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

SECTORS = ("care", "welfare", "housing", "education", "government")
RELATIONS = ("information", "resources")
RATES = ("entry", "exit", "dissolve", "density", "returned", "pull", "closure", "double")
SHARES = ("entry", "exit", "dissolve", "double")


@dataclass(frozen=True)
class Habits:
    """How a network behaves while it is in a stage.

    Attributes
    ----------
    entry, exit : float
        New members, and leavers, as a share of the members before.
    dissolve : float
        Share of the ties that end.
    density : float
        Density aimed at, as a share of the density of a network in full bloom.
    returned : float
        How much likelier a tie is that returns another (log odds).
    pull : float
        How much the hub attracts (log odds); the core attracts half as much.
    closure : float
        How much each shared partner attracts (log odds).
    double : float
        Share of the ties that carry the second relation too.
    standing : dict of float
        What the facts move towards: trust, goal consensus and so on, 0 to 1.
    """

    entry: float
    exit: float
    dissolve: float
    density: float
    returned: float
    pull: float
    closure: float
    double: float
    standing: Mapping[str, float]


def _standing(*values: float) -> dict[str, float]:
    names = ("trust", "goal_consensus", "formalization", "resource_adequacy",
             "internal_legitimacy", "external_legitimacy")  # fmt: skip
    return dict(zip(names, values, strict=True))


HABITS = {
    "activation": Habits(
        0.45, 0.12, 0.55, 0.45, 0.6, 3.0, 0.0, 0.15, _standing(0.3, 0.3, 0.12, 0.25, 0.3, 0.2)
    ),
    "collectivity": Habits(
        0.25, 0.05, 0.35, 0.85, 1.6, 1.0, 0.15, 0.4, _standing(0.55, 0.58, 0.45, 0.55, 0.6, 0.5)
    ),
    "institutionalization": Habits(
        0.07, 0.04, 0.22, 1.0, 2.3, 1.2, 0.2, 0.6, _standing(0.72, 0.75, 0.75, 0.72, 0.78, 0.72)
    ),
    "stability": Habits(
        0.03, 0.03, 0.12, 1.0, 2.3, 1.2, 0.2, 0.65, _standing(0.73, 0.76, 0.77, 0.73, 0.79, 0.74)
    ),
    "decline": Habits(
        0.02, 0.22, 0.4, 0.7, 1.2, 1.4, 0.1, 0.4, _standing(0.5, 0.5, 0.68, 0.4, 0.5, 0.5)
    ),
    "reorientation": Habits(
        0.2, 0.15, 0.8, 0.85, 1.2, 1.2, 0.1, 0.4, _standing(0.6, 0.5, 0.45, 0.6, 0.6, 0.6)
    ),
    "recreation": Habits(
        0.6, 0.45, 0.92, 0.5, 0.6, 2.6, 0.0, 0.2, _standing(0.4, 0.5, 0.3, 0.5, 0.4, 0.45)
    ),
}

ROUTES = (
    ("activation", "collectivity", "institutionalization", "stability", "stability"),
    ("activation", "collectivity", "institutionalization", "stability", "decline"),
    ("activation", "collectivity", "institutionalization", "reorientation", "institutionalization"),
    ("activation", "collectivity", "institutionalization", "stability", "reorientation"),
    ("activation", "collectivity", "institutionalization", "recreation", "collectivity"),
    ("activation", "collectivity", "institutionalization", "stability", "recreation"),
    ("activation", "collectivity", "decline", "decline"),
    ("activation", "activation", "collectivity", "institutionalization"),
)


@dataclass(frozen=True, eq=False, repr=False)
class Panel:
    """A simulated network over the years, and the stages it was made to live through.

    Attributes
    ----------
    waves : dict of int to OrgNetwork
        The network per wave, directed, with the relations ``information`` and ``resources``.
    facts : pandas.DataFrame
        As ``lifecycle.classify`` takes them, one row per wave.
    stages : pandas.Series
        The stage each wave was made in.
    """

    waves: dict[int, OrgNetwork]
    facts: pd.DataFrame = OwnFrame()
    stages: pd.Series = OwnFrame()

    def __repr__(self) -> str:
        sizes = [len(net) for net in self.waves.values()]
        course = " -> ".join(self.stages)
        return f"<Panel (simulated): {course}; {min(sizes)} to {max(sizes)} actors>"


@dataclass(frozen=True)
class World:
    """What stays the same over a life: size, fullness, noise, who answers, how strong the habits are.

    Attributes
    ----------
    size : int
        Members at the start.
    density : float
        Density in full bloom.
    noise : float
        Standard deviation of what the facts stray.
    response : float
        Share of the members that answer.
    spread : float
        How far a network's own rates stray from `HABITS`, as a share of their value (standard deviation).
    years : float
        Years between waves.
    """

    size: int = 25
    density: float = 0.2
    noise: float = 0.04
    response: float = 1.0
    spread: float = 0.1
    years: float = 2.0


def panel(
    stages: Sequence[str],
    *,
    seed: int,
    world: World | None = None,
    habits: Mapping[str, Habits] | None = None,
) -> Panel:
    """Draw a network that lives through the given stages, a wave each. Simulated: evidence of nothing real.

    In each wave members leave and join, ties end, and ties are made until the density of the stage is
    reached: who is tied to whom is drawn with odds that rise with the pull of a hub and a core, with
    returning a tie, with shared partners and with a shared sector. What a survey of ties does not tell
    (the facts) moves nine tenths of the way to what the stage stands for. In reorientation hub and form
    of governance change; in recreation the core and the purpose do too. A life that starts in a later stage
    starts with the ties of that stage.

    Parameters
    ----------
    stages : sequence of str
        Names from ``lifecycle.STAGES``, in order of time.
    seed : int
        The same seed gives the same panel.
    world : World, optional
        Size, density, noise, response, spread and years between waves.
    habits : dict of Habits, optional
        What each stage is like; `HABITS` without it.

    Returns
    -------
    Panel
        ``waves``, ``facts``, ``stages``.

    Raises
    ------
    UndefinedError
        Where there is no such stage.
    DataError
        Where a number of the world is out of range; it lists every one.

    Examples
    --------
    >>> made = panel(["activation", "collectivity", "institutionalization"], seed=1)
    >>> made.stages.to_dict()
    {1: 'activation', 2: 'collectivity', 3: 'institutionalization'}
    >>> made.waves[1].relations
    ('information', 'resources')
    """
    world, habits = world or World(), HABITS if habits is None else habits
    _check(stages, habits, world, seed)
    life = _Life(world, np.random.default_rng(seed))
    waves, told = {}, {}
    own = _strayed(habits, world, seed)
    for wave, stage in enumerate(stages, 1):
        life.step(stage, own[stage])
        waves[wave] = life.network(wave)
        told[wave] = life.facts()
    facts = pd.DataFrame.from_dict(told, orient="index").rename_axis("wave")
    return Panel(waves, facts, pd.Series(dict(zip(waves, stages, strict=True)), name="stage"))


def panels(
    count: int,
    *,
    seed: int,
    routes: Iterable[Sequence[str]] = ROUTES,
    world: World | None = None,
    habits: Mapping[str, Habits] | None = None,
) -> dict[str, Panel]:
    """Draw ``count`` panels, the routes in turn, each with its own seed.

    Examples
    --------
    >>> list(panels(2, seed=1))
    ['panel 1', 'panel 2']
    """
    found = [*not_whole(count, "count"), *not_whole(seed, "seed", least=0)]
    ways = list(routes) if isinstance(routes, Iterable) else []
    if not ways:
        found.append(Issue("routes", "wanted a list of lists of stages", value=str(routes)))
    if found:
        raise DataError(found)
    seeds = np.random.SeedSequence(seed).generate_state(count)
    return {
        f"panel {i + 1}": panel(ways[i % len(ways)], seed=int(s), world=world, habits=habits)
        for i, s in enumerate(seeds)
    }


def _check(stages: Sequence[str], habits: Mapping[str, Habits], world: World, seed: int) -> None:
    found = not_whole(seed, "seed", least=0)
    if isinstance(stages, str) or not isinstance(stages, Iterable) or not stages:
        found.append(Issue("stages", "wanted a list of stages, one per wave", value=str(stages)))
    if not isinstance(habits, Mapping) or not all(
        isinstance(one, Habits) for one in habits.values()
    ):
        found.append(
            Issue("habits", "wanted a dict of Habits by stage", value=type(habits).__name__)
        )
    if not isinstance(world, World):
        found.append(Issue("world", "wanted a World", value=type(world).__name__))
    if found:
        raise DataError(found)
    for stage in stages:
        if stage not in habits:
            hint = nearest(str(stage), habits)
            raise UndefinedError(
                f"There is no stage {stage!r}; there are {', '.join(habits)}. {hint}"
            )
    ranges = {"size": (6, 2000), "density": (0.01, 0.9), "noise": (0, 1), "response": (0, 1),
              "spread": (0, 1), "years": (0, 100)}  # fmt: skip
    found = [
        Issue("world", f"wanted {low} to {high}", column=name, value=getattr(world, name))
        for name, (low, high) in ranges.items()
        if not low <= getattr(world, name) <= high
    ]
    if found:
        raise DataError(found)


def _strayed(habits: Mapping[str, Habits], world: World, seed: int) -> dict[str, Habits]:
    """Return the habits as this one network has them: every rate a little more or less, in every stage."""
    chance = np.random.default_rng([seed, 1])
    factors = {name: float(np.clip(chance.normal(1, world.spread), 0.5, 1.5)) for name in RATES}
    own = {}
    for stage, usual in habits.items():
        rates: dict[str, Any] = {name: getattr(usual, name) * factors[name] for name in RATES}
        rates |= {name: min(rates[name], 0.95) for name in SHARES}
        own[stage] = replace(usual, **rates)
    return own


class _Life:
    """The state of one network between waves."""

    def __init__(self, world: World, chance: np.random.Generator) -> None:
        self.world, self.chance = world, chance
        self.members: list[int] = []
        self.born = 0
        self.ties: Bools = np.zeros((0, 0), dtype=bool)
        self.double: Bools = np.zeros((0, 0), dtype=bool)
        self.sector: dict[int, str] = {}
        self.liking: dict[int, float] = {}
        self.hub, self.core = -1, set[int]()
        self.standing: dict[str, float] = {}
        self.form, self.changes, self.age = "lead", (np.nan, np.nan), 0.0

    def step(self, stage: str, habits: Habits) -> None:
        """Live through one wave of the stage."""
        first = not self.members
        if first:
            self._join(self.world.size)
        else:
            self._leave(habits.exit)
            self._join(round(habits.entry * len(self.members)))
        self._lead(stage, first)
        self.ties &= self.chance.random(self.ties.shape) >= habits.dissolve
        self._tie(habits)
        keep = self.double & self.ties & (self.chance.random(self.ties.shape) < 0.8)
        wanted = habits.double * self.ties.sum() - keep.sum()
        free = self.ties & ~keep
        share = np.clip(wanted / max(free.sum(), 1), 0, 1)
        self.double = keep | (free & (self.chance.random(self.ties.shape) < share))
        self._stand(stage, habits, first)

    def _leave(self, share: float) -> None:
        gone = round(share * len(self.members))
        gone = min(gone, max(len(self.members) - 5, 0))
        stay = np.ones(len(self.members), dtype=bool)
        stay[self.chance.choice(len(self.members), gone, replace=False)] = False
        self.members = [m for m, kept in zip(self.members, stay, strict=True) if kept]
        self.ties, self.double = self.ties[np.ix_(stay, stay)], self.double[np.ix_(stay, stay)]

    def _join(self, count: int) -> None:
        fresh = range(self.born, self.born + count)
        self.born += count
        for member in fresh:
            self.sector[member] = str(self.chance.choice(SECTORS))
            self.liking[member] = float(self.chance.normal(0, 0.5))
        self.members += fresh
        self.ties, self.double = (np.pad(m, (0, count)) for m in (self.ties, self.double))

    def _lead(self, stage: str, first: bool) -> None:
        """Choose hub and core where the stage renews them or they have left."""
        renewed = stage in ("reorientation", "recreation") and not first
        if renewed:
            self.core = set()
        if self.hub not in self.members or renewed:
            others = [m for m in self.members if m != self.hub]
            self.hub = int(self.chance.choice(others))
        wanted = max(2, round(0.2 * len(self.members)))
        self.core = {m for m in self.core if m in self.members}
        free = [m for m in self.members if m not in self.core and m != self.hub]
        more = max(0, wanted - len(self.core))
        self.core |= {int(m) for m in self.chance.choice(free, min(more, len(free)), replace=False)}

    def _tie(self, habits: Habits) -> None:
        """Make ties, in four rounds, until the density aimed at; end ties where there are too many."""
        n = len(self.members)
        wanted = round(min(habits.density * self.world.density, 0.95) * n * (n - 1))
        surplus = int(self.ties.sum()) - wanted
        if surplus > 0:
            rows, columns = np.nonzero(self.ties)
            end = self.chance.choice(len(rows), surplus, replace=False)
            self.ties[rows[end], columns[end]] = False
        for left in (4, 3, 2, 1):
            short = wanted - int(self.ties.sum())
            if short > 0:
                self._make(-(-short // left), habits)

    def _make(self, count: int, habits: Habits) -> None:
        odds = self._odds(habits)
        odds[self.ties] = -np.inf
        np.fill_diagonal(odds, -np.inf)
        score = odds + self.chance.gumbel(size=odds.shape)
        best = np.argsort(-score, axis=None, kind="stable")[:count]
        self.ties[np.unravel_index(best, odds.shape)] = True

    def _odds(self, habits: Habits) -> Floats:
        members = np.array(self.members)
        weight = np.array([self.liking[m] for m in members])
        weight = weight + habits.pull * (members == self.hub)
        weight = weight + 0.5 * habits.pull * np.isin(members, list(self.core))
        sector = np.array([self.sector[m] for m in members])
        both = (self.ties | self.ties.T).astype(float)
        return np.asarray(
            weight[:, None]
            + weight
            + 0.4 * (sector[:, None] == sector)
            + habits.returned * self.ties.T
            + habits.closure * np.minimum(both @ both, 6)
        )

    def _stand(self, stage: str, habits: Habits, first: bool) -> None:
        for name, aim in habits.standing.items():
            now = aim if first else self.standing[name] + 0.9 * (aim - self.standing[name])
            if stage == "decline" and not first:
                now = min(now, self.standing[name] - 0.08)
            self.standing[name] = float(
                np.clip(now + self.chance.normal(0, self.world.noise), 0, 1)
            )
        renewed = stage in ("reorientation", "recreation")
        if first:
            mature = stage not in ("activation", "collectivity")
            self.form, self.age = ("nao" if mature else "lead"), 4.0 if mature else 1.0
            self.changes = (np.nan, np.nan)
            return
        before = self.form
        if renewed:
            self.form = {"lead": "nao", "nao": "shared", "shared": "lead"}[self.form]
        elif stage == "institutionalization" and self.chance.random() < 0.5:
            self.form = "nao"
        self.changes = (float(self.form != before), float(stage == "recreation"))
        self.age += self.world.years

    def facts(self) -> dict[str, Any]:
        """Return the row of facts of this wave."""
        form, purpose = self.changes
        return {
            **self.standing,
            "governance_form": self.form,
            "governance_form_change": form,
            "core_purpose_change": purpose,
            "age_years": self.age,
        }

    def network(self, wave: int) -> OrgNetwork:
        """Return the network as a survey would find it: those who do not answer report no ties."""
        ids = np.array([f"org{member:03d}" for member in self.members])
        answered = self.chance.random(len(ids)) < self.world.response
        actors = pd.DataFrame(
            {"sector": [self.sector[m] for m in self.members], "responded": answered}, index=ids
        )
        parts = []
        for relation, ties in zip(RELATIONS, (self.ties, self.double), strict=True):
            rows, columns = np.nonzero(ties & answered[:, None])
            parts.append(
                pd.DataFrame({"source": ids[rows], "target": ids[columns], "relation": relation})
            )
        kinds = pd.CategoricalDtype(list(RELATIONS))
        ties_table = pd.concat(parts, ignore_index=True).astype({"relation": kinds})
        return OrgNetwork(
            actors, ties_table, name=f"simulated, wave {wave}", notes=("simulated (synthetic)",)
        )
