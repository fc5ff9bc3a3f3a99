"""Which and how many organizations must take part: what is covered, by whom, and who is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, name_list, nearest, not_whole
from orgnet_analytics.measures import cohesion
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.coverage.cover_sets import Bools, fewest, marginal, smallest_sets
from orgnet_analytics.readings.coverage.stakes import Coalitions, coalitions, salience
from orgnet_analytics.readings.given import LARGEST_CORE, a_network, all_known, holders_table
from orgnet_analytics.readings.reading import UNDETERMINED, Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds
from orgnet_analytics.twomode import TwoModeNetwork

__all__ = ["Coalitions", "CoverageReading", "coalitions", "read", "salience"]

NAMED = 5


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class CoverageReading(Reading):
    """What is covered, by whom, and who would fill what is missing.

    The verdict is ``covered``, ``gaps``, or ``undetermined`` where unknown cells decide. Beside evidence,
    missing, would_change, caveats and rules:

    Attributes
    ----------
    covered, gaps, unknown : tuple of str
        Required competences that somebody present holds, that nobody does, and that only unknown cells could
        cover.
    redundancy : pandas.Series
        How many of those present are known to hold each required competence.
    possible : pandas.Series
        How many more of those present might: their cells are unknown.
    single_holders : pandas.Series
        The only known holder of each competence that hangs on one. Where ``possible`` is above 0, there may
        be another.
    unreachable : tuple of str
        Covered, but by nobody the core of the network can reach along known ties. Empty without a network.
    smallest_sets : tuple of frozenset
        Every smallest set of organizations that, with the members, covers all that anybody is known to hold.
    fewest : int
        How many would do if every unknown cell were held; the size of the smallest sets where none is
        unknown.
    marginal : pandas.DataFrame
        Organizations in the order in which each adds most: ``adds``, ``may_add`` (unknown cells),
        ``backs_up`` (competences that so far hang on one other), ``covered`` (share of the required so far),
        ``sole`` (competences only it holds) and ``dyads`` (pairs to maintain that it adds).
    """

    covered: tuple[str, ...]
    gaps: tuple[str, ...]
    unknown: tuple[str, ...]
    redundancy: pd.Series
    possible: pd.Series
    single_holders: pd.Series
    unreachable: tuple[str, ...]
    smallest_sets: tuple[frozenset[str], ...]
    fewest: int
    marginal: pd.DataFrame

    @property
    def headline(self) -> str:
        """The verdict, how much is covered, and how many smallest sets there are."""
        count, total = len(self.smallest_sets), len(self.redundancy)
        sets = f"{count} smallest {'set' if count == 1 else 'sets'}"
        return f"{self.verdict}: {len(self.covered)} of {total} covered; {sets}"

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield who holds what is needed, and what each organization adds."""
        held = pd.DataFrame({"known holders": self.redundancy, "possible more": self.possible})
        yield "Holders of each competence", held.join(self.single_holders.rename("only holder"))
        yield "What each organization adds, and the pairs it adds", self.marginal


