"""Write docs/lifecycle_validation.md and its pictures: what stage classifiers make of simulated panels.

Run ``python benchmarks/lifecycle_validation.py`` from the root; it takes some minutes and gives the same
page every time. The pictures need matplotlib.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from lifecycle_pictures import Tables, confusions, reliability
from scipy.stats import binomtest
from sklearn.metrics import f1_score

from orgnet_analytics import figures, simulate
from orgnet_analytics.readings import lifecycle
from orgnet_analytics.readings.lifecycle import STAGES, UNDETERMINED
from orgnet_analytics.readings.lifecycle.stage_classifier import StageClassifier
from orgnet_analytics.simulate import HABITS, Habits, World

PAGE = Path(__file__).parents[1] / "docs" / "lifecycle_validation.md"
PICTURES = PAGE.parent / "images" / "lifecycle"

BLUR = 0.25
WORLDS = {
    "as trained": World(),
    "larger, sparser, noisier": World(size=45, density=0.13, noise=0.06, spread=0.15, years=1.5),
    "smaller, denser": World(size=15, density=0.35, spread=0.15, years=3.0),
    "30 % do not answer": World(response=0.7),
    "45 % do not answer": World(response=0.55),
    "stages blurred": World(noise=0.06, spread=0.2),
    "other courses": World(),
}
OTHER_ROUTES = (
    ("activation", "collectivity", "stability", "decline", "stability"),
    ("collectivity", "institutionalization", "decline", "reorientation", "stability"),
    ("activation", "decline", "decline"),
    ("institutionalization", "recreation", "activation", "collectivity"),
    ("collectivity", "collectivity", "institutionalization", "institutionalization"),
)


@dataclass(frozen=True)
class Pool:
    """The waves of many panels: indicators, true stages, share that answered."""

    seen: pd.DataFrame
    stages: pd.Series
    response: pd.Series

    @classmethod
    def draw(cls, count: int, seed: int, name: str = "as trained") -> Pool:
        habits = blurred(BLUR if name == "stages blurred" else 0)
        routes = OTHER_ROUTES if name == "other courses" else simulate.ROUTES
        world = WORLDS[name]
        drawn = simulate.panels(count, seed=seed, routes=routes, world=world, habits=habits)
        seen, stages = lifecycle.pooled(drawn, relation="information")
        answered = {
            (name, wave): net.responded.mean()
            for name, panel in drawn.items()
            for wave, net in panel.waves.items()
        }
        return cls(seen, stages, pd.Series(answered).rename_axis(["panel", "wave"]))

    def without_facts(self) -> Pool:
        told = [name for name in self.seen if name not in lifecycle.STRUCTURE]
        return Pool(self.seen.assign(**dict.fromkeys(told, np.nan)), self.stages, self.response)

    def by_rules(self) -> pd.Series:
        parts = {
            name: lifecycle.judge(wave.droplevel(0), response=self.response[name]).stages
            for name, wave in self.seen.groupby(level=0, sort=False)
        }
        return pd.concat(parts, names=["panel", "wave"]).reindex(self.seen.index)


def blurred(share: float) -> dict[str, Habits]:
    """Return the habits of every stage moved by ``share`` towards those of the mean stage."""

    def moved(values: dict[str, float], mean: dict[str, float]) -> dict[str, float]:
        return {name: value + share * (mean[name] - value) for name, value in values.items()}

    rates = {s: {name: getattr(h, name) for name in simulate.RATES} for s, h in HABITS.items()}
    standing = {stage: dict(habit.standing) for stage, habit in HABITS.items()}
    mean_rate, mean_standing = (dict(pd.DataFrame(t).mean(axis=1)) for t in (rates, standing))
    return {
        stage: Habits(
            **moved(rates[stage], mean_rate), standing=moved(standing[stage], mean_standing)
        )
        for stage in HABITS
    }


def scores(true: pd.Series, read: pd.Series) -> dict[str, float]:
    sure = read != UNDETERMINED
    kinds = [stage for stage in STAGES if (true == stage).any()]
    return {
        "waves": len(true),
        "macro-F1, determined": f1_score(
            true[sure], read[sure], labels=kinds, average="macro", zero_division=0
        ),
        "macro-F1, undetermined is wrong": f1_score(
            true, read, labels=kinds, average="macro", zero_division=0
        ),
        "right, determined": float((true == read)[sure].mean()),
        "undetermined": float(1 - sure.mean()),
    }


def confusion(true: pd.Series, read: pd.Series) -> pd.DataFrame:
    table = pd.crosstab(true, read).reindex(index=list(STAGES), columns=[*STAGES, UNDETERMINED])
    return table.fillna(0).astype(int).rename_axis(index="made in", columns=None)


def calibration(model: StageClassifier, pool: Pool) -> pd.DataFrame:
    """Return, per class of the highest probability, how often it was right."""
    chances = model.predict_proba(pool.seen)
    top = chances.max(axis=1)
    right = model.classes_[chances.argmax(axis=1)] == pool.stages.to_numpy()
    edges = [0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    part = pd.cut(top, edges)
    table = pd.DataFrame({"told": top, "right": right}).groupby(part, observed=True)
    found = table.agg(waves=("right", "size"), told=("told", "mean"), right=("right", "mean"))
    bands = [_band(*row) for row in found[["right", "waves"]].itertuples(index=False)]
    found[["low", "high"]] = bands
    return found.rename_axis("highest probability")


def _band(share: float, waves: int) -> tuple[float, float]:
    """Return the 95 % interval of Wilson (1927) for a share, as if waves were independent."""
    ends = binomtest(round(share * waves), waves).proportion_ci(method="wilson")
    return float(ends.low), float(ends.high)


def markdown(table: pd.DataFrame, decimals: int = 2) -> str:
    table = table.reset_index()
    rows = [
        [f"{v:.{decimals}f}" if isinstance(v, float) else str(v) for v in row]
        for row in table.itertuples(index=False)
    ]
    lines = [list(map(str, table.columns)), ["---"] * table.shape[1], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def page(train: int, test: int) -> str:
    learned = Pool.draw(train, 1)
    model = StageClassifier().fit(learned.seen, learned.stages)
    crossed = model.cross_validated(learned.seen, learned.stages)
    pools = {name: Pool.draw(test, 2000 + i, name) for i, name in enumerate(WORLDS)}
    pools["no facts, ties only"] = pools["as trained"].without_facts()
    rules = {name: pool.by_rules() for name, pool in pools.items()}
    model_reads = {name: model.read(pool.seen)["stage"] for name, pool in pools.items()}
    chain_reads = {name: model.read_courses(pool.seen)["stage"] for name, pool in pools.items()}
    by_chain = pd.DataFrame({n: scores(p.stages, chain_reads[n]) for n, p in pools.items()}).T
    by_rules = pd.DataFrame({n: scores(p.stages, rules[n]) for n, p in pools.items()}).T
    by_model = pd.DataFrame(
        {"cross-validated": scores(crossed["coded"], crossed["stage"])}
        | {n: scores(p.stages, model_reads[n]) for n, p in pools.items()}
    ).T
    for table in (by_rules, by_model, by_chain):
        table["waves"] = table["waves"].astype(int).astype(str)
    shifted = "larger, sparser, noisier"
    missing = "30 % do not answer"
    blurry = "stages blurred"
    told = {name: calibration(model, pool) for name, pool in pools.items()}
    said = _pictures(pools, {"rules": rules, "read": model_reads}, told)
    return TEXT.format(
        train=train,
        test=test,
        **said,
        rules=markdown(by_rules.rename_axis("panels")),
        model=markdown(by_model.rename_axis("panels")),
        chain=markdown(by_chain.rename_axis("panels")),
        confusion_same=markdown(confusion(pools["as trained"].stages, rules["as trained"])),
        confusion_shifted=markdown(confusion(pools[shifted].stages, rules[shifted])),
        confusion_missing=markdown(confusion(pools[missing].stages, rules[missing])),
        confusion_model_missing=markdown(confusion(pools[missing].stages, model_reads[missing])),
        confusion_model=markdown(confusion(pools[shifted].stages, model_reads[shifted])),
        calibration_same=markdown(told["as trained"]),
        calibration_shifted=markdown(told[shifted]),
        calibration_missing=markdown(told[missing]),
        calibration_blurred=markdown(told[blurry]),
        calibration_other=markdown(told["other courses"]),
        confusion_other=markdown(confusion(pools["other courses"].stages, rules["other courses"])),
        confusion_blurred=markdown(confusion(pools[blurry].stages, rules[blurry])),
        confusion_model_blurred=markdown(confusion(pools[blurry].stages, model_reads[blurry])),
    )


def _pictures(
    pools: Mapping[str, Pool], reads: Mapping[str, Mapping[str, pd.Series]], told: Tables
) -> dict[str, str]:
    """Write the pictures and return the words for who does not see them."""
    said = {}
    for reader, stages in reads.items():
        tables = {name: confusion(pool.stages, stages[name]) for name, pool in pools.items()}
        right = "; ".join(f"{name}: {_right(table)}" for name, table in tables.items())
        said[f"{reader}_said"] = f"Simulations. Waves right/wrong/undetermined: {right}."
        _save(confusions(tables, said[f"{reader}_said"]), f"confusion_{reader}")
    off = {name: _outside(table) for name, table in told.items()}
    course = "; ".join(f"{name}: {n} of {len(told[name])}" for name, n in off.items())
    said["told_said"] = f"Simulations. Classes of probability outside the band: {course}."
    _save(reliability(told, said["told_said"]), "calibration")
    return said


def _save(fig: go.Figure, name: str) -> None:
    figures.save(fig, PICTURES / f"{name}.svg", browser=False)


def _right(table: pd.DataFrame) -> str:
    unsure = int(table[UNDETERMINED].sum())
    right = sum(int(table.at[stage, stage]) for stage in STAGES)
    return f"{right}/{int(table.to_numpy().sum()) - right - unsure}/{unsure}"


def _outside(table: pd.DataFrame) -> int:
    return int(((table["told"] < table["low"]) | (table["told"] > table["high"])).sum())


TEXT = """# The life cycle reading on simulated panels

