"""How far the stage of a network hangs on who happened to answer."""

from __future__ import annotations

import html
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.indicators import Waves, as_waves
from orgnet_analytics.readings.lifecycle import STAGES, UNDETERMINED, StageReading, classify
from orgnet_analytics.readings.rulebook import Rules


@dataclass(frozen=True, eq=False, repr=False)
class Robustness:
    """What becomes of the stages when some respondents had not answered.

    Attributes
    ----------
    shares : pandas.DataFrame
        Wave by stage (and ``undetermined``): share of the draws with that verdict.
    agreement : pandas.Series
        Share of the draws whose verdict is that of ``reading``.
    reading : StageReading
        The reading with everybody who answered.
    draws : int
        How many draws.
    """

    shares: pd.DataFrame
    agreement: pd.Series
    reading: StageReading
    draws: int

    def __repr__(self) -> str:
        said = ", ".join(f"{wave}: {share:.0%}" for wave, share in self.agreement.items())
        return f"<Robustness over {self.draws} draws, same stage in {said}>"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>{self.shares.round(2).to_html(escape=True)}"


def robustness(
    waves: Waves,
    *,
    seed: int,
    drop: float = 0.1,
    draws: int = 100,
    facts: pd.DataFrame | None = None,
    rules: Rules | None = None,
    relation: str | None = None,
) -> Robustness:
    """Read the stages again and again without a random share of the respondents.

    In every draw a share ``drop`` of those who answered counts as not having answered: the ties they
    reported become unknown. Where the verdict then often changes, it rests on too few answers.

    Parameters
    ----------
    waves, facts, rules, relation
        As in `lifecycle.classify`.
    seed : int
        The same seed gives the same draws.
    drop : float
        Share of the respondents left out, above 0 and below 1.
    draws : int
        How often.

    Returns
    -------
    Robustness

    Examples
    --------
    >>> from orgnet_analytics import simulate
    >>> made = simulate.panel(["activation", "collectivity"], seed=1, world=simulate.World(size=12))
    >>> found = robustness(made.waves, facts=made.facts, relation="information", seed=1, draws=5)
    >>> found.agreement.tolist()
    [1.0, 1.0]
    """
    if not 0 < drop < 1 or draws < 1:
        raise DataError(Issue("drop", "wanted a share between 0 and 1 and at least one draw"))
    nets, chance = as_waves(waves), np.random.default_rng(seed)
    reading = classify(nets, facts=facts, rules=rules, relation=relation)
    verdicts = pd.DataFrame(
        [
            classify(
                {wave: silenced(net, drop, chance) for wave, net in nets.items()},
                facts=facts,
                rules=rules,
                relation=relation,
            ).stages
            for _ in range(draws)
        ]
    )
    names = [*STAGES, UNDETERMINED]
    shares = pd.DataFrame({name: (verdicts == name).mean() for name in names})
    agreement = (verdicts == reading.stages).mean().rename("agreement")
    return Robustness(shares.rename_axis("wave"), agreement, reading, draws)


def silenced(net: OrgNetwork, share: float, chance: np.random.Generator) -> OrgNetwork:
    """Return the network had a random share of the respondents not answered."""
    told = np.flatnonzero(net.responded.to_numpy())
    gone = chance.choice(told, round(share * len(told)), replace=False)
    responded = net.responded.to_numpy().copy()
    responded[gone] = False
    silent, ties = net.actors.index[~responded], net.ties
    sources, targets = ties["source"], ties["target"]
    lost = sources.isin(net.actors.index[gone])
    if not net.directed:
        lost |= targets.isin(net.actors.index[gone])
        lost &= sources.isin(silent) & targets.isin(silent)
    return OrgNetwork(
        net.actors.assign(responded=responded), ties[~lost], net.directed, net.name, net.notes
    )
