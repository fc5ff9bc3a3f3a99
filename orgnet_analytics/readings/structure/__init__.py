"""How the network is built: core, camps, blocks, positions, and what holds it together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from orgnet_analytics.inference import Test, ei_test
from orgnet_analytics.measures import cohesion, positions
from orgnet_analytics.measures.core_periphery import leading_fit
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import forms
from orgnet_analytics.readings.gaps import (
    against_chance,
    headline_bounds,
    pair_density,
    thin_caveats,
)
from orgnet_analytics.readings.rulebook import Rules
from orgnet_analytics.readings.structure.seen import Seen

__all__ = ["FORMS", "StructureReading", "read"]

FORMS = ("star", "core and periphery", "camps", "even mesh", "fragments")
# Draws of each test where the unknown dyads are filled, in one way after another.
FEW = 50
HEADLINE = {
    "centralization": cohesion.net_centralization,
    "fragmentation": cohesion.net_fragmentation,
    "busiest_core_fit": leading_fit,
}


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class StructureReading(forms.FormsReading):
    """How the network is built.

    The verdict is one of ``structure.FORMS``, or ``undetermined``. Beside evidence, missing, would_change,
    caveats and rules, and what every `FormsReading` has:

    Attributes
    ----------
    core : pandas.Series
        Who is in the core that fits best, whatever the verdict; ``evidence`` says how well it fits.
    actors : pandas.DataFrame
        One row per actor: ``partners``, ``place`` (core, periphery, isolate), ``camp``, ``block`` (of
        ``positions.concor``) and its ``role``, ``cutpoint`` and ``cuts_off`` (pairs of others that meet
        through it only).
    blocks : BlockModel
        The blocks, and who is tied to whom among them.
    roles : pandas.DataFrame
        A row per block: ``members``, densities ``within``, ``gives`` and ``receives``, and its ``role``.
    bridges : pandas.DataFrame
        The links without which two parts would come apart: ``source, target``.
    net : OrgNetwork
        The relation that was read.
    groups : pandas.DataFrame
        With ``by``, a row per group: ``members, in_core, cutpoints, camps`` (over how many it is spread).
    """

    core: pd.Series
    actors: pd.DataFrame
    blocks: positions.BlockModel
    roles: pd.DataFrame
    bridges: pd.DataFrame
    net: OrgNetwork
    groups: pd.DataFrame

    @property
    def headline(self) -> str:
        """The form, its margin, and what the network hangs on."""
        cut = int(self.actors["cutpoint"].sum())
        return (
            f"{self.verdict}; margin {self.margin:.2f}; {int(self.core.sum())} of {len(self.core)} "
            f"in the best core; {cut} cutpoint{'' if cut == 1 else 's'}"
        )

    def details(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the blocks, the cutpoints and the groups."""
        yield "Blocks and their roles", self.roles
        cut = self.actors[self.actors["cutpoint"]]
        yield "Who holds it together", cut.sort_values("cuts_off", ascending=False)
        yield "Groups", self.groups