**These are simulations.** `simulate.panel` draws networks that live through stages as this library imagines
them, and the readings then say which stage each wave was made in. Whoever wrote the rules wrote the simulator
too, from the same table of stages, so high scores show that the readings do what they say and stand some
noise. They do not show that real networks live like this. No public set of networks with stages coded by
independent raters was found.

Made by `benchmarks/lifecycle_validation.py`; seeds, sizes and parameters stand in it and in
`orgnet_analytics/simulate.py`. Weights and rules were settled while looking at panels of the seeds 2 to 6 and
105 to 108; the panels below have other seeds.

- *as trained*: 25 members at the start, density .20 in full bloom, facts stray with standard deviation .04.
- *larger, sparser, noisier*: 45 members, density .13, facts stray .06, networks differ half as much again,
  waves 1.5 years apart.
- *smaller, denser*: 15 members, density .35, waves 3 years apart.
- *30 % (45 %) do not answer*: the ties they would have reported are unknown.
- *stages blurred*: every habit of every stage moved a quarter of the way to the mean of all stages, facts
  stray .06, networks differ twice as much.
- *other courses*: stages follow each other in ways no panel used for learning has them.
- *no facts, ties only*: the first set read without trust, goals, rules, resources, legitimacy, age, form
  and purpose.

*macro-F1, determined* is over the waves that got a stage; in the next column "undetermined" counts as wrong.

