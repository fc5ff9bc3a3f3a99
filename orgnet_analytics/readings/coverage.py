"""Which and how many organizations must take part: what is covered, by whom, and who is missing."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.measures import cohesion
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.stakes import Coalitions, coalitions, salience
from orgnet_analytics.twomode import TwoModeNetwork

__all__ = ["Coalitions", "CoverageReading", "coalitions", "read", "salience"]

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, repr=False)
class CoverageReading:
    """What is covered, by whom, and who would fill what is missing.

    Attributes
    ----------
    verdict : str
        ``covered``, ``gaps``, or ``undetermined`` where unknown cells decide.
    covered, gaps, unknown : tuple of str
        Required competences that somebody present holds, that nobody does, and that only unknown cells could
        cover.
    redundancy : pandas.Series
        How many of those present hold each required competence.
    single_holders : pandas.Series
        The only holder of each competence that hangs on one.
    unreachable : tuple of str
        Covered, but by nobody the core of the network can reach. Empty without a network.
    smallest_sets : tuple of frozenset
        Every smallest set of organizations that, with the members, covers all that anybody holds.
    marginal : pandas.DataFrame
        Organizations in the order in which each adds most: ``adds``, ``covered`` (share of the required
        so far), ``sole`` (competences only it holds) and ``dyads`` (pairs to maintain that it adds).
    caveats : tuple of str
        What to say along with the verdict.
    """

    verdict: str
    covered: tuple[str, ...]
    gaps: tuple[str, ...]
    unknown: tuple[str, ...]
    redundancy: pd.Series
    single_holders: pd.Series
    unreachable: tuple[str, ...]
    smallest_sets: tuple[frozenset[str], ...]
    marginal: pd.DataFrame
    caveats: tuple[str, ...]

    def __repr__(self) -> str:
        total = len(self.redundancy)
        sets = (
            f"{len(self.smallest_sets)} smallest sets" if self.smallest_sets else "no smallest set"
        )
        return f"<CoverageReading {self.verdict}: {len(self.covered)} of {total} covered; {sets}>"

    def _repr_html_(self) -> str:
        lists = {"Covered": self.covered, "Gaps": self.gaps, "Unknown": self.unknown,
                 "Out of reach of the core": self.unreachable, "Note": self.caveats}  # fmt: skip
        said = "".join(
            f"<li>{name}: {html.escape(', '.join(items))}</li>"
            for name, items in lists.items()
            if items
        )
        return (
            f"<p><b>{html.escape(repr(self))}</b></p><ul>{said}</ul>"
            f"{self.marginal.round(2).to_html(escape=True)}"
        )


def read(
    holders: TwoModeNetwork | pd.DataFrame,
    *,
    required: Sequence[str] | None = None,
    members: Iterable[str] | None = None,
    net: OrgNetwork | None = None,
    most_sets: int = 100,
) -> CoverageReading:
    """Say which required competences, needs or life domains are covered, by whom, and whom to invite.

    Parameters
    ----------
    holders : TwoModeNetwork or pandas.DataFrame
        Who holds what: organizations by competences, 1, 0 or NaN (not known).
    required : sequence of str, optional
        What is needed; everything without it. What no column knows is a gap.
    members : iterable of str, optional
        Who takes part already; everybody without it. With it, coverage is theirs, and the smallest sets say
        whom to invite beside them. Without it the smallest sets say who would suffice.
    net : OrgNetwork, optional
        One relation. Then what the core cannot reach along the ties, taken without direction, is named.
    most_sets : int
        How many smallest sets to list at most; a caveat says where there are more.

    Returns
    -------
    CoverageReading

    Raises
    ------
    DataError
        Where members are unknown, or a required name is nearly but not quite one that is known.

    Notes
    -----
    The smallest sets are exact: set covering by integer programming (HiGHS, through scipy), solved again
    with each answer forbidden until a larger one comes out. A larger network is no better network: with n
    members there are n (n - 1) / 2 pairs, hence ``dyads``. Checked against trying every set.

    Examples
    --------
    >>> import pandas as pd
    >>> holders = pd.DataFrame({"care": [1, 1, 0], "housing": [0, 0, 1], "work": [0, 0, 0]},
    ...                        index=["clinic", "nurses", "homes"])
    >>> reading = read(holders)
    >>> reading.gaps, reading.single_holders.to_dict()
    (('work',), {'housing': 'homes'})
    >>> sorted(sorted(s) for s in reading.smallest_sets)
    [['clinic', 'homes'], ['homes', 'nurses']]
    """
    table = _incidence(holders, required)
    present = _present(table, members)
    holds = table.to_numpy() > 0
    count = pd.Series(holds[present].sum(axis=0), index=table.columns, name="holders")
    maybe = np.isnan(table.to_numpy()[present]).any(axis=0)
    covered, gaps = count > 0, (count == 0) & ~maybe
    single = {c: str(table.index[present][holds[present, i]][0])
              for i, c in enumerate(table.columns) if count[c] == 1}  # fmt: skip
    base = present if members is not None else np.zeros(len(table), dtype=bool)
    sets, more = _smallest_sets(holds, base, most_sets)
    caveats = ["There are more smallest sets than are listed."] if more else []
    nobody = table.columns[~holds.any(axis=0)]
    if len(nobody):
        caveats.append(
            f"The smallest sets leave out what nobody is known to hold: {', '.join(nobody)}."
        )
    verdict = "gaps" if gaps.any() else "covered" if covered.all() else "undetermined"
    return CoverageReading(
        verdict=verdict,
        covered=tuple(table.columns[covered]),
        gaps=tuple(table.columns[gaps]),
        unknown=tuple(table.columns[~covered & ~gaps]),
        redundancy=count.rename_axis("competence"),
        single_holders=pd.Series(single, name="holder", dtype="str").rename_axis("competence"),
        unreachable=() if net is None else _unreachable(table[present], net),
        smallest_sets=tuple(frozenset(map(str, table.index[list(found)])) for found in sets),
        marginal=_marginal(table, holds, base),
        caveats=tuple(caveats),
    )


def _incidence(
    holders: TwoModeNetwork | pd.DataFrame, required: Sequence[str] | None
) -> pd.DataFrame:
    if isinstance(holders, pd.DataFrame):
        holders = TwoModeNetwork.from_matrix(holders)
    if not isinstance(holders, TwoModeNetwork):
        raise DataError(
            Issue("holders", f"wanted a table or network, got {type(holders).__name__}")
        )
    table = holders.to_matrix()
    wanted = list(table.columns) if required is None else list(dict.fromkeys(map(str, required)))
    if not wanted or table.empty:
        raise DataError(Issue("required", "wanted at least one organization and one competence"))
    strange = [(name, nearest(name, table.columns)) for name in wanted if name not in table]
    found = [
        Issue("required", "not among the competences", value=name, suggestion=hint)
        for name, hint in strange
        if hint
    ]
    if found:
        raise DataError(found)
    return table.reindex(columns=wanted).fillna({name: 0.0 for name, _ in strange})


def _present(table: pd.DataFrame, members: Iterable[str] | None) -> Bools:
    if members is None:
        return np.ones(len(table), dtype=bool)
    names = [str(member) for member in members]
    found = [
        Issue("members", "not among the organizations", value=n, suggestion=nearest(n, table.index))
        for n in names
        if n not in table.index
    ]
    if found:
        raise DataError(found)
    return np.asarray(table.index.isin(names))


def _smallest_sets(holds: Bools, base: Bools, most: int) -> tuple[list[tuple[int, ...]], bool]:
    """Return every smallest set of rows that completes ``base``, and whether there are more than ``most``."""
    needed = holds.any(axis=0) & ~holds[base].any(axis=0)
    if not needed.any():
        return [()], False
    useful = np.flatnonzero(holds[:, needed].any(axis=1) & ~base)
    covers = holds[np.ix_(useful, needed)].T.astype(float)
    found: list[tuple[int, ...]] = []
    while len(found) <= most:
        answer = _cover(covers, found)
        if answer is None or (found and len(answer) > len(found[0])):
            break
        found.append(answer)
    return [tuple(useful[list(one)]) for one in sorted(found[:most])], len(found) > most


def _cover(covers: NDArray[np.float64], forbidden: list[tuple[int, ...]]) -> tuple[int, ...] | None:
    """Return a smallest set of columns that covers all rows and contains none of the forbidden sets."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    n = covers.shape[1]
    rules = [LinearConstraint(covers, lb=1)]
    if forbidden:
        used = np.zeros((len(forbidden), n))
        for row, one in enumerate(forbidden):
            used[row, list(one)] = 1
        rules.append(LinearConstraint(used, ub=used.sum(axis=1) - 1))
    result = milp(np.ones(n), constraints=rules, integrality=np.ones(n), bounds=Bounds(0, 1))
    return tuple(int(i) for i in np.flatnonzero(result.x > 0.5)) if result.success else None


