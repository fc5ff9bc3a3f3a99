"""Whether a network is the right form at all, or something simpler does: a screen for several raters."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError, nearest
from orgnet_analytics.readings import cells
from orgnet_analytics.readings.reading import Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds

__all__ = ["DIMENSIONS", "VERDICTS", "SuitabilityReading", "questions", "screen"]

NETWORK, EFFICIENCY, SIMPLER, CANNOT_SAY = VERDICTS = (
    "organization network",
    "efficiency network",
    "simpler form",
    "cannot say",
)
DIMENSIONS = ("goals", "variables", "dynamics", "interconnectedness", "informational_uncertainty")
AIMS = {"effectiveness": 1.0, "efficiency": 0.0, "effectiviteit": 1.0, "efficiëntie": 0.0}
BOUNDS = {"scale": (1.0, 5.0), "count": (0.0, math.inf), "aim": (0.0, 1.0), "yes_no": (0.0, 1.0)}
# Per condition: what it says where it holds, and where it does not.
CONDITIONS = {
    "alone": ("one organization can reach it alone", "nobody can reach it alone"),
    "contract": (
        "a contract, merger or purchase would do",
        "no contract, merger or purchase would do",
    ),
    "inputs": (
        "it takes unique inputs of enough sovereign organizations",
        "it does not take unique inputs of enough sovereign organizations",
    ),
    "effectiveness": ("the aim is a new outcome", "the aim is the same outcome at lower cost"),
    "complex": ("the problem is complex", "the problem is not complex"),
    "willing": ("partners are willing to cede some say", "partners are not willing to cede say"),
}
# What speaks for each verdict; a condition that is not named neither supports nor contradicts it.
SUPPORTS = {
    NETWORK: {"alone": 0, "contract": 0, "inputs": 1, "effectiveness": 1, "complex": 1, "willing": 1},
    EFFICIENCY: {"alone": 0, "contract": 0, "inputs": 1, "effectiveness": 0},
    SIMPLER: {"alone": 1, "contract": 1, "inputs": 0},
    CANNOT_SAY: {},
}  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class SuitabilityReading(Reading):
    """Whether a network is the right form, and how far the raters agree that it is.

    Attributes
    ----------
    verdict : str
        ``organization network``, ``efficiency network``, ``simpler form`` or ``cannot say``.
    questions : pandas.DataFrame
        Row per question: how many ``answered``, ``lowest``, ``mean``, ``highest``, ``agreement`` (1: all the
        same, 0: split between the ends; NaN below two answers) and who ``differs``.
    raters : pandas.DataFrame
        Row per rater: the ``verdict`` on its answers alone, what it ``differs_on`` from the panel, and the
        verdict ``without`` it (missing where it is the only one).
    votes : pandas.DataFrame
        Raters by conditions: 1 holds, 0 does not, NaN not known.
    """

    questions: pd.DataFrame
    raters: pd.DataFrame
    votes: pd.DataFrame

    @property
    def robust(self) -> bool | None:
        """Whether the verdict stays whoever is left out; None with one rater, who cannot be."""
        if len(self.raters) < 2:
            return None
        return bool((self.raters["without"] == self.verdict).all())

    @property
    def headline(self) -> str:
        """The verdict, with how many raters it rests on and whether it hangs on one of them."""
        n = len(self.raters)
        if self.robust is None:
            return f"{self.verdict} (one rater)"
        turns = self.raters.index[self.raters["without"] != self.verdict]
        hangs = "the same whoever is left out"
        if not self.robust:
            hangs = f"another without {' or '.join(map(str, turns))}"
        return f"{self.verdict} ({n} raters; {hangs})"

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the answers per question and per rater."""
        yield "Questions", self.questions
        yield "Raters", self.raters


def questions(lang: Literal["en", "nl"] = "en") -> pd.DataFrame:
    """Return the questions to put to the raters: one row per column that `screen` reads.

    Parameters
    ----------
    lang : {"en", "nl"}
        The language of the questions.

    Returns
    -------
    pandas.DataFrame
        Index ``question`` (the name of the column); ``asks`` and ``answers``. The wording is ours; the five
        dimensions of complexity are those of Kirschke, Borchardt and Newig (2017).

    Examples
    --------
    >>> questions("nl").loc["alone", "asks"]
    'Kan een van de organisaties het resultaat op eigen kracht bereiken?'
    """
    if lang not in ("en", "nl"):
        raise UndefinedError(f"There is no language {lang!r}; there are 'en' and 'nl'.")
    book = read_rules("suitability")
    rows = {
        name: (row[lang], book["answers"][row["kind"]][lang])
        for name, row in book["questions"].items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["asks", "answers"])
    return table.rename_axis("question")


