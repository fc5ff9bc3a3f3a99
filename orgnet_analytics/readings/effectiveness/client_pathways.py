"""Whether clients get from where they come in to all they need, along referrals, and where that breaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import cells
from orgnet_analytics.readings.effectiveness.profiles import (
    checked_profiles,
    held_by,
    holds_all,
    sectors,
    together,
)
from orgnet_analytics.readings.effectiveness.routes import route
from orgnet_analytics.readings.gaps import answered, response_caveats
from orgnet_analytics.readings.given import a_network
from orgnet_analytics.readings.reading import UNDETERMINED, Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds
from orgnet_analytics.twomode import TwoModeNetwork

SERVED, BREAKS, NOT_KNOWN = "served", "breaks", "not known"


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class PathwaysReading(Reading):
    """Which clients the referral network serves, where their way breaks, and who carries it alone.

    Attributes
    ----------
    verdict : str
        ``served``, ``breaks for some``, ``breaks for all`` or ``undetermined``.
    profiles : pandas.DataFrame
        Row per profile: ``entry, clients, state`` (served, breaks, not known), ``breaks_at`` (the needs not
        reached), ``handovers`` (referrals in all), ``longest`` (most referrals for one need; both NaN unless
        served), ``carried_by`` (who could not be missed) and which ``organization`` and ``sector`` alone
        holds all of it.
    steps : pandas.DataFrame
        Row per profile and need: ``state``, the ``way`` taken, ``handovers``, how many ``holders`` there
        are, ``only_holder`` where there is one, and ``why`` where it breaks.
    shares : pandas.Series
        The share of the clients all of whose needs are held by one ``organization``, by one ``sector``, by
        all ``together``, and are ``reached`` along referrals.
    carriers : pandas.Series
        Per organization without which clients are not served, or which alone holds a need of theirs, how many
        clients that is.
    """

    profiles: pd.DataFrame
    steps: pd.DataFrame
    shares: pd.Series
    carriers: pd.Series

    @property
    def headline(self) -> str:
        """The verdict, with the share of the clients that are served."""
        return f"{self.verdict} ({self.shares['reached']:.0%} of the clients served)"

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the profiles, their steps and who carries them."""
        yield "Profiles", self.profiles
        yield "Steps", self.steps
        yield "Who carries clients alone", self.carriers.to_frame()