def read(
    net: OrgNetwork,
    *,
    by: str | None = None,
    relation: str | None = None,
    rules: Rules | None = None,
    draws: int = 200,
    seed: int = 0,
) -> StructureReading:
    """Say how a network is built: a star, a core and periphery, camps, an even mesh, or fragments.

    Each form has conditions on cohesion and positions, and holds as far as the weakest of them. A core and
    camps must be clearer than in random networks of the same density, where there always are some.

    Parameters
    ----------
    net : OrgNetwork
        The ties.
    by : str, optional
        The column of ``actors`` with the groups: adds who of which group is where, and whether ties keep
        within groups.
    relation : str, optional
        The relation to read; needed where there are several.
    rules : dict or path, optional
        What to change in ``readings/rules/structure.yaml``.
    draws : int
        How many random networks each test draws, with ``seed``.

    Returns
    -------
    StructureReading
        ``undetermined`` where no form holds by half, the lead is below .1, fewer than half answered, fewer
        than five take part, or it comes out in fewer than nine in ten ways to fill the unknown dyads at
        random.

    Raises
    ------
    UndefinedError
        Where there are fewer than three actors, no such column, or several relations and none is named.
    DataError
        Where the rules or draws are wrong.

    Notes
    -----
    Direction plays no part but in the blocks. The core is that of Borgatti and Everett (2000); camps are the
    split of largest modularity that a greedy search finds; blocks are those of CONCOR. The forms, their
    conditions and thresholds are our documented, overridable defaults. In a network above 500 actors neither
    core nor camps are tested. Checked on a star, a clique, a ring, two cliques with a bridge, cliques apart,
    and a core with a periphery, all made by hand.

    Examples
    --------
    >>> star = pd.DataFrame({"source": list("hhhhh"), "target": list("abcde")})
    >>> read(OrgNetwork.from_ties(star))
    <StructureReading star; margin 1.00; 2 of 6 in the best core; 1 cutpoint>
    """
    book = forms.form_rules("structure", rules)
    ties = forms.network_to_read(net, relation)
    seen, limits = Seen(ties, draws, seed), book["limits"]
    values = seen.values()
    found = forms.judged(values, book, ties)

    def again(one: OrgNetwork) -> str:
        return forms.judged(Seen(one, min(draws, FEW), seed).values(), book, one).verdict

    told = forms.standing_of(ties, found, again, book)
    crossing = None if by is None else ei_test(ties, by=by, permutations=draws, seed=seed)
    beside = _beside(seen, crossing, limits["chance"])
    return StructureReading(
        evidence=forms.evidence(found.conditions, told["verdict"], beside),
        missing=tuple(_missing(seen, by)),
        caveats=(*_caveats(seen), *thin_caveats(ties, limits)),
        core=seen.core.core.astype(bool),
        actors=seen.actors if by is None else seen.actors.assign(group=ties.column(by)),
        blocks=seen.blocks,
        roles=seen.roles,
        bridges=seen.bridges,
        net=ties,
        groups=_groups(seen.actors, None if by is None else ties.column(by)),
        bounds=headline_bounds(ties, HEADLINE),
        **told,
    )


def _beside(seen: Seen, crossing: Test | None, chance: float) -> Iterator[forms.Row]:
    """Yield what is worth knowing and neither supports nor contradicts a form."""
    density = pair_density(seen.ties)
    yield "density", density, "share of pairs tied, of those both sides reported", None
    cut, between = int(seen.actors["cutpoint"].sum()), len(seen.bridges)
    yield "cutpoints", cut, "organizations without which others come apart", None
    yield "bridge_count", between, "links without which two parts come apart", None
    if "transitivity" in seen.tests:
        test = seen.tests["transitivity"]
        yield "transitivity", test.estimate, against_chance(test, chance)[1], None
    if crossing is not None:
        yield "ei_index", crossing.estimate, against_chance(crossing, chance)[1], None


def _groups(actors: pd.DataFrame, by: pd.Series | None) -> pd.DataFrame:
    columns = ["members", "in_core", "cutpoints", "camps"]
    if by is None:
        return pd.DataFrame(columns=columns)
    told = actors.assign(in_core=actors["place"] == "core").groupby(by, dropna=False)
    found = told.agg(
        members=("partners", "size"), in_core=("in_core", "sum"),
        cutpoints=("cutpoint", "sum"), camps=("camp", "nunique"),
    )  # fmt: skip
    return found.sort_values(["in_core", "members"], ascending=False, kind="stable")


def _missing(seen: Seen, by: str | None) -> Iterator[str]:
    if len(seen.plain.unknown):
        yield f"{len(seen.plain.unknown)} dyads nobody reported on"
    if not seen.tests:
        yield "tests of core and camps against chance: the network is too large for them"
    if by is None:
        yield "the groups of the organizations (by=)"


def _caveats(seen: Seen) -> Iterator[str]:
    yield "The forms and the thresholds behind them are defaults of this library."
    if not seen.core.exact and seen.core.core.any():
        yield "The core was found by searching: a slightly better one may exist."
    if len(seen.plain.unknown):
        yield "Unknown dyads count as no tie here, except in density; the bounds say what they could change."
