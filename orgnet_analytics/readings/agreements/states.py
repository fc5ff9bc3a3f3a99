"""What an agreement is for each party on a day, and what that settles."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from orgnet_analytics.readings import cells
from orgnet_analytics.readings.agreements.register import PROBLEMS

SETTLED, PARTLY, NOT_SETTLED, NOT_KNOWN = "settled", "partly settled", "not settled", "not known"
# What an agreement is for one of its parties, best first; the first three hold.
STATES = (
    "in force",
    "expiring",
    "one-sided",
    "not known",
    "not signed",
    "not yet",
    "expired",
    "none",
)
HOLDS = STATES[:3]


def status_on(book: pd.DataFrame, day: pd.Timestamp, expiring_days: float) -> pd.Series:
    """Return whether each agreement is in force on that day; one that at most one party signed is not."""
    renewed = book["renewal"] == "automatic"
    soon = book["end"] <= day + pd.Timedelta(days=expiring_days)
    known = book["end"].notna() | book["open"] | renewed
    status = pd.Series("in force", index=book.index)
    status = status.mask(soon & ~renewed, "expiring").mask(~known, NOT_KNOWN)
    alone = book["signed"].map(lambda signed: signed is not None and len(signed) < 2)
    status = status.mask(alone.astype(bool), "not signed")
    status = status.mask((book["end"] < day) & ~renewed, "expired")
    return status.mask(book["start"] > day, "not yet").rename("status")


def one_sided(row: pd.Series) -> str:
    """Return why an agreement is one-sided, or nothing."""
    found = []
    for column, text in (("signed", "signed by"), ("obliged", "obliges"), ("benefits", "benefits")):
        if row[column] is not None and len(row[column]) == 1:
            found.append(f"{text} {row[column][0]} only")
    if not found and row["obliged"] and row["benefits"]:
        gives, gains = (
            [name for name in row[one] if name not in row[other]]
            for one, other in (("obliged", "benefits"), ("benefits", "obliged"))
        )
        if gives and gains:
            found.append(f"{cells.said(gives)} only give, {cells.said(gains)} only gain")
    return "; ".join(found)


def states_of(book: pd.DataFrame, status: pd.Series, members: list[str]) -> pd.DataFrame:
    """Return what each agreement is for each member: row per agreement, empty where it is no party."""
    made = pd.DataFrame("", index=book.index, columns=members)
    for key, row in book.iterrows():
        tilted, signed = one_sided(row), row["signed"]
        for member in set(row["parties"]) & set(members):
            state = status[key]
            agreed = signed is None or (member in signed and len(signed) > 1)
            if state not in ("expired", "not yet") and not agreed:
                state = "not signed"
            made.at[key, member] = "one-sided" if state in HOLDS and tilted else state
    return made.assign(problems=book["problems"])


def best_of(parties: pd.DataFrame, members: list[str]) -> pd.DataFrame:
    """Return for each member and problem the best that an agreement on it is for the member."""
    rank = {state: place for place, state in enumerate(STATES)}
    places = parties[members].replace("", "none").map(rank.__getitem__).to_numpy(dtype=int)
    made = {}
    for problem in PROBLEMS:
        about = places[[problem in some for some in parties["problems"]]]
        best = about.min(axis=0, initial=rank["none"])
        made[problem] = [STATES[place] for place in best]
    return pd.DataFrame(made, index=pd.Index(members, name="organization"), dtype="str")


def settled(organizations: pd.DataFrame, limits: Mapping[str, float]) -> pd.DataFrame:
    """Return per problem for how many members an agreement holds, or may, and what that makes of it."""
    sure = organizations.isin(HOLDS).sum()
    maybe = organizations.isin([*HOLDS, NOT_KNOWN]).sum()
    low, high = (
        (count / len(organizations)).map(
            lambda share: SETTLED if share >= limits["most"]
            else NOT_SETTLED if share < limits["few"] else PARTLY
        )
        for count in (sure, maybe)
    )  # fmt: skip
    return pd.DataFrame({"sure": sure, "word": low.where(low == high, NOT_KNOWN)})