def screen(answers: pd.DataFrame, *, rules: Rules | None = None) -> SuitabilityReading:
    """Say whether a network of organizations is the right form for a problem, or something simpler does.

    A network is costly and slow; it is worth it only where nothing simpler reaches the outcome. In order:

    1. One organization can reach it alone, or a contract, a merger or a purchase would do, or it does not
       take unique inputs of three sovereign organizations: *simpler form*.
    2. The aim is the same outcome at lower cost: *efficiency network*, which is judged on costs.
    3. The problem is complex and partners are willing to cede some say: *organization network*.
    4. Otherwise *cannot say*: nothing simpler does, yet the problem is not complex or the will is lacking.

    Each rater answers each of these for itself. The panel holds what two thirds of those who answered hold;
    where it is split or silent and that decides, the verdict is *cannot say*. Answers are never averaged into
    a score.

    Parameters
    ----------
    answers : pandas.DataFrame
        One row per rater (its name in the column ``rater`` or the index) and a column per question of
        `questions`; or long, with the columns ``rater``, ``question`` and ``answer``. A missing answer or
        column is not known, which is not the same as no.
    rules : dict or path, optional
        What to change in the thresholds of ``readings/rules/suitability.yaml``.

    Returns
    -------
    SuitabilityReading
        With what each condition rests on, who differs, which answers would change the verdict, and whether it
        stays whoever is left out.

    Raises
    ------
    DataError
        Listing every answer out of range, unknown word, repeated rater and misspelt column.

    Notes
    -----
    A rater finds a problem complex where the mean of its five answers is 3 or more and two of them are 4 or
    more. The rule and its numbers are our documented, overridable defaults; three organizations is the
    definition of Kenis and Provan. The five dimensions are those of Kirschke, Borchardt and Newig (2017).
    Agreement on a question is 1 - D / D_max, with D the mean difference between two raters and D_max what it
    would be were they split evenly between the ends of the scale. Checked on all 64 ways to answer the six
    conditions, and on panels worked out by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> panel = pd.DataFrame({"goals": [4, 5, 4], "variables": [4, 4, 3], "dynamics": [3, 3, 2],
    ...     "interconnectedness": [5, 4, 4], "informational_uncertainty": [3, 4, 3], "sovereign": [6, 5, 8],
    ...     "unique": [4, 4, 5], "aim": "effectiveness", "alone": "no", "contract": ["no", "no", "yes"],
    ...     "cede": [3, 4, 3]}, index=["ann", "bo", "cas"])
    >>> reading = screen(panel)
    >>> reading
    <SuitabilityReading organization network (3 raters; another without ann or bo)>
    >>> reading.raters["verdict"].to_dict()["cas"], reading.questions.loc["contract", "differs"]
    ('simpler form', 'cas')
    """
    table = thresholds(read_rules("suitability", rules), "suitability")
    limits = table["value"].to_dict()
    if not 0.5 < limits["majority"] <= 1:
        raise DataError(
            Issue(
                "thresholds",
                "wanted more than .5, at most 1",
                "majority",
                "value",
                limits["majority"],
            )
        )
    given = _checked(answers)
    votes = _votes(given, limits)
    held = _panel(votes, limits["majority"])
    verdict = _verdict(held)
    return SuitabilityReading(
        verdict=verdict,
        evidence=_evidence(votes, held, verdict),
        missing=tuple(_missing(given)),
        would_change=tuple(_would_change(votes, held, verdict, limits["majority"])),
        caveats=tuple(_caveats(held, verdict, len(given))),
        rules=table,
        questions=_by_question(given, limits),
        raters=_raters(votes, held, limits["majority"]),
        votes=votes,
    )


# the answers