def pathways(
    net: OrgNetwork,
    profiles: pd.DataFrame,
    *,
    holders: TwoModeNetwork | pd.DataFrame,
    by: str | pd.Series | None = None,
    rules: Rules | None = None,
) -> PathwaysReading:
    """Follow clients through the referral network: who gets all they need, and where does it break.

    A client comes in at one organization and needs help on several domains. A need is served by an
    organization that holds it and that the client can be referred to, directly or through others. Needs *in
    order* are served one after the other, each from where the last was served; otherwise each from the entry,
    which keeps the client.

    Parameters
    ----------
    net : OrgNetwork
        The relation of referral: the source refers to the target. Undirected ties are followed both ways.
    profiles : pandas.DataFrame
        Row per kind of client.

        ======== ========================================================================================
        profile  its name; needed
        entry    the organization where the client comes in; needed
        needs    as the columns of ``holders``, separated by semicolons; needed
        in_order ``yes`` where they must be served in that order; no without it
        clients  how many there are; 1 without it
        ======== ========================================================================================
    holders : TwoModeNetwork or pandas.DataFrame
        Organizations by needs: 1, 0 or NaN (not known). Only members of the network count.
    by : str or Series, optional
        The sector: a column of ``net.actors``, or a Series.
    rules : dict or path, optional
        What to change in the thresholds of ``readings/rules/effectiveness.yaml``.

    Returns
    -------
    PathwaysReading
        A way that only unknown ties or cells could complete is *not known*; where nothing breaks but
        something is not known, or too few answered, the verdict is ``undetermined``.

    Raises
    ------
    DataError
        Listing every unknown entry, misspelt need and repeated profile.
    UndefinedError
        Where the network has several relations, or there is no column ``by``.

    Notes
    -----
    Needs in no order are each followed from the entry, as if it kept the client and referred for every need.
    Whether they are served is the same where whoever serves a need refers on, whatever the order: what can be
    reached from there can be reached from the entry. ``handovers`` is not: one round past several holders
    may take fewer referrals. A client who is handed on and does not come back has needs *in order*.
    Ways have the fewest referrals (breadth-first search over organization and needs served). An organization
    could not be missed where without it, its ties and what it holds, the client is no longer served; the
    entry is not tried. That a way exists does not mean that it is gone: waiting lists, consent and money do
    not show in it. Checked against networkx on the graph of organizations by needs served, and by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["gp", "nurse"], "target": ["nurse", "bank"]})
    >>> holders = pd.DataFrame({"care": [0, 1, 0], "debt": [0, 0, 1], "work": 0},
    ...                        index=["gp", "nurse", "bank"])
    >>> clients = pd.DataFrame({"profile": ["old", "young"], "entry": "gp", "needs": ["care; debt", "work"]})
    >>> reading = pathways(OrgNetwork.from_ties(ties), clients, holders=holders)
    >>> reading
    <PathwaysReading breaks for some (50% of the clients served)>
    >>> reading.profiles.loc["old", "carried_by"], reading.profiles.loc["old", "handovers"].item()
    ('nurse, bank', 3.0)
    >>> reading.steps["why"].iloc[-1]
    'nobody holds it'
    """
    table = thresholds(read_rules("effectiveness", rules), "effectiveness")
    limits = table["value"].to_dict()
    ids = list(a_network(net).actors.index)
    held = held_by(holders)
    if not held.index.isin(ids).any():
        raise DataError(Issue("holders", "none of the organizations is in the network"))
    groups = sectors(by, net.actors, ids)
    book = checked_profiles(profiles, needs=list(held.columns), actors=ids)
    if not book["clients"].sum():
        raise DataError(Issue("profiles", "there are no clients at all", column="clients"))
    outside = tuple(name for name in held.index if name not in net.actors.index)
    absent = tuple(name for name in ids if name not in held.index)
    held = held.reindex(ids)
    known, possible = _referrals(net, held)
    steps = pd.concat([_steps(key, row, known, possible) for key, row in book.iterrows()])
    steps = steps.reset_index(drop=True)
    steps["only_holder"] = steps["only_holder"].where(steps["only_holder"].notna(), None)
    states = _states(steps)
    carried = {
        key: list(_carried_by(row, known)) if states[key] == SERVED else []
        for key, row in book.iterrows()
    }
    whole = _profiles(book, steps, carried, held, groups)
    shares = _shares(whole, held, book, groups)
    told = answered(net) >= limits["response_withheld"]
    verdict = _verdict(whole["state"]) if told else UNDETERMINED
    carriers = _carriers(carried, steps, book["clients"])
    return PathwaysReading(
        verdict=verdict,
        evidence=_evidence(shares, whole, steps, verdict),
        missing=tuple(_missing(steps, absent, groups)),
        would_change=tuple(_would_change(steps, carriers, float(book["clients"].sum()))),
        caveats=(*_caveats(outside), *response_caveats(net, limits)),
        rules=table,
        profiles=whole,
        steps=steps,
        shares=shares,
        carriers=carriers,
    )


@dataclass(frozen=True)
class _Referrals:
    """Where each organization refers to, and who holds each need."""

    follow: Mapping[str, Sequence[str]]
    holders: Mapping[str, Collection[str]]

    def without(self, actor: str) -> _Referrals:
        """Return the same without one organization."""
        follow = {
            name: [other for other in others if other != actor]
            for name, others in self.follow.items()
            if name != actor
        }
        return _Referrals(follow, {n: set(who) - {actor} for n, who in self.holders.items()})

    def ways(self, row: pd.Series) -> list[list[str] | None]:
        """Return the way to each need of a profile, None where there is none."""
        stops = [self.holders.get(need, ()) for need in row["needs"]]
        if row["in_order"]:
            found = route(self.follow, row["entry"], stops)
            return [*found, *[None] * (len(stops) - len(found))]
        each = [route(self.follow, row["entry"], [stop]) for stop in stops]
        return [one[0] if one else None for one in each]


