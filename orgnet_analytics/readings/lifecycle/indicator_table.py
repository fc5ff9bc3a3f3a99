"""What is seen of a network in each wave: structure, change since the wave before, and given facts."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.measures import closure, cohesion, trust
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.gaps import answered
from orgnet_analytics.readings.given import LARGEST_CORE, Waves, as_waves, one_relation

Array = NDArray[np.float64]

SHARES = (
    "trust",
    "goal_consensus",
    "formalization",
    "resource_adequacy",
    "internal_legitimacy",
    "external_legitimacy",
)
FLAGS = ("governance_form_change", "core_purpose_change")
FACTS = (*SHARES, "age_years", *FLAGS, "governance_form")
LEVELS = (
    "density",
    "reciprocity",
    "transitivity",
    "centralization",
    "core_periphery_fit",
    "fragmentation",
    "multiplexity",
)
CHANGES = (
    "entry",
    "exit",
    "node_jaccard",
    "tie_jaccard",
    "net_creation",
    "size_change",
    "density_change",
    "reciprocity_change",
    "transitivity_change",
    "centralization_change",
    "core_overlap",
)
FACT_CHANGES = (
    "trust_change",
    "goal_consensus_change",
    "formalization_change",
    "resource_change",
    "legitimacy_change",
)
INDICATORS = (*LEVELS, *SHARES, "age_years", *CHANGES, *FACT_CHANGES, *FLAGS)
STRUCTURE = (*LEVELS, *CHANGES)


def indicators(
    waves: Waves, *, facts: pd.DataFrame | None = None, relation: str | None = None
) -> pd.DataFrame:
    """Return what is seen of the network in each wave: the evidence for its place in the life cycle.

    With A the waves' ties among the common members, counted over the dyads known in both waves as
    N11 (kept), N10 (ended) and N01 (made):

    - density ... multiplexity: levels of the wave, see `cohesion` and `closure`; centralization,
      transitivity and core are those of the underlying network, reciprocity that among actors whose
      answers are known, multiplexity the share of tied dyads with two or more relations;
    - trust ... age_years: levels from ``facts``;
    - entry, exit: new members / members; leavers / members of the wave before;
    - node_jaccard: members in both / members in either;
    - tie_jaccard: N11 / (N11 + N10 + N01);
    - net_creation: (N01 - N10) / (N01 + N10);
    - size_change: members / members of the wave before, less 1;
    - density_change: (N01 - N10) / (N11 + N10), relative, so that sparse networks compare with dense;
    - the other changes: difference with the wave before, structure among common members and dyads;
    - core_overlap: Jaccard of the two cores;
    - governance_form_change, core_purpose_change: 0 or 1, from ``facts``.

    Parameters
    ----------
    waves : dict of OrgNetwork, or one OrgNetwork
        In order of time.
    facts : pandas.DataFrame, optional
        One row per wave, index = the waves' names: any of ``trust``, ``goal_consensus``,
        ``formalization``, ``resource_adequacy``, ``internal_legitimacy``, ``external_legitimacy`` (0 to
        1), ``age_years``, ``governance_form``, ``governance_form_change``, ``core_purpose_change`` (0, 1).
    relation : str, optional
        The kind of tie whose structure is read; needed where there are several. Multiplexity uses all.

    Returns
    -------
    pandas.DataFrame
        Wave by indicator; NaN where undefined or not observed. Every change is NaN in the first wave; the
        core is not looked for above 500 members.

    Raises
    ------
    DataError
        Where facts are out of range or name no wave; it lists every problem.
    UndefinedError
        Where there are several relations and none is named.

    Notes
    -----
    Tie Jaccard, net creation and the rule to count only dyads observed at both waves are as in the RSiena
    manual. Checked against counts worked out by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> first = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
    >>> later = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "a", "d"]})
    >>> seen = indicators({wave: OrgNetwork.from_ties(ties, list("abcd"))
    ...                    for wave, ties in {2021: first, 2023: later}.items()})
    >>> seen.loc[2023, ["tie_jaccard", "net_creation"]].round(2).tolist()
    [0.25, 0.33]
    """
    nets = as_waves(waves)
    known = checked_facts(facts, list(nets))
    rows: dict[Hashable, dict[str, float]] = {}
    before: _Seen | None = None
    for wave, net in nets.items():
        seen = _Seen.of(one_relation(net, relation))
        changes = {} if before is None else _changes(before, seen)
        rows[wave] = seen.levels | {"multiplexity": multiplexity(net)} | changes
        before = seen
    table = pd.DataFrame.from_dict(rows, orient="index").reindex(columns=list(INDICATORS))
    told = _with_changes(known)
    table[told.columns] = told
    return table.astype(float).rename_axis(index="wave", columns="indicator")


def answered_of(nets: Mapping[Hashable, OrgNetwork], relation: str | None) -> pd.Series:
    """Return which part of the relation that is read is known, per wave: see `gaps.answered`."""
    return pd.Series({wave: answered(one_relation(net, relation)) for wave, net in nets.items()})


def multiplexity(net: OrgNetwork) -> float:
    """Return the share of tied dyads that carry two or more relations; NaN with fewer than two."""
    return trust.net_multiplexity(net) if len(net.relations) > 1 else math.nan


@dataclass(frozen=True)
class _Seen:
    """A wave and what is read from it once: its table of ties, its levels and its core."""

    net: OrgNetwork
    cells: pd.DataFrame
    levels: dict[str, float]
    core: frozenset[str]

    @classmethod
    def of(cls, net: OrgNetwork) -> _Seen:
        cells = net.to_matrix()
        plain = _underlying(cells.to_numpy())
        levels, core = _shape(cells.to_numpy(), net.directed, plain), frozenset[str]()
        levels["density"] = cohesion.net_density(net)
        if len(net) >= 3 and len(net.known):
            levels["fragmentation"] = cohesion.net_fragmentation(plain)
        if "fragmentation" in levels and len(net) <= LARGEST_CORE:
            found = cohesion.core_periphery(plain)
            core = frozenset(net.actors.index[found.core.to_numpy(dtype=bool)])
            levels["core_periphery_fit"] = found.fit
        return cls(net, cells, levels, core)

    def shape(self, cells: Array, directed: bool) -> dict[str, float]:
        """Return the shape of a part of the table; where it is the whole, it is among the levels."""
        whole = len(cells) == len(self.cells) and directed == self.net.directed
        if whole and int(np.isnan(cells).sum()) == int(self.cells.isna().to_numpy().sum()):
            return self.levels
        return _shape(cells, directed)


def _underlying(cells: Array) -> OrgNetwork:
    """Return the network without direction: tied where either side says so, unknown where it may be."""
    either = np.fmax(cells, cells.T)
    return OrgNetwork.from_matrix(np.where(either > 0, either, cells + cells.T), directed=False)


def _shape(cells: Array, directed: bool, plain: OrgNetwork | None = None) -> dict[str, float]:
    """Return reciprocity, transitivity and centralization of a table of ties, unknown cells left out."""
    if len(cells) < 3 or not (cells > 0).any():
        return {}
    plain = _underlying(cells) if plain is None else plain
    seen = {
        "transitivity": closure.net_transitivity(plain),
        "centralization": cohesion.net_centralization(plain, kind="degree"),
    }
    both = np.where(np.isnan(cells + cells.T), 0.0, cells)
    if directed and (both > 0).any():
        seen["reciprocity"] = closure.net_reciprocity(OrgNetwork.from_matrix(both))
    return seen


def _changes(before: _Seen, after: _Seen) -> dict[str, float]:
    old, new = set(before.cells.index), set(after.cells.index)
    common = sorted(old & new)
    was, now = (wave.cells.loc[common, common].to_numpy() for wave in (before, after))
    gaps = np.where(np.isnan(was + now), np.nan, 0.0)
    was, now = was + gaps, now + gaps
    kept, ended, made = _counts(was, now)
    directed = before.net.directed and after.net.directed
    first, second = before.shape(was, directed), after.shape(now, directed)
    return {
        "entry": _share(len(new - old), len(new)),
        "exit": _share(len(old - new), len(old)),
        "node_jaccard": _share(len(common), len(old | new)),
        "size_change": _share(len(new) - len(old), len(old)),
        "core_overlap": _share(len(before.core & after.core), len(before.core | after.core)),
        "tie_jaccard": _share(kept, kept + ended + made),
        "net_creation": _share(made - ended, made + ended),
        "density_change": _share(made - ended, kept + ended),
        "reciprocity_change": _moved(first, second, "reciprocity"),
        "transitivity_change": _moved(first, second, "transitivity"),
        "centralization_change": _moved(first, second, "centralization"),
    }


def _moved(first: dict[str, float], second: dict[str, float], name: str) -> float:
    return second.get(name, math.nan) - first.get(name, math.nan)


def _counts(was: Array, now: Array) -> tuple[int, int, int]:
    old, new = was > 0, now > 0
    known = ~np.isnan(was)
    return int((old & new).sum()), int((old & ~new & known).sum()), int((new & ~old & known).sum())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def checked_facts(facts: pd.DataFrame | None, waves: list[Hashable]) -> pd.DataFrame:
    """Return the facts on the index of the waves, NaN where nothing is told; one error for every problem."""
    if facts is None:
        return pd.DataFrame(index=pd.Index(waves), columns=list(FACTS), dtype=object)
    if not isinstance(facts, pd.DataFrame):
        raise DataError(Issue("facts", f"wanted a table, got {type(facts).__name__}"))
    found = list(_fact_problems(facts, waves))
    if found:
        raise DataError(found)
    keys = {str(wave): wave for wave in waves}
    table = facts.set_axis([keys[str(row)] for row in facts.index], axis=0)
    return table.reindex(index=pd.Index(waves), columns=list(FACTS)).astype(object)


def _fact_problems(facts: pd.DataFrame, waves: list[Hashable]) -> Iterator[Issue]:
    known = [str(wave) for wave in waves]
    rows = [str(row) for row in facts.index]
    for row in rows:
        if row not in known:
            hint = f"the waves are {', '.join(known)}"
            yield Issue("facts", "there is no such wave", row=row, suggestion=hint)
        elif rows.count(row) > 1:
            yield Issue("facts", "the wave stands more than once", row=row)
    for column in map(str, facts.columns):
        hint = nearest(column, FACTS)
        if column not in FACTS and hint:
            yield Issue("facts", "there is no such fact", column=column, suggestion=hint)
    for column in facts.columns.intersection([*SHARES, *FLAGS, "age_years"]):
        values = pd.to_numeric(facts[column], errors="coerce")
        wrong = values.isna() & facts[column].notna() | (values < 0)
        wanted = "wanted a number, 0 or more"
        if column in FLAGS:
            wrong, wanted = wrong | values.notna() & ~values.isin([0, 1]), "wanted 0 or 1"
        elif column in SHARES:
            wrong, wanted = wrong | (values > 1), "wanted a share, 0 to 1"
        for row, value in facts.loc[wrong, column].items():
            yield Issue("facts", wanted, row=row, column=column, value=value)


def _with_changes(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the facts as numbers, with their changes since the wave before."""
    told = facts[[*SHARES, "age_years", *FLAGS]].apply(pd.to_numeric).astype(float)
    form = facts["governance_form"]
    other = (form != form.shift()).astype(float).where(form.notna() & form.shift().notna())
    told["governance_form_change"] = told["governance_form_change"].fillna(other)
    moves = told[list(SHARES)].diff()
    legitimacy = moves[["internal_legitimacy", "external_legitimacy"]].mean(axis=1)
    return told.assign(
        trust_change=moves["trust"],
        goal_consensus_change=moves["goal_consensus"],
        formalization_change=moves["formalization"],
        resource_change=moves["resource_adequacy"],
        legitimacy_change=legitimacy,
    )