def _checked(answers: pd.DataFrame) -> pd.DataFrame:
    """Return a row per rater and a number per question, NaN where not answered."""
    if isinstance(answers, pd.DataFrame) and "rater" not in answers:
        answers = answers.rename_axis("rater").reset_index()
    table = cells.as_table(answers, "answers")
    if {"question", "answer"} <= set(table):
        table = _wide(table)
    kinds = {name: row["kind"] for name, row in read_rules("suitability")["questions"].items()}
    absent = [name for name in kinds if name not in table]
    strange = [(str(c), nearest(str(c), absent)) for c in table if c not in kinds and c != "rater"]
    found = [Issue("answers", "there is no such question", column=c, suggestion=hint)
             for c, hint in strange if hint]  # fmt: skip
    if len(absent) == len(kinds):
        found.append(Issue("answers", "has none of the questions", suggestion="questions()"))
    found += _rater_issues(table["rater"])
    given = {}
    for name, kind in kinds.items():
        column = table.get(name, pd.Series(None, table.index, dtype=object, name=name))
        given[name], more = _answer(column, kind)
        found += more
    if found:
        raise DataError(found)
    frame = pd.DataFrame(given, dtype=float)
    frame.index = pd.Index(table["rater"].astype("str"), name="rater")
    return frame


def _rater_issues(raters: pd.Series) -> list[Issue]:
    found = [
        Issue("answers", "no rater named", row, "rater") for row in raters.index[raters.isna()]
    ]
    again = raters.astype("str").duplicated() & raters.notna()
    return found + [
        Issue("answers", "this rater answers twice", row, "rater", raters[row])
        for row in raters.index[again]
    ]


def _wide(table: pd.DataFrame) -> pd.DataFrame:
    """Return long answers as a row per rater and a column per question."""
    known, found = list(read_rules("suitability")["questions"]), []
    for row, rater, question in table[["rater", "question"]].itertuples(name=None):
        if rater is None:
            found.append(Issue("answers", "no rater named", row, "rater"))
        if question not in known:
            hint = nearest(str(question), known)
            found.append(
                Issue("answers", "there is no such question", row, "question", question, hint)
            )
    found += [
        Issue("answers", "this rater answers this question twice", row, "question", question)
        for row, question in table.loc[table.duplicated(["rater", "question"]), "question"].items()
    ]
    if found:
        raise DataError(found)
    wide = table.pivot(index="rater", columns="question", values="answer")
    return wide.rename_axis(columns=None).reset_index()


def _answer(column: pd.Series, kind: str) -> tuple[pd.Series, list[Issue]]:
    if kind in ("aim", "yes_no"):
        return cells.words(column, AIMS if kind == "aim" else cells.YES_NO, "answers")
    low, high = BOUNDS[kind]
    return cells.numbers(column, "answers", lowest=low, highest=high, whole=kind == "count")


# from answers to conditions


def _votes(given: pd.DataFrame, limits: dict[str, float]) -> pd.DataFrame:
    """Return per rater whether each condition holds, NaN where its missing answers decide.

    Every condition can only come to hold as answers rise, so the lowest and the highest possible answers
    tell what a missing one could do.
    """
    kinds = {name: row["kind"] for name, row in read_rules("suitability")["questions"].items()}
    low, high = (
        _holds(given.fillna({name: BOUNDS[kind][end] for name, kind in kinds.items()}), limits)
        for end in (0, 1)
    )
    return low.astype(float).where(low == high)


def _holds(full: pd.DataFrame, limits: dict[str, float]) -> pd.DataFrame:
    dimensions = full[list(DIMENSIONS)]
    high = (dimensions >= limits["complexity_high"]).sum(axis=1)
    return pd.DataFrame(
        {
            "alone": full["alone"] == 1,
            "contract": full["contract"] == 1,
            "inputs": (full["sovereign"] >= limits["organizations"])
            & (full["unique"] >= limits["unique"]),
            "effectiveness": full["aim"] == 1,
            "complex": (dimensions.mean(axis=1) >= limits["complexity_mean"])
            & (high >= limits["complexity_dimensions"]),
            "willing": full["cede"] >= limits["cede"],
        }
    )


def _panel(votes: pd.DataFrame, majority: float) -> pd.Series:
    """Return what the panel holds of each condition: 1, 0, or NaN where it is split or silent."""
    share = votes.mean()
    held = pd.Series(np.nan, index=votes.columns)
    return held.mask(share >= majority, 1.0).mask(1 - share >= majority, 0.0)


def _verdict(held: pd.Series) -> str:
    """Return the verdict that holds whatever the open conditions are, or that it cannot be said."""
    choices = [(0.0, 1.0) if math.isnan(held[name]) else (held[name],) for name in CONDITIONS]
    found = {_decide(*map(bool, one)) for one in product(*choices)}
    return found.pop() if len(found) == 1 else CANNOT_SAY


def _decide(
    alone: bool, contract: bool, inputs: bool, effectiveness: bool, complex_: bool, willing: bool
) -> str:
    if alone or contract or not inputs:
        return SIMPLER
    if not effectiveness:
        return EFFICIENCY
    return NETWORK if complex_ and willing else CANNOT_SAY


