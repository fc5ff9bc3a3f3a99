"""How the network is built: core, camps, blocks, positions, and what holds it together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError
from orgnet_analytics.inference import Test, ei_test
from orgnet_analytics.measures import cohesion, positions
from orgnet_analytics.measures.core_periphery import leading_fit
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import forms
from orgnet_analytics.readings.gaps import headline_bounds, pair_density, response_caveats
from orgnet_analytics.readings.indicators import one_relation
from orgnet_analytics.readings.reading import UNDETERMINED, Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds
from orgnet_analytics.readings.structure_seen import Seen

__all__ = ["FORMS", "StructureReading", "read"]

FORMS = ("star", "core and periphery", "camps", "even mesh", "fragments")
HEADLINE = {
    "centralization": cohesion.net_centralization,
    "fragmentation": cohesion.net_fragmentation,
    "busiest_core_fit": leading_fit,
}


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class StructureReading(Reading):
    """How the network is built.

    The verdict is one of ``structure.FORMS``, or ``undetermined``. Beside evidence, missing, would_change,
    caveats and rules:

    Attributes
    ----------
    membership : pandas.Series
        How far each form holds, 0 to 1: as far as the weakest of its conditions.
    margin : float
        Lead of the form that holds most over the next.
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
    groups : pandas.DataFrame
        With ``by``, a row per group: ``members, in_core, cutpoints, camps`` (over how many it is spread).
    conditions : pandas.DataFrame
        ``form, indicator, value, asks, belongs, holds``.
    bounds : pandas.DataFrame
        Between which values the headline numbers lie over the unknown dyads.
    """

    membership: pd.Series
    margin: float
    core: pd.Series
    actors: pd.DataFrame
    blocks: positions.BlockModel
    roles: pd.DataFrame
    bridges: pd.DataFrame
    groups: pd.DataFrame
    conditions: pd.DataFrame
    bounds: pd.DataFrame

    @property
    def headline(self) -> str:
        """The form, its margin, and what the network hangs on."""
        cut = int(self.actors["cutpoint"].sum())
        return (
            f"{self.verdict}; margin {self.margin:.2f}; {int(self.core.sum())} of {len(self.core)} "
            f"in the best core; {cut} cutpoint{'' if cut == 1 else 's'}"
        )

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield memberships, blocks, groups, the cutpoints and the bounds."""
        yield "How far each form holds", self.membership.to_frame("membership").T
        yield "Blocks and their roles", self.roles
        cut = self.actors[self.actors["cutpoint"]].sort_values("cuts_off", ascending=False)
        for title, table in (("Who holds it together", cut), ("Groups", self.groups)):
            if len(table):
                yield title, table
        yield "Whatever the unknown dyads are", self.bounds


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
        ``undetermined`` where no form holds by half, the lead is below .1, or fewer than half answered.

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
    ties = one_relation(net, relation)
    if len(ties) < 3:
        raise UndefinedError(
            f"A network has three organizations or more; this one has {len(ties)}."
        )
    if draws < 1:
        raise DataError(Issue("draws", "wanted 1 or more", value=draws))
    seen, limits = Seen(ties, draws, seed), book["limits"]
    values = seen.values()
    conditions = forms.weighed(dict.fromkeys(FORMS, values), book["conditions"])
    holds = forms.membership(conditions)
    best, margin = forms.lead(holds)
    sure = margin >= limits["margin"] and holds[best] >= limits["membership"]
    answered = float(ties.responded.mean()) >= limits["response_withheld"]
    verdict = best if sure and answered else UNDETERMINED
    crossing = None if by is None else ei_test(ties, by=by, permutations=draws, seed=seed)
    beside = _beside(seen, crossing, limits["chance"])
    return StructureReading(
        verdict=verdict,
        evidence=pd.concat([forms.evidence(conditions, verdict), beside], ignore_index=True),
        missing=tuple(_missing(seen, by)),
        would_change=forms.turning(conditions, holds, verdict),
        caveats=(*_caveats(seen), *response_caveats(ties, limits)),
        rules=forms.printed(
            book["conditions"], thresholds(read_rules("structure", rules), "structure")
        ),
        membership=holds,
        margin=margin,
        core=seen.core.core.astype(bool),
        actors=seen.actors if by is None else seen.actors.assign(group=ties.column(by)),
        blocks=seen.blocks,
        roles=seen.roles,
        bridges=seen.bridges,
        groups=_groups(seen.actors, None if by is None else ties.column(by)),
        conditions=conditions,
        bounds=headline_bounds(ties, HEADLINE),
    )


def _beside(seen: Seen, crossing: Test | None, chance: float) -> pd.DataFrame:
    """Return what is worth knowing and neither supports nor contradicts a form."""
    cut, between = int(seen.actors["cutpoint"].sum()), len(seen.bridges)
    rows: list[tuple[str, object, str, bool | None]] = [
        (
            "density",
            pair_density(seen.ties),
            "share of pairs tied, of those both sides reported",
            None,
        ),
        ("cutpoints", cut, "organizations without which others come apart", None),
        ("bridge_count", between, "links without which two parts come apart", None),
    ]
    tests: Mapping[str, Test] = seen.tests
    if "transitivity" in tests:
        rows.append(_tested("transitivity", tests["transitivity"], chance))
    if crossing is not None:
        rows.append(_tested("ei_index", crossing, chance))
    return evidence_table(rows)


def _tested(name: str, test: Test, chance: float) -> tuple[str, object, str, None]:
    if np.isnan(test.estimate):
        return name, np.nan, "not defined", None
    side = "more" if test.greater <= test.less else "less"
    told = f"{side} than chance" if min(test.greater, test.less) < chance else "no more than chance"
    return name, test.estimate, f"{told} (p = {min(test.greater, test.less):.3f})", None


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
