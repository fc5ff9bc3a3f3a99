"""What results rest on beside the ties: competences, the funder, and the domains of sustainability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.resilience.holding import FEW, FRAGILE, Sign
from orgnet_analytics.readings.resilience.knock_outs import held, knock_out
from orgnet_analytics.readings.resilience.psat import sustainability
from orgnet_analytics.twomode import TwoModeNetwork

OVERALL = "overall"


@dataclass(frozen=True, eq=False)
class Supports:
    """What was asked beside the structure; a table is empty where nothing was given.

    Attributes
    ----------
    groups, funder : pandas.DataFrame
        From `knock_out`.
    competences : pandas.Series
        The only known holder of each competence that hangs on one.
    covered, doubtful : int
        How many competences somebody holds; and how many with one known holder may have another.
    sustainability : pandas.DataFrame
        From `sustainability`.
    actors : int
        How many organizations there are.
    """

    groups: pd.DataFrame
    funder: pd.DataFrame
    competences: pd.Series
    covered: int
    doubtful: int
    sustainability: pd.DataFrame
    actors: int

    def signs(self, limits: Mapping[str, float]) -> Iterator[Sign]:
        """Yield what each of them says."""
        if self.covered:
            sure = len(self.competences) - self.doubtful
            share = sure / self.covered
            said = f"{sure} of {self.covered} competences hang on one holder"
            yield Sign("single_holders", share, said, int(share >= limits["single_holders"]))
        if len(self.funder):
            outside = self.funder["outside"].iloc[0]
            share = len(outside) / (self.actors - self.funder["lost"].iloc[0])
            who = "1 organization is" if len(outside) == 1 else f"{len(outside)} organizations are"
            said = f"{who} cut off without {self.funder.index[0]}"
            yield Sign("funder", share, said, int(share >= limits["funder"]))
        if len(self._domains):
            lowest = self._domains["mean"].min()
            said = f"the weakest domain is {self._name(self._domains['mean'].idxmin())}"
            yield Sign("weakest_domain", float(lowest), said, int(lowest < limits["domain"]))

    @property
    def _domains(self) -> pd.DataFrame:
        scored = self.sustainability.drop(index=OVERALL, errors="ignore")
        return scored[scored["mean"].notna()] if len(scored) else scored

    @staticmethod
    def _name(domain: object) -> str:
        return str(domain).replace("_", " ")

    def missing(self) -> tuple[str, ...]:
        """Return what was not given, or not known."""
        found = []
        if not self.covered:
            found.append("Who holds which competence (holders=).")
        if self.doubtful:
            found.append(f"Whether {self.doubtful} competences with one known holder have another.")
        if not len(self.funder):
            found.append("Who brings the money (funder=).")
        if not len(self._domains):
            found.append("How the network scores on the sustainability domains (scores=).")
        elif len(self._domains) < len(self.sustainability) - 1:
            silent = self.sustainability.index[self.sustainability["mean"].isna()]
            found.append(f"Scores on {', '.join(self._name(one) for one in silent)}.")
        return tuple(found)

    def would_change(self, limits: Mapping[str, float], said: str) -> tuple[str, ...]:
        """Return what would mend the signs that are bad."""
        if said not in (FEW, FRAGILE):
            return ()
        bad = {sign.indicator for sign in self.signs(limits) if sign.bad}
        found = []
        if "single_holders" in bad:
            found.append(f"A second holder of {', '.join(map(str, self.competences.index[:5]))}.")
        if "funder" in bad:
            found.append(f"Ties, and money, that do not come through {self.funder.index[0]}.")
        if "weakest_domain" in bad:
            weak = self._domains.index[self._domains["mean"] < limits["domain"]]
            found.append(f"Higher scores on {', '.join(self._name(one) for one in weak)}.")
        return tuple(found)


def ask(
    net: OrgNetwork,
    whole: OrgNetwork,
    *,
    by: str | None,
    holders: TwoModeNetwork | pd.DataFrame | None,
    funder: str | None,
    scores: pd.DataFrame | None,
) -> Supports:
    """Return what the network rests on beside its ties; ``whole`` has all relations, ``net`` the one read."""
    nothing = pd.DataFrame()
    single, covered, doubtful = _single_holders(net, holders)
    return Supports(
        groups=nothing if by is None else knock_out(net, by=by, holders=holders),
        funder=nothing if funder is None else _funder(net, whole, funder, holders),
        competences=single,
        covered=covered,
        doubtful=doubtful,
        sustainability=nothing if scores is None else sustainability(scores),
        actors=len(net),
    )


def _funder(
    net: OrgNetwork, whole: OrgNetwork, funder: str, holders: TwoModeNetwork | pd.DataFrame | None
) -> pd.DataFrame:
    funder = str(funder)
    if funder in whole.relations:
        return knock_out(whole, funder=funder)
    ids = net.actors.index
    if funder not in ids:
        hint = nearest(str(funder), [*ids, *whole.relations])
        raise DataError(
            Issue("funder", "is neither an actor nor a relation", value=funder, suggestion=hint)
        )
    return knock_out(net, funder=funder, holders=holders)


def _single_holders(
    net: OrgNetwork, holders: TwoModeNetwork | pd.DataFrame | None
) -> tuple[pd.Series, int, int]:
    """Return the only known holder of each competence that has one, and how many are covered and doubtful."""
    if holders is None:
        return pd.Series(dtype="str", name="holder").rename_axis("competence"), 0, 0
    table = held(holders, net.actors.index)
    has = table.to_numpy() > 0
    one = has.sum(axis=0) == 1
    maybe = one & np.isnan(table.to_numpy()[table.notna().any(axis=1)]).any(axis=0)
    who = {
        column: str(table.index[has[:, place]][0])
        for place, column in enumerate(table)
        if one[place]
    }
    single = pd.Series(who, name="holder", dtype="str").rename_axis("competence")
    return single, int(has.any(axis=0).sum()), int(maybe.sum())