# what to tell


def _evidence(votes: pd.DataFrame, held: pd.Series, verdict: str) -> pd.DataFrame:
    rows: list[tuple[str, object, str, bool | None]] = []
    for name, (yes, no) in CONDITIONS.items():
        answered, says = int(votes[name].count()), int((votes[name] == 1).sum())
        state, wanted = held[name], SUPPORTS[verdict].get(name)
        if answered == 0:
            reading = "not known"
        elif math.isnan(state):
            reading = f"split: {says} of {answered} hold that {yes}"
        else:
            many = says if state else answered - says
            reading = f"{many} of {answered} hold that {yes if state else no}"
        agrees = None if wanted is None or math.isnan(state) else bool(state == wanted)
        rows.append((name, votes[name].mean(), reading, agrees))
    return evidence_table(rows)


def _missing(given: pd.DataFrame) -> Iterator[str]:
    nobody = given.columns[given.isna().all()]
    if len(nobody):
        yield f"Nobody answered {cells.said(nobody)}."
    for rater, row in given.drop(columns=nobody).iterrows():
        if row.isna().any():
            yield f"{rater} did not answer {cells.said(row.index[row.isna()])}."


def _would_change(
    votes: pd.DataFrame, held: pd.Series, verdict: str, majority: float
) -> Iterator[str]:
    for name, texts in CONDITIONS.items():
        for state in (1.0, 0.0):
            other = _verdict(held.where(held.index != name, state))
            if held[name] == state or other == verdict:
                continue
            answered = int(votes[name].count())
            needed = math.ceil(majority * answered - 1e-9) - int((votes[name] == state).sum())
            text = texts[0] if state else texts[1]
            if answered == 0:
                yield f"If it were known that {text}: {other}."
            else:
                more = "one more rater" if needed == 1 else f"{needed} more raters"
                yield f"If {more} of the {answered} held that {text}: {other}."


def _caveats(held: pd.Series, verdict: str, raters: int) -> Iterator[str]:
    yield "The rule and its thresholds are defaults of this library; the answers are judgements."
    if raters == 1:
        yield "One rater: whether others see it otherwise is not known."
    asked = held["alone"] == 0 and held["contract"] == 0 and held["inputs"] == 1
    if asked and held["effectiveness"] == 1 and held["willing"] == 0:
        yield "Nothing simpler does, but the will to cede say is lacking: a network asks for it."
    if asked and held["effectiveness"] == 1 and held["complex"] == 0:
        yield "Nothing simpler is said to do, yet the problem is not complex: look again at what could."
    if verdict == SIMPLER and held["complex"] == 1 and held["inputs"] == 1:
        yield "The panel also finds the problem complex: make sure that the simpler form can carry it."
    if verdict == EFFICIENCY:
        yield "An efficiency network is to be judged on costs, not on an outcome of its own."


def _raters(votes: pd.DataFrame, held: pd.Series, majority: float) -> pd.DataFrame:
    rows = {}
    for rater, row in votes.iterrows():
        differs = [
            n for n in CONDITIONS if row.notna()[n] and pd.notna(held[n]) and row[n] != held[n]
        ]
        rest = votes.drop(index=rater)
        without = _verdict(_panel(rest, majority)) if len(rest) else None
        rows[rater] = (_verdict(row), ", ".join(differs), without)
    columns = ["verdict", "differs_on", "without"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("rater")


def _by_question(given: pd.DataFrame, limits: dict[str, float]) -> pd.DataFrame:
    kinds = {name: row["kind"] for name, row in read_rules("suitability")["questions"].items()}
    rows = {}
    for name, kind in kinds.items():
        known = given[name].dropna()
        # A count has no highest answer: what matters is whether it is enough.
        side = (known >= limits["organizations"]).astype(float) if kind == "count" else known
        width = 4.0 if kind == "scale" else 1.0
        far = (side - side.median()).abs() >= width / 2
        rows[name] = (len(known), known.min(), known.mean(), known.max(), _agreement(side, width),
                      ", ".join(known.index[far]))  # fmt: skip
    columns = ["answered", "lowest", "mean", "highest", "agreement", "differs"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("question")


def _agreement(values: pd.Series, width: float) -> float:
    n = len(values)
    if n < 2:
        return math.nan
    x = values.to_numpy()
    apart = np.abs(x[:, None] - x).sum() / 2
    return float(1 - apart / (width * (n // 2) * (n - n // 2)))