def _referrals(net: OrgNetwork, held: pd.DataFrame) -> tuple[_Referrals, _Referrals]:
    """Return what is known, and what is possible were everything unknown there."""
    cells_of = net.to_matrix()
    made = []
    for unknown in (0.0, 1.0):
        follow = {
            name: list(row.index[row > 0]) for name, row in cells_of.fillna(unknown).iterrows()
        }
        full = held.fillna(unknown)
        made.append(_Referrals(follow, {need: set(full.index[full[need] > 0]) for need in full}))
    return made[0], made[1]


def _steps(key: object, row: pd.Series, known: _Referrals, possible: _Referrals) -> pd.DataFrame:
    """Return what becomes of each need of one profile."""
    rows, broken = [], False
    for need, way, other in zip(row["needs"], known.ways(row), possible.ways(row), strict=True):
        state = SERVED if way else NOT_KNOWN if other else BREAKS
        who, maybe = known.holders.get(need, set()), possible.holders.get(need, set())
        why = "" if state == SERVED else _why(who, maybe, row["in_order"] and broken)
        broken = broken or state != SERVED
        only = next(iter(who)) if len(who) == len(maybe) == 1 else None
        rows.append(
            {"profile": key, "need": need, "state": state, "way": " > ".join(way or ()),
             "handovers": len(way) - 1 if way else None, "holders": len(who), "only_holder": only,
             "why": why}
        )  # fmt: skip
    return pd.DataFrame(rows).astype({"handovers": "Int64", "only_holder": "object"})


def _why(who: Collection[str], maybe: Collection[str], after: bool) -> str:
    if not who:
        return "nobody is known to hold it" if maybe else "nobody holds it"
    if after:
        return "comes after what is not served"
    named = sorted(who)
    others = f" or {len(named) - 3} more" if len(named) > 3 else ""
    return f"no referrals known to lead to {', '.join(named[:3])}{others}"


def _states(steps: pd.DataFrame) -> pd.Series:
    """Return per profile whether all is served, something breaks, or something is not known."""
    worst = {SERVED: 0, NOT_KNOWN: 1, BREAKS: 2}
    places = steps["state"].map(worst).groupby(steps["profile"], sort=False).max()
    return places.map({place: state for state, place in worst.items()}).rename("state")


def _profiles(
    book: pd.DataFrame, steps: pd.DataFrame, carried: Mapping[object, list[str]], held: pd.DataFrame,
    groups: pd.Series | None,
) -> pd.DataFrame:  # fmt: skip
    ours = steps.groupby("profile", sort=False)
    made = book[["entry", "clients"]].assign(state=_states(steps))
    broken = steps["need"].where(steps["state"] != SERVED, None)
    made["breaks_at"] = broken.groupby(steps["profile"]).agg(lambda some: ", ".join(some.dropna()))
    served = made["state"] == SERVED
    made["handovers"] = ours["handovers"].sum().astype(float).where(served)
    made["longest"] = ours["handovers"].max().astype(float).where(served)
    made["carried_by"] = [", ".join(carried[key]) for key in book.index]
    parts = {"organization": held}
    if groups is not None:
        parts["sector"] = together(held, groups)
    for kind, some in parts.items():
        able = {key: holds_all(some, needs, unknown=0.0) for key, needs in book["needs"].items()}
        made[kind] = [", ".join(map(str, one.index[one])) for one in able.values()]
    return made


def _carried_by(row: pd.Series, known: _Referrals) -> Iterator[str]:
    """Yield who on the ways taken could not be missed: only they can be, as the ways do without others."""
    passed = dict.fromkeys(name for way in known.ways(row) for name in way or ())
    for name in passed:
        if name != row["entry"] and None in known.without(name).ways(row):
            yield name