## Rules: `lifecycle.classify`

{test} panels each, none of them used for setting anything.

{rules}

Where ties alone are known, the reading says "undetermined" of every first wave and of many others.

Made in a stage (row), read as (column): a cell is darker the larger its share of the row, and tells how many
waves it has.

![{rules_said}](images/lifecycle/confusion_rules.svg)

As trained:

{confusion_same}

Larger, sparser, noisier:

{confusion_shifted}

30 % do not answer:

{confusion_missing}

Stages blurred:

{confusion_blurred}

Other courses:

{confusion_other}

Here the rules and the simulator speak of two stages in different words. Stability straight after collectivity
or reorientation is read as institutionalization, because trust, rules and means still rise in that wave; a
second wave of institutionalization in which nothing rises any more is read as stability. Look at the evidence
before telling these two apart.

## Learned: `lifecycle.StageClassifier`

Trained on {train} panels *as trained*; undetermined where the two highest probabilities lie within .1. `read`
sees one wave at a time, without the course before it:

{model}

`read_courses` sees each wave along with those before and after it: a hidden Markov chain whose steps are
counted in the coded panels. All but the *other courses* live through the routes it was taught, an advantage
that real panels do not give:

{chain}

On other courses the chain does worse than each wave by itself, and both do worse than the rules: what is
learned holds for networks that live like the coded ones. A chain that has seen few courses pulls every
network into them.

Made in a stage (row), read by `read` as (column):

![{read_said}](images/lifecycle/confusion_read.svg)

30 % do not answer:

{confusion_model_missing}

Larger, sparser, noisier:

{confusion_model}

Stages blurred:

{confusion_model_blurred}

### Calibration

Waves by their highest probability: what the model told on average, and how often it was right. A mark on the
diagonal is right as often as it told; above it the model is too careful, below it too sure. The number at its
foot is how many waves there are, the bar where the share right may lie (95 %, Wilson 1927, as if waves were
independent; those of one network are not, so it is rather too short). These are simulations.

![{told_said}](images/lifecycle/calibration.svg)

As trained:

{calibration_same}

30 % do not answer:

{calibration_missing}

Larger, sparser, noisier:

{calibration_shifted}

Stages blurred:

{calibration_blurred}

Other courses:

{calibration_other}

The simulated stages lie so far apart that the model is right more often than it says, also where 30 % do not
answer. Not so on *other courses*: there it is too sure, and most where it is rather sure (.7 to .9). What it
calls a probability holds for networks that live like the coded ones. On coded panels of real networks, look
at `cross_validated` first.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=int, default=96)
    parser.add_argument("--test", type=int, default=64)
    options = parser.parse_args()
    PAGE.write_text(page(options.train, options.test), encoding="utf-8")


if __name__ == "__main__":
    main()
