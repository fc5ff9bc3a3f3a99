"""How far the stage of a network hangs on who happened to answer."""

from __future__ import annotations

import html
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.given import Waves, as_waves
from orgnet_analytics.readings.lifecycle import STAGES, UNDETERMINED, StageReading, classify, judge
from orgnet_analytics.readings.lifecycle.indicator_table import answered_of, indicators
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
    drop: float | None = 0.1,
    draws: int = 100,
    facts: pd.DataFrame | None = None,
    rules: Rules | None = None,
    relation: str | None = None,
) -> Robustness:
    """Read the stages again and again without a random share of the respondents.

    In every draw a share ``drop`` of those who answered counts as not having answered: the ties they
    reported become unknown. Where the verdict then often changes, it rests on too few answers.

    Without ``drop`` it is the bootstrap: as many respondents are drawn as there were, with replacement, and
    those not drawn, about 37 %, count as silent (a report that is drawn twice says nothing new). The rule
    that withholds a stage when few answered then goes by who really did.

    Parameters
    ----------
    waves, facts, rules, relation
        As in `lifecycle.classify`.
    seed : int
        The same seed gives the same draws.
    drop : float, optional
        Share of the respondents left out, above 0 and below 1; None for the bootstrap.
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
    if draws < 1 or (drop is not None and not 0 < drop < 1):
        raise DataError(Issue("drop", "wanted a share between 0 and 1 and at least one draw"))
    nets, chance = as_waves(waves), np.random.default_rng(seed)
    reading = classify(nets, facts=facts, rules=rules, relation=relation)
    members, rows = pd.Series({wave: len(net) for wave, net in nets.items()}, dtype=float), []
    for _ in range(draws):
        thinned = {wave: _thinned(net, drop, chance) for wave, net in nets.items()}
        seen = indicators(thinned, facts=facts, relation=relation)
        counted = nets if drop is None else thinned
        response = answered_of(counted, relation)
        rows.append(judge(seen, response=response, members=members, rules=rules).stages)
    verdicts = pd.DataFrame(rows)
    names = [*STAGES, UNDETERMINED]
    shares = pd.DataFrame({name: (verdicts == name).mean() for name in names})
    agreement = (verdicts == reading.stages).mean().rename("agreement")
    return Robustness(shares.rename_axis("wave"), agreement, reading, draws)


def _thinned(net: OrgNetwork, drop: float | None, chance: np.random.Generator) -> OrgNetwork:
    """Return the network without a share of the answers, or without those a bootstrap does not draw."""
    told = np.flatnonzero(net.responded.to_numpy())
    if drop is None:
        return silenced(net, np.setdiff1d(told, chance.choice(told, len(told))))
    return silenced(net, chance.choice(told, round(drop * len(told)), replace=False))


def silenced(net: OrgNetwork, gone: NDArray[np.int64]) -> OrgNetwork:
    """Return the network had the actors at these places not answered."""
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