def _shares(
    whole: pd.DataFrame, held: pd.DataFrame, book: pd.DataFrame, groups: pd.Series | None
) -> pd.Series:
    everybody = together(held, None)
    all_of = [bool(holds_all(everybody, needs, unknown=0.0).iloc[0]) for needs in book["needs"]]
    reached = {"organization": whole["organization"] != ""}
    if groups is not None:
        reached["sector"] = whole["sector"] != ""
    reached |= {
        "together": pd.Series(all_of, index=whole.index),
        "reached": whole["state"] == SERVED,
    }
    weight = whole["clients"] / whole["clients"].sum()
    return pd.Series(
        {name: float(weight[is_so].sum()) for name, is_so in reached.items()}, name="share"
    )


def _verdict(states: pd.Series) -> str:
    if (states == SERVED).all():
        return SERVED
    if (states == BREAKS).all():
        return "breaks for all"
    return "breaks for some" if (states == BREAKS).any() else UNDETERMINED


def _carriers(
    carried: Mapping[object, list[str]], steps: pd.DataFrame, clients: pd.Series
) -> pd.Series:
    """Return how many clients hang on each organization, most first; each client counts once."""
    only = steps.dropna(subset=["only_holder"])
    pairs = {(name, key) for key, names in carried.items() for name in names}
    pairs |= set(zip(only["only_holder"], only["profile"], strict=True))
    counts: dict[str, float] = {}
    for name, key in sorted(pairs, key=str):
        counts[name] = counts.get(name, 0.0) + float(clients[key])
    found = pd.Series(counts, name="clients", dtype=float).rename_axis("organization")
    return found.sort_values(ascending=False, kind="stable")


def _evidence(
    shares: pd.Series, whole: pd.DataFrame, steps: pd.DataFrame, verdict: str
) -> pd.DataFrame:
    texts = {
        "organization": "of the clients have all they need at one organization",
        "sector": "of the clients have all they need within one sector",
        "together": "of the clients have all they need somewhere in the network",
        "reached": "of the clients get there by referrals",
    }
    clear = {SERVED: 1.0, "breaks for all": 0.0}
    rows: list[tuple[str, object, str, bool | None]] = [
        (name, share, texts[str(name)], None) for name, share in shares.items() if name != "reached"
    ]
    agrees = (
        None
        if verdict == UNDETERMINED
        else (shares["reached"] == clear.get(verdict, -1)) or (verdict not in clear)
    )
    rows.append(("reached", shares["reached"], texts["reached"], agrees))
    rows.append(("handovers", whole["handovers"].mean(), "mean referrals per served profile", None))
    broken = steps[steps["state"] == BREAKS]
    reading = "; ".join(f"{one.profile}: {one.need}" for one in broken.itertuples()) or "none"
    rows.append(("broken_steps", len(broken), reading, None))
    return evidence_table(rows)


def _missing(
    steps: pd.DataFrame, absent: tuple[str, ...], groups: pd.Series | None
) -> Iterator[str]:
    for one in steps[steps["state"] == NOT_KNOWN].itertuples():
        yield f"Whether {one.profile} gets {one.need}: {one.why}, but unknown ties or cells could do it."
    if absent:
        yield f"What {cells.said(absent)} hold is not known: no row among the holders."
    if groups is None:
        yield "No sectors were given."


def _would_change(steps: pd.DataFrame, carriers: pd.Series, clients: float) -> Iterator[str]:
    for one in steps[steps["state"] == BREAKS].itertuples():
        if one.why == "nobody holds it":
            yield f"Somebody who holds {one.need} (for {one.profile})."
        elif one.why.startswith("no referrals"):
            towards = one.why.rpartition(" lead to ")[2]
            yield f"A referral that leads to {towards} (for {one.profile}: {one.need})."
    if len(carriers):
        share = carriers.iloc[0] / clients
        yield f"The loss of {carriers.index[0]}, on whom something hangs for {share:.0%} of the clients."


def _caveats(outside: tuple[str, ...]) -> Iterator[str]:
    yield "A way that exists is not a way that is gone: waiting lists, consent and money do not show."
    if outside:
        yield f"Holders that are not in the network do not count: {cells.said(outside)}."
