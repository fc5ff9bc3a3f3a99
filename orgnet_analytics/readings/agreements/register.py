"""A register of agreements as people keep it, read and checked: one row per agreement."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any

import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.readings import cells

PROBLEMS = ("task_division", "task_allocation", "rewards", "information")
SPELLED = {name: name for name in PROBLEMS} | {name.replace("_", " "): name for name in PROBLEMS}
SPELLED |= {"taken verdelen": "task_division", "taakverdeling": "task_division",
            "taken toewijzen": "task_allocation", "taaktoewijzing": "task_allocation",
            "belonen": "rewards", "beloning": "rewards",
            "informeren": "information", "informatie": "information"}  # fmt: skip
RENEWAL = {name: name for name in ("automatic", "by_decision", "none")}
FORM = {"written": "written", "oral": "oral", "schriftelijk": "written", "mondeling": "oral"}
EVERYBODY, NOBODY, OPEN = "all", "none", "open"


def checked_register(
    register: pd.DataFrame, *, members: Collection[str] | None, outside: Collection[str] = ()
) -> pd.DataFrame:
    """Return the register with lists as tuples and dates as dates; one error lists every problem.

    Columns ``title, problems, parties, signed, start, end, open, renewal, form, compliance, obliged,
    benefits``, index ``id``. ``signed``, ``obliged`` and ``benefits`` are None where they are not known.
    """
    table = cells.as_table(register, "register")
    found = cells.lacking(table, ["id", "problem", "parties"], "register")
    if found:
        raise DataError(found)
    blank = pd.Series([None] * len(table), table.index, dtype=object)
    column: Callable[[str], pd.Series] = lambda name: table.get(name, blank).rename(name)  # noqa: E731
    found += _id_issues(table["id"])
    made = pd.DataFrame({"title": column("title").fillna(table["id"]).map(str)})
    made["problems"], more = _problems(table["problem"])
    found += more
    made["parties"] = _lists(column("parties"))
    if members is None:
        everybody = dict.fromkeys(name for row in made["parties"] for name in row or ())
        members = [name for name in everybody if name != EVERYBODY]
    made["parties"] = [_members(row or (), members) for row in made["parties"]]
    known = {*members, *outside}
    for row, names in made["parties"].items():
        found += cells.unknown_names(names, known, "register", row, "parties")
        if len(names) < 2:
            found.append(
                Issue("register", "wanted two parties or more", row, "parties", "; ".join(names))
            )
    for name in ("signed_by", "obliged", "benefits"):
        made[name], more = _some_parties(_lists(column(name)), made["parties"], name)
        found += more
    for name in ("start", "end"):
        made[name], more = _dates(column(name))
        found += more
    for row in made.index[(made["end"] < made["start"]).fillna(value=False)]:
        found.append(Issue("register", "ends before it starts", row, "end", table.at[row, "end"]))
    made["open"] = column("end").map(lambda cell: cell == OPEN)
    for name, choices in (("renewal", RENEWAL), ("form", FORM)):
        made[name], more = cells.words(column(name), choices, "register")
        found += more
    made["compliance"] = column("compliance").map(str, na_action="ignore")
    if found:
        raise DataError(found)
    made.index = pd.Index(table["id"].map(str), name="id", dtype="str")
    return made.rename(columns={"signed_by": "signed"})


def _id_issues(ids: pd.Series) -> list[Issue]:
    found = [Issue("register", "the id is empty", row, "id") for row in ids.index[ids.isna()]]
    again = ids.map(str).duplicated() & ids.notna()
    return found + [
        Issue("register", "the id stands more than once", row, "id", ids[row])
        for row in ids.index[again]
    ]


def _lists(column: pd.Series) -> list[tuple[str, ...] | None]:
    return [None if cell is None else cells.listed(cell) for cell in column]


def _members(names: tuple[str, ...], members: Collection[str]) -> tuple[str, ...]:
    named = [name for name in names if name != EVERYBODY]
    return tuple(dict.fromkeys([*(members if EVERYBODY in names else ()), *named]))


def _problems(column: pd.Series) -> tuple[list[tuple[str, ...]], list[Issue]]:
    made, found = [], []
    for row, cell in column.items():
        named = pd.Series(cells.listed(cell), name="problem", dtype=object)
        words, issues = cells.words(named, SPELLED, "register")
        found += [Issue(i.where, f"wanted one of {', '.join(PROBLEMS)}", row, i.column, i.value,
                        i.suggestion) for i in issues]  # fmt: skip
        if named.empty:
            found.append(Issue("register", "no problem named", row, "problem"))
        made.append(tuple(dict.fromkeys(words.dropna())))
    return made, found


def _some_parties(
    lists: list[tuple[str, ...] | None], parties: pd.Series, column: str
) -> tuple[list[tuple[str, ...] | None], list[Issue]]:
    made: list[tuple[str, ...] | None] = []
    found = []
    for row, names in enumerate(lists):
        if names is not None:
            names = () if names == (NOBODY,) else _members(names, parties[row])
            found += cells.unknown_names(names, parties[row], "register", row, column)
        made.append(names)
    return made, found


def _dates(column: pd.Series) -> tuple[pd.Series, list[Issue]]:
    made = column.map(_date, na_action="ignore")
    wrong = column.notna() & made.isna() & (column != OPEN)
    if column.name == "start":
        wrong |= column == OPEN
    issues = [
        Issue("register", "wanted a date such as 2025-03-31", row, str(column.name), column[row])
        for row in column.index[wrong]
    ]
    return pd.to_datetime(made), issues


def _date(cell: Any) -> pd.Timestamp | None:
    if isinstance(cell, date | datetime):
        return pd.Timestamp(cell).tz_localize(None).normalize()
    try:
        return pd.Timestamp(datetime.strptime(str(cell).strip()[:10], "%Y-%m-%d"))
    except ValueError:
        return None


def from_answers(answers: pd.DataFrame) -> pd.DataFrame:
    """Return what respondents say is agreed as a register: a row per problem that somebody says is settled.

    Parameters
    ----------
    answers : pandas.DataFrame
        One row per organization (the index), as ``Questionnaire.read_general`` returns: ``agreed_`` and the
        problem, 2 where it is agreed in writing, 1 by word of mouth, 0 where it is not.

    Returns
    -------
    pandas.DataFrame
        Columns ``id, title, problem, parties, signed_by, end, form``, as `read` takes. Parties are those who
        answered, signed have those who say it is agreed: an agreement that some deny reads as one-sided. It
        counts as open-ended, for it was in place on the day of the survey; as written where most of those who
        know it say so. Of who did not answer nothing is known: read it with ``members=list(answers.index)``.

    Raises
    ------
    DataError
        Where there is no such column; listing every answer that is not 0, 1 or 2.

    Examples
    --------
    >>> said = pd.DataFrame({"agreed_rewards": [2, 1, 0], "agreed_information": [0, 0, 0]}, index=[*"abc"])
    >>> from_answers(said)[["problem", "parties", "signed_by", "form"]].to_dict("records")
    [{'problem': 'rewards', 'parties': 'a; b; c', 'signed_by': 'a; b', 'form': 'oral'}]
    """
    table = cells.as_table(answers, "answers").set_axis(answers.index)
    asked = {f"agreed_{problem}": problem for problem in PROBLEMS}
    there = [name for name in asked if name in table]
    if not there:
        hint = f"there is {', '.join(asked)}"
        raise DataError(Issue("answers", "has none of the questions", suggestion=hint))
    rows, found = [], list[Issue]()
    for name in there:
        told, more = cells.numbers(table[name], "answers", lowest=0, highest=2, whole=True)
        found += more
        known, yes = told.dropna(), told[told > 0]
        if len(yes) and len(known) > 1:
            rows.append(
                {
                    "id": name,
                    "title": "as respondents tell",
                    "problem": asked[name],
                    "parties": "; ".join(map(str, known.index)),
                    "signed_by": "; ".join(map(str, yes.index)),
                    "end": OPEN,
                    "form": "written" if (yes == 2).mean() > 0.5 else "oral",
                }
            )
    if found:
        raise DataError(found)
    columns = ["id", "title", "problem", "parties", "signed_by", "end", "form"]
    return pd.DataFrame(rows, columns=columns)