def read(
    holders: TwoModeNetwork | pd.DataFrame,
    *,
    required: Sequence[str] | None = None,
    members: Iterable[str] | None = None,
    net: OrgNetwork | None = None,
    most_sets: int = 100,
    rules: Rules | None = None,
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
    rules : dict or path, optional
        What to change in ``readings/rules/coverage.yaml``: what counts as held, how many holders are few.

    Returns
    -------
    CoverageReading

    Raises
    ------
    DataError
        Where members are unknown, a required name is nearly but not quite one that is known, nobody who holds
        anything is in the network, or a rule is wrong.

    Notes
    -----
    The smallest sets are exact: set covering by integer programming (HiGHS, through scipy), solved again
    with each answer forbidden until a larger one comes out. A larger network is no better network: with n
    members there are n (n - 1) / 2 pairs, hence ``dyads``. A cell that is not known (NaN) counts neither as
    held nor as lacking: it can leave a competence ``unknown``, and moves ``possible``, ``fewest`` and
    ``may_add``. Checked against trying every set.

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
    limits = thresholds(read_rules("coverage", rules), "coverage")
    if found := not_whole(most_sets, "most_sets"):
        raise DataError(found)
    if net is not None:
        a_network(net)
    table = incidence(holders, required)
    present = _present(table, members)
    cells = table.to_numpy()
    holds, maybe = cells > limits.at["holds", "value"], np.isnan(cells)
    base = present if members is not None else np.zeros(len(table), dtype=bool)
    sets, more = smallest_sets(holds, base, most_sets)
    held = _Held.of(table, holds & present[:, None], maybe & present[:, None])
    far = _Reach.of(held, net)
    verdict = "gaps" if held.gaps else UNDETERMINED if held.unknown else "covered"
    named = tuple(frozenset(map(str, table.index[list(found)])) for found in sets)
    nobody = tuple(table.columns[~holds.any(axis=0)])
    few = fewest(holds, maybe, base)
    return CoverageReading(
        verdict=verdict,
        evidence=_evidence(verdict, held, far, named, few, limits.at["holders", "value"]),
        missing=(*_not_known(held), *far.missing),
        would_change=tuple(_would_change(held, table.index, holds & ~present[:, None])),
        caveats=tuple(_caveats(more, nobody, far)),
        rules=limits,
        covered=held.covered,
        gaps=held.gaps,
        unknown=held.unknown,
        redundancy=held.count.rename("holders"),
        possible=held.more.rename("possible"),
        single_holders=held.single,
        unreachable=far.far,
        smallest_sets=named,
        fewest=few,
        marginal=marginal(table.index, holds, maybe, base),
    )


@dataclass(frozen=True)
class _Held:
    """What those present are known to hold, and what they might; organizations by competences."""

    known: pd.DataFrame
    maybe: pd.DataFrame

    @classmethod
    def of(cls, table: pd.DataFrame, known: Bools, maybe: Bools) -> _Held:
        frames = (
            pd.DataFrame(c, table.index, table.columns.rename("competence")) for c in (known, maybe)
        )
        return cls(*frames)

    @property
    def count(self) -> pd.Series:
        return self.known.sum()

    @property
    def more(self) -> pd.Series:
        return self.maybe.sum()

    @property
    def covered(self) -> tuple[str, ...]:
        return tuple(self.known.columns[self.count > 0])

    @property
    def gaps(self) -> tuple[str, ...]:
        return tuple(self.known.columns[(self.count == 0) & (self.more == 0)])

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(self.known.columns[(self.count == 0) & (self.more > 0)])

    @property
    def single(self) -> pd.Series:
        alone = {
            c: str(self.known.index[self.known[c]][0]) for c in self.known if self.count[c] == 1
        }
        return pd.Series(alone, name="holder", dtype="str").rename_axis("competence")


@dataclass(frozen=True)
class _Reach:
    """What is covered out of reach of the core: by known ties, of these perhaps not, and why not told."""

    far: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @classmethod
    def of(cls, held: _Held, net: OrgNetwork | None) -> _Reach:
        if net is None:
            return cls()
        who = held.known.index[held.known.any(axis=1)]
        outside = tuple(map(str, who.difference(net.actors.index, sort=False)))
        if len(who) and len(outside) == len(who):
            raise DataError(Issue("net", "none of those who hold anything is in it",
                                  value=", ".join(outside[:NAMED])))  # fmt: skip
        core = (
            cohesion.core_periphery(net).core if len(net) <= LARGEST_CORE else pd.Series(dtype=bool)
        )
        if not core.any():
            return cls(missing=("a core of the network to count reach from",), outside=outside)
        filled = OrgNetwork.from_matrix(net.to_matrix().fillna(1.0), list(net.actors.index))
        reached = _near(net, core)
        perhaps = _near(filled, core)
        far = held.count.gt(0) & ~held.known[held.known.index.isin(reached)].any()
        could = (held.known | held.maybe)[held.known.index.isin(perhaps)].any()
        names = held.known.columns
        return cls(tuple(names[far]), tuple(names[far & could]), (), outside)


def _near(net: OrgNetwork, core: pd.Series) -> pd.Index:
    """Return the actors in one part with a member of the core, ties taken without direction."""
    parts = cohesion.component(net)
    return parts.index[parts.isin(parts[core].unique())]


def _evidence(
    verdict: str, held: _Held, far: _Reach, sets: tuple[frozenset[str], ...], few: int, least: float
) -> pd.DataFrame:
    def against(names: Sequence[str]) -> bool | None:
        return None if verdict != "covered" else not len(names)

    thin = tuple(held.count.index[(held.count > 0) & (held.count < least)])
    size = len(sets[0])
    span = f"{size}" if few == size else f"{few} to {size}, as the unknown cells turn out"
    gaps = None if verdict == UNDETERMINED else bool(held.gaps) == (verdict == "gaps")
    return evidence_table([
        ("covered", len(held.covered) / len(held.count), _named(held.covered), verdict == "covered" or None),
        ("gaps", len(held.gaps), _named(held.gaps), gaps),
        ("unknown", len(held.unknown), _named(held.unknown), against(held.unknown)),
        ("thinly_held", len(thin), f"fewer than {least:g} holders: {_named(thin)}", against(thin)),
        ("out_of_reach", len(far.far), _named(far.far), against(far.far)),
        ("smallest_set", size, f"organizations needed: {span}", None),
    ])  # fmt: skip


def _not_known(held: _Held) -> Iterator[str]:
    for name in held.unknown:
        who = held.maybe.index[held.maybe[name]]
        yield f"whether {_named(who)} {'holds' if len(who) == 1 else 'hold'} {name}"


def _would_change(held: _Held, names: pd.Index, elsewhere: Bools) -> Iterator[str]:
    for name in (*held.gaps, *held.unknown):
        others = names[elsewhere[:, held.known.columns.get_loc(name)]]
        yield (
            f"inviting {_named(others, ' or ')} would cover {name}"
            if len(others)
            else (f"somebody from outside this table who holds {name}")
        )
    for name, who in held.single.items():
        yield f"without {who} nobody known would hold {name}"


def _caveats(more: bool, nobody: tuple[str, ...], far: _Reach) -> Iterator[str]:
    if more:
        yield "There are more smallest sets than are listed."
    if nobody:
        yield f"The smallest sets leave out what nobody is known to hold: {', '.join(nobody)}."
    if far.unsure:
        yield f"Out of reach by what is known, perhaps not by what is unknown: {_named(far.unsure)}."
    if far.outside:
        yield f"Not in the network, so out of its reach: {_named(far.outside)}."


def _named(names: Iterable[str], between: str = ", ") -> str:
    listed = list(map(str, names))
    rest = len(listed) - NAMED
    return between.join(listed[:NAMED]) + (f" and {rest} more" if rest > 0 else "") or "none"


def incidence(
    holders: TwoModeNetwork | pd.DataFrame, required: Sequence[str] | None
) -> pd.DataFrame:
    """Return organizations by what is required, 1, 0 or NaN; all there is where nothing is named."""
    table = holders_table(holders)
    wanted = list(table.columns) if required is None else name_list(required, "required")
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
    names = name_list(members, "members")
    all_known(table.index, names, "members", among="organizations")
    return np.asarray(table.index.isin(names))
