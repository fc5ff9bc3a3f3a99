"""Which agreements are in place, and which are missing, expired or one-sided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError, name_list
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import cells
from orgnet_analytics.readings.agreements.register import PROBLEMS, checked_register, from_answers
from orgnet_analytics.readings.agreements.states import (
    HOLDS,
    NOT_KNOWN,
    NOT_SETTLED,
    PARTLY,
    SETTLED,
    STATES,
    best_of,
    one_sided,
    settled,
    states_of,
    status_on,
)
from orgnet_analytics.readings.given import a_network, all_known
from orgnet_analytics.readings.reading import UNDETERMINED, Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds
from orgnet_analytics.response.who import pairs

__all__ = ["PROBLEMS", "STATES", "AgreementsReading", "from_answers", "problems", "read"]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class AgreementsReading(Reading):
    """Which of the four universal problems the agreements settle, for whom.

    Attributes
    ----------
    verdict : str
        ``settled`` (all four problems), ``not settled`` (none), ``gaps: ...`` or ``undetermined``.
    agreements : pandas.DataFrame
        Row per agreement: ``title``, ``status``, ``problems``, number of ``parties``, how many ``signed``,
        ``one_sided`` (why, or empty), ``measured`` (is compliance measured), ``form``, and with a network how
        many pairs of its members have a tie (``tied``) of how many (``pairs``).
    matrix : pandas.DataFrame
        The four problems by agreements: the status of the agreement where it is about the problem.
    organizations : pandas.DataFrame
        Members by problem: the best that any agreement on it is for them, one of ``STATES``.
    dyads : pandas.DataFrame
        Pairs with a tie or an agreement: ``first, second, tie``, how many ``agreements`` hold between them
        and how many ``problems`` these settle, a column per problem, ``state``. Empty without a network.
    in_none : tuple of str
        The members that no agreement holds for.
    """

    agreements: pd.DataFrame
    matrix: pd.DataFrame
    organizations: pd.DataFrame
    dyads: pd.DataFrame
    in_none: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The verdict, with how many of the agreements hold."""
        holds = int(self.agreements["status"].isin(["in force", "expiring"]).sum())
        return f"{self.verdict} ({holds} of {len(self.agreements)} agreements in force)"

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the agreements, the problems they are about, and the organizations."""
        yield "Agreements", self.agreements
        yield "Problems", self.matrix
        yield "Organizations", self.organizations


def problems(lang: Literal["en", "nl"] = "en") -> pd.DataFrame:
    """Return the four problems every network has to solve, each with a question.

    Examples
    --------
    >>> problems().loc["rewards", "asks"]
    'What does an organization get for what it contributes?'
    """
    if lang not in ("en", "nl"):
        raise UndefinedError(f"There is no language {lang!r}; there are 'en' and 'nl'.")
    rows = {name: row[lang] for name, row in read_rules("agreements")["problems"].items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["name", "asks"])
    return table.rename_axis("problem")


def read(
    register: pd.DataFrame,
    *,
    net: OrgNetwork | None = None,
    members: Iterable[str] | None = None,
    outside: Iterable[str] = (),
    at: date | str | None = None,
    rules: Rules | None = None,
) -> AgreementsReading:
    """Say which agreements are in place, which problems they settle for whom, and what is missing.

    Organizations that work together must settle four things: into which tasks the work falls apart, who does
    which, what each gets for it, and who informs whom (Kenis and Raab 2020). An agreement settles those it is
    about for the parties that signed it, while it is in force.

    Parameters
    ----------
    register : pandas.DataFrame
        One row per agreement. Lists in a cell are separated by semicolons; an empty cell is not known.

        ============ ====================================================================================
        id           its name; needed
        problem      one or more of ``task_division``, ``task_allocation``, ``rewards``, ``information``;
                     needed
        parties      two or more organizations, or ``all``; needed
        title        what it is called
        signed_by    the parties that agreed to it, ``all`` or ``none``
        start, end   dates such as 2025-03-31; an end may be ``open`` (agreed to have none)
        renewal      ``automatic``, ``by_decision`` or ``none``
        form         ``written`` or ``oral``
        compliance   how it is checked that it is kept, or ``none``
        obliged      the parties that must do something
        benefits     the parties that gain
        ============ ====================================================================================
    net : OrgNetwork, optional
        One relation: the working ties to hold the agreements against.
    members : iterable of str, optional
        Who takes part; the actors of ``net``, or else every party, without it.
    outside : iterable of str
        Parties that are no members, such as a funder.
    at : date or str, optional
        The day the agreements are read; today without it.
    rules : dict or path, optional
        What to change in the thresholds of ``readings/rules/agreements.yaml``.

    Returns
    -------
    AgreementsReading
        ``undetermined`` where an agreement that may have ended decides.

    Raises
    ------
    DataError
        Listing every unknown organization, problem and word, wrong date and repeated id.
    UndefinedError
        Where ``net`` has several relations.

    Notes
    -----
    An agreement without a known end may have ended: it counts as not known. One whose signatories are not
    known counts as agreed to. *One-sided* is an agreement that one party alone signed, is obliged by or gains
    from, or in which some parties only give and others only gain. A problem is *settled* where 80 % of the
    members are in an agreement on it that holds, *not settled* below 20 %: documented, overridable defaults
    of this library. Checked on registers worked out by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> register = pd.DataFrame({"id": ["A1", "A2"], "problem": ["information", "task_allocation; rewards"],
    ...     "parties": ["all", "clinic; homes"], "start": "2024-01-01", "end": ["open", "2024-12-31"]})
    >>> reading = read(register, members=["clinic", "homes", "police"], at="2025-06-30")
    >>> reading
    <AgreementsReading gaps: task division, task allocation, rewards (1 of 2 agreements in force)>
    >>> reading.would_change
    ('If A2 were in force again: task allocation partly settled, rewards partly settled.',)
    """
    table = thresholds(read_rules("agreements", rules), "agreements")
    limits, day = table["value"].to_dict(), _day(at)
    named, outside = _who(net, members), name_list(outside, "outside")
    book = checked_register(register, members=named, outside=outside)
    everybody = named if named is not None else _all_parties(book, outside)
    status = status_on(book, day, limits["expiring_days"])
    parties = states_of(book, status, everybody)
    organizations = best_of(parties, everybody)
    words = settled(organizations, limits)
    dyads = _no_dyads() if net is None else _dyads(book, parties, everybody, net)
    listing = _listing(book, status, net, everybody)
    open_states = organizations.isin([*HOLDS, NOT_KNOWN])
    in_none = tuple(organizations.index[~open_states.any(axis=1)])
    return AgreementsReading(
        verdict=_verdict(words["word"]),
        evidence=_evidence(words, listing, dyads, in_none, len(everybody)),
        missing=tuple(_missing(book, status, net)),
        would_change=tuple(_would_change(book, status, everybody, limits, day)),
        caveats=(
            f"Read on {day:%Y-%m-%d}; the thresholds are defaults of this library.",
            "A register tells what was agreed, not whether it is kept, and trust can do without.",
        ),
        rules=table,
        agreements=listing,
        matrix=_matrix(book, status),
        organizations=organizations,
        dyads=dyads,
        in_none=in_none,
    )


def _day(at: date | str | None) -> pd.Timestamp:
    wrong = DataError(Issue("at", "wanted a date such as 2025-03-31", value=str(at)))
    try:
        day = pd.Timestamp(at if at is not None else date.today())
    except (ValueError, TypeError) as error:
        raise wrong from error
    if pd.isna(day) or not isinstance(at, str | date | None):
        raise wrong
    return day.tz_localize(None).normalize()


def _who(net: OrgNetwork | None, members: Iterable[str] | None) -> list[str] | None:
    if net is not None:
        a_network(net)
    if members is None:
        return None if net is None else list(net.actors.index)
    named = name_list(members, "members")
    if not named:
        raise DataError(Issue("members", "nobody is named"))
    if net is not None:
        all_known(net.actors.index, named, "members")
    return named


def _all_parties(book: pd.DataFrame, outside: Iterable[str]) -> list[str]:
    parties = dict.fromkeys(name for row in book["parties"] for name in row)
    return [name for name in parties if name not in set(map(str, outside))]


def _verdict(words: pd.Series) -> str:
    gaps = words.index[words.isin([PARTLY, NOT_SETTLED])]
    if (words == NOT_SETTLED).all():
        return NOT_SETTLED
    if len(gaps):
        return f"gaps: {', '.join(name.replace('_', ' ') for name in gaps)}"
    return UNDETERMINED if (words == NOT_KNOWN).any() else SETTLED


# what to show


def _listing(
    book: pd.DataFrame, status: pd.Series, net: OrgNetwork | None, members: list[str]
) -> pd.DataFrame:
    measured = book["compliance"].map(lambda text: text != "none", na_action="ignore")
    made = pd.DataFrame(
        {
            "title": book["title"],
            "status": status,
            "problems": book["problems"].map(", ".join),
            "parties": book["parties"].map(len),
            "signed": pd.Series(
                [None if one is None else len(one) for one in book["signed"]], book.index, "Int64"
            ),
            "one_sided": book.apply(one_sided, axis=1).astype("str"),
            "measured": measured.astype("boolean"),
            "form": book["form"],
        }
    )
    if net is None:
        return made
    tied = _ties(net, members)
    for key, names in book["parties"].items():
        inside = [name for name in names if name in tied.index]
        cells_of = tied.loc[inside, inside].to_numpy()[np.triu_indices(len(inside), 1)]
        made.loc[key, ["tied", "pairs"]] = (float((cells_of == 1).sum()), float(len(cells_of)))
        made.loc[key, "unknown"] = float(np.isnan(cells_of).sum())
    return made.astype({"tied": int, "pairs": int, "unknown": int})


def _matrix(book: pd.DataFrame, status: pd.Series) -> pd.DataFrame:
    made = {key: [status[key] if one in row else "" for one in PROBLEMS]
            for key, row in book["problems"].items()}  # fmt: skip
    return pd.DataFrame(made, index=pd.Index(PROBLEMS, name="problem"))


def _ties(net: OrgNetwork, members: list[str]) -> pd.DataFrame:
    """Return members by members: 1 a tie in either direction, 0 none, NaN not known."""
    first, second, forth, back = pairs(net)
    state = np.where(np.fmax(forth, back) > 0, 1.0, np.where(np.isnan(forth + back), np.nan, 0.0))
    made = np.zeros((len(net), len(net)))
    made[first, second] = made[second, first] = state
    ids = net.actors.index
    return pd.DataFrame(made, index=ids, columns=ids).loc[members, members]


def _no_dyads() -> pd.DataFrame:
    return pd.DataFrame(
        columns=["first", "second", "tie", "agreements", "problems", *PROBLEMS, "state"]
    )


def _dyads(
    book: pd.DataFrame, parties: pd.DataFrame, members: list[str], net: OrgNetwork
) -> pd.DataFrame:
    """Return the pairs with a tie or an agreement, and whether they have the other too."""
    holds = parties[members].isin(HOLDS).to_numpy(dtype=float)
    maybe = parties[members].isin([*HOLDS, NOT_KNOWN]).to_numpy(dtype=float)
    tie = _ties(net, members).to_numpy()
    both, perhaps = holds.T @ holds, maybe.T @ maybe
    between = {}
    for problem in PROBLEMS:
        about = holds[[problem in some for some in book["problems"]]]
        between[problem] = (about.T @ about) > 0
    first, second = np.nonzero(np.triu((tie == 1) | (perhaps > 0), 1))
    made = pd.DataFrame(
        {
            "first": np.array(members, dtype=object)[first],
            "second": np.array(members, dtype=object)[second],
            "tie": pd.array(tie[first, second] == 1, dtype="boolean"),
            "agreements": both[first, second].astype(int),
            "problems": sum(cell[first, second].astype(int) for cell in between.values()),
            **{problem: cell[first, second] for problem, cell in between.items()},
        }
    )
    unknown = np.isnan(tie[first, second])
    made["tie"] = made["tie"].mask(unknown)
    open_ = unknown | ((made["agreements"] == 0) & (perhaps[first, second] > 0))
    state = np.where(
        made["agreements"] == 0, "tie without agreement",
        np.where(tie[first, second] == 1, "tie and agreement", "agreement without tie"),
    )  # fmt: skip
    return made.assign(state=pd.Series(state, dtype="str").mask(open_, NOT_KNOWN))


def _evidence(
    words: pd.DataFrame, listing: pd.DataFrame, dyads: pd.DataFrame, in_none: tuple[str, ...], members: int
) -> pd.DataFrame:  # fmt: skip
    rows: list[tuple[str, object, str, bool | None]] = []
    wanted = (SETTLED,) if _verdict(words["word"]) == SETTLED else (PARTLY, NOT_SETTLED)
    for problem, (sure, word) in words.iterrows():
        agrees = None if word == NOT_KNOWN else word in wanted
        rows.append((str(problem), sure / members, f"{word}: {sure} of {members} members", agrees))
    lists = {
        "expired": listing.index[listing["status"] == "expired"],
        "expiring": listing.index[listing["status"] == "expiring"],
        "one_sided": listing.index[listing["one_sided"] != ""],
        "not_measured": listing.index[(listing["measured"] == False).fillna(value=False)],  # noqa: E712
        "members_in_none": pd.Index(in_none),
    }
    if "tied" in listing:
        alone = (listing["tied"] == 0) & (listing["unknown"] == 0) & (listing["pairs"] > 0)
        lists["agreements_without_tie"] = listing.index[alone]
    rows += [(name, len(who), cells.said(who) or "none", None) for name, who in lists.items()]
    ties = dyads[dyads["tie"].fillna(value=False).astype(bool)]
    if len(ties):
        bare = int((ties["state"] == "tie without agreement").sum())
        rows.append(("ties_without_agreement", bare, f"{bare} of {len(ties)} working ties", None))
    return evidence_table(rows)


def _missing(book: pd.DataFrame, status: pd.Series, net: OrgNetwork | None) -> Iterator[str]:
    for text, lacks in {
        "Whether it has ended is not known of": status == NOT_KNOWN,
        "When it started is not known of": book["start"].isna(),
        "Who signed is not known of": book["signed"].isna(),
        "Who is obliged and who gains is not known of": book["obliged"].isna()
        | book["benefits"].isna(),
        "Whether compliance is measured is not known of": book["compliance"].isna(),
    }.items():
        if lacks.any():
            yield f"{text} {cells.said(book.index[lacks])}."
    if net is None:
        yield "Without a network it is not known which working ties lack an agreement."


def _would_change(
    book: pd.DataFrame,
    status: pd.Series,
    members: list[str],
    limits: Mapping[str, float],
    day: pd.Timestamp,
) -> Iterator[str]:
    """Yield, for each agreement that could become another, what that would make of the problems."""

    def words(one: pd.DataFrame, on: pd.Series) -> pd.Series:
        return settled(best_of(states_of(one, on, members), members), limits)["word"]

    now = words(book, status)
    for key, text, state in _turns(book, status):
        other, other_status = book.copy(), status.copy()
        if state:
            other_status[key] = state
        else:
            other.at[key, "signed"] = book.at[key, "parties"]
            other_status = status_on(other, day, limits["expiring_days"])
        then = words(other, other_status)
        changed = [
            f"{name.replace('_', ' ')} {then[name]}" for name in PROBLEMS if then[name] != now[name]
        ]
        if changed:
            yield f"If {key} {text}: {', '.join(changed)}."


def _turns(book: pd.DataFrame, status: pd.Series) -> Iterator[tuple[str, str, str]]:
    """Yield what could become of each agreement, and its status then; none where it is signed."""
    texts = {
        "expired": "were in force again",
        "not yet": "were in force already",
        NOT_KNOWN: "were known to be in force",
    }
    for key, state in status.items():
        name, signed = str(key), book.at[key, "signed"]
        if state in texts:
            yield name, texts[str(state)], "in force"
        elif state == "expiring":
            yield name, f"ends on {book.at[key, 'end']:%Y-%m-%d}", "expired"
        if signed is not None and set(signed) != set(book.at[key, "parties"]):
            yield name, "were signed by all its parties", ""