def _marginal(table: pd.DataFrame, holds: Bools, base: Bools) -> pd.DataFrame:
    """Return the organizations one by one, each time the one that adds most (the first of equals)."""
    covered, size = holds[base].any(axis=0), int(base.sum())
    left, rows = list(np.flatnonzero(~base)), []
    sole = (holds & (holds.sum(axis=0) == 1)).sum(axis=1)
    while left:
        adds = [int((holds[i] & ~covered).sum()) for i in left]
        place = int(np.argmax(adds))
        actor = left.pop(place)
        covered |= holds[actor]
        rows.append((table.index[actor], adds[place], covered.mean(), int(sole[actor]), size))
        size += 1
    columns = ["actor", "adds", "covered", "sole", "dyads"]
    return pd.DataFrame(rows, columns=columns).set_index("actor")


def _unreachable(table: pd.DataFrame, net: OrgNetwork) -> tuple[str, ...]:
    """Return the covered competences whose holders no member of the core can reach."""
    core = cohesion.core_periphery(net).core.astype(bool)
    parts = cohesion.component(net)
    near = parts.index[parts.isin(parts[core].unique())] if core.any() else parts.index[:0]
    holds = table > 0
    reached = holds[holds.index.isin(near)].any()
    return tuple(table.columns[holds.any() & ~reached])
