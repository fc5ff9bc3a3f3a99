"""What respondents say of the governance of their network, put together for `detect` and `fit`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.readings import cells
from orgnet_analytics.readings.governance.form_rules import FORMS, UNDETERMINED, governance_rules
from orgnet_analytics.readings.rulebook import Rules

GOALS = ("goal_same", "goal_clear", "goal_own")
ENDS = (1.0, 5.0)
"""The ends of the scale on which agreement with a statement is asked."""


@dataclass(frozen=True)
class GovernanceFacts:
    """What respondents say of their governance.

    Attributes
    ----------
    form : str
        The form that most name, or ``undetermined``.
    coordinator : str or None
        The organization that most name as the coordinator.
    nao : str or None
        That organization, where most say that a separate one takes the decisions: for `detect`.
    goal_consensus : float or None
        Agreement on goals, 0 to 1, None where nobody was asked: for `fit`.
    told : pandas.DataFrame
        Row per answer to ``governed_by`` and ``coordinator``: how many ``named`` it, and their ``share`` of
        those who answered.
    """

    form: str
    coordinator: str | None
    nao: str | None
    goal_consensus: float | None
    told: pd.DataFrame


def facts(answers: pd.DataFrame, *, rules: Rules | None = None) -> GovernanceFacts:
    """Put together what respondents say of their governance, for `detect` and `fit`.

    Parameters
    ----------
    answers : pandas.DataFrame
        One row per respondent, as ``Questionnaire.read_general`` returns. Columns, each of them optional:
        ``governed_by`` (``shared``, ``lead`` or ``nao``), ``coordinator`` (an organization), and ``goal_same,
        goal_clear, goal_own`` (1 to 5). A missing answer is not known.
    rules : dict or path, optional
        What to change in ``readings/rules/governance.yaml``.

    Returns
    -------
    GovernanceFacts
        A form or a coordinator is told where more than half of those who answered name it. Goal consensus is
        the mean over respondents of their mean answer, as the part of the way from 1 to 5.

    Raises
    ------
    DataError
        Where none of the columns is there; listing every answer that is no form or no number from 1 to 5.

    Notes
    -----
    What people say is not what ties show; `detect` reads the ties. The majority, and reading goal consensus
    off a scale of agreement, are our documented, overridable defaults. Checked by hand.

    Examples
    --------
    >>> said = pd.DataFrame({"governed_by": ["nao", "nao", "shared"], "goal_same": [5, 4, 3],
    ...                      "coordinator": ["office", "office", None]}, index=[*"abc"])
    >>> found = facts(said)
    >>> found.nao, found.goal_consensus
    ('office', 0.75)
    """
    most = governance_rules(rules)["limits"]["majority"]
    table = cells.as_table(answers, "answers").set_axis(answers.index)
    asked = [name for name in GOALS if name in table]
    named = [name for name in ("governed_by", "coordinator") if name in table]
    if not asked and not named:
        hint = f"there is {', '.join(('governed_by', 'coordinator', *GOALS))}"
        raise DataError(Issue("answers", "has none of the questions", suggestion=hint))
    goals, found = _goals(table[asked])
    if "governed_by" in table:
        known = {form: form for form in FORMS[:3]}
        table["governed_by"], more = cells.words(table["governed_by"], known, "answers")
        found += more
    if found:
        raise DataError(found)
    told = pd.concat([_named(table[name]) for name in named] or [_named(pd.Series(dtype=object))])
    form, coordinator = (_most(told, name, most) for name in ("governed_by", "coordinator"))
    nao = coordinator if form == "nao" else None
    return GovernanceFacts(form or UNDETERMINED, coordinator, nao, goals, told)


def _goals(table: pd.DataFrame) -> tuple[float | None, list[Issue]]:
    """Return the agreement on goals as the part of the way from the lowest answer to the highest."""
    low, high = ENDS
    parts, found = {}, list[Issue]()
    for name in table:
        parts[name], more = cells.numbers(table[name], "answers", lowest=low, highest=high)
        found += more
    mean = float(pd.DataFrame(parts, dtype=float).mean(axis=1).mean()) if parts else np.nan
    return None if np.isnan(mean) else (mean - low) / (high - low), found


def _named(said: pd.Series) -> pd.DataFrame:
    """Return how many name each answer, and their share of those who answered."""
    counts = said.dropna().value_counts()
    index = pd.MultiIndex.from_product([[said.name], counts.index], names=["question", "answer"])
    return pd.DataFrame(
        {"named": counts.to_numpy(), "share": (counts / counts.sum()).to_numpy()}, index
    )


def _most(told: pd.DataFrame, question: str, limit: float) -> str | None:
    held = [
        str(answer)
        for (asked, answer), share in told["share"].items()
        if asked == question and share > limit
    ]
    return held[0] if held else None
