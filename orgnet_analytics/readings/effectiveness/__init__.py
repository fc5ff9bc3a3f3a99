"""How effective a network is and in whose eyes, and how it works towards results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.readings import cells
from orgnet_analytics.readings.effectiveness.client_pathways import PathwaysReading, pathways
from orgnet_analytics.readings.effectiveness.judgements import (
    DISPUTED,
    DIVIDED,
    EFFECTIVE,
    LEVELS,
    MIXED,
    NOT_EFFECTIVE,
    NOT_KNOWN,
    ONE_JUDGE,
    by_criterion,
    by_stakeholder,
    checked_scores,
    judges,
    of_level,
)
from orgnet_analytics.readings.effectiveness.overlap import IntegrationReading, integration
from orgnet_analytics.readings.effectiveness.parts_and_whole import AddedValueReading, added_value
from orgnet_analytics.readings.effectiveness.process_scores import PROCESS, ProcessReading, process
from orgnet_analytics.readings.reading import UNDETERMINED, Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds

__all__ = [
    "LEVELS",
    "PROCESS",
    "AddedValueReading",
    "EffectivenessReading",
    "IntegrationReading",
    "PathwaysReading",
    "ProcessReading",
    "added_value",
    "assess",
    "criteria",
    "integration",
    "pathways",
    "process",
]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class EffectivenessReading(Reading):
    """How effective a network is at each level, and where stakeholders see it differently.

    Attributes
    ----------
    verdict : str
        What holds at which level, such as ``effective at network level but disputed at community level``,
        or ``undetermined``.
    levels : pandas.Series
        Per level ``effective``, ``not effective``, ``mixed``, ``disputed``, ``one judge`` (too few to
        say) or ``not known``.
    criteria : pandas.DataFrame
        Row per criterion: ``level, criterion, stakeholders`` (how many), ``lowest, highest, gap`` (places
        between the lowest possible, 0, and the best, 1), who they are ``lowest_by, highest_by``, ``word``.
    scores : pandas.DataFrame
        Row per stakeholder and criterion: ``n`` answers, mean ``score``, its ``place`` with ``lowest`` and
        ``highest``, held ``against`` a scale or a target, and the ``word``.
    course : pandas.DataFrame
        The word for each level in each wave.
    """

    levels: pd.Series
    criteria: pd.DataFrame
    scores: pd.DataFrame
    course: pd.DataFrame

    @property
    def headline(self) -> str:
        """The verdict, with how many of the criteria are disputed."""
        disputed = int((self.criteria["word"] == DISPUTED).sum())
        return f"{self.verdict} ({disputed} of {len(self.criteria)} criteria disputed)"

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the criteria, and the course where there are several waves."""
        yield "Criteria", self.criteria
        if len(self.course) > 1:
            yield "Waves", self.course


def criteria(lang: Literal["en", "nl"] = "en") -> pd.DataFrame:
    """Return suggestions of what to judge at each level, and whom to ask; ours, to pick from and add to.

    Examples
    --------
    >>> criteria("nl").groupby("level", sort=False).size().to_dict()
    {'community': 4, 'network': 5, 'organization': 4}
    """
    if lang not in ("en", "nl"):
        raise UndefinedError(f"There is no language {lang!r}; there are 'en' and 'nl'.")
    rows = [
        (level, row[lang], ", ".join(row["asked"]))
        for level, some in read_rules("effectiveness")["criteria"].items()
        for row in some
    ]
    return pd.DataFrame(rows, columns=["level", "criterion", "asked"])


def assess(
    scores: pd.DataFrame, *, wave: Any = None, rules: Rules | None = None
) -> EffectivenessReading:
    """Say at which level the network is effective, in whose eyes, and where that is disputed.

    A network can serve the community and drain its members, or the other way round; so each level is read by
    itself, each stakeholder is heard by itself, and disagreement is a finding that no mean covers up.

    Parameters
    ----------
    scores : pandas.DataFrame
        One row per judgement or measurement.

        ================ ================================================================================
        level            ``community``, ``network`` or ``organization``; needed
        stakeholder      who judges; needed
        criterion        what is judged; needed
        score            a number in its own unit; empty is not known; needed
        scale            the lowest and highest possible, such as ``1-5``
        baseline, target numbers in the same unit; with both, the score is read as part of the way
        direction        ``higher`` (better, without it) or ``lower``
        wave             the year
        ================ ================================================================================

        Each row has a scale, or a baseline and a target. Several rows of one stakeholder on one criterion
        are its respondents.
    wave : scalar, optional
        The wave to read; the last without it.
    rules : dict or path, optional
        What to change in the thresholds of ``readings/rules/effectiveness.yaml``.

    Returns
    -------
    EffectivenessReading
        ``undetermined`` where there is no score at all, or one judge.

    Raises
    ------
    DataError
        Listing every missing column, unknown level, value that is no number or lies outside its scale.
    UndefinedError
        Where there is no such wave.

    Notes
    -----
    The three levels and their stakeholders are those of Provan and Milward (2001). A score is *effective*
    from two thirds of its scale or where its target is reached, *not effective* up to one third or half of
    the way. The respondents of one stakeholder are taken as their mean; where a quarter of them says
    effective and a quarter not, the stakeholder is *divided*. A criterion is *disputed* where one stakeholder
    says effective and another not, where two are half the scale apart, or one is divided. A level is (not)
    effective where two thirds of its criteria are and none is the opposite, *disputed* where one third is.
    What a single judge says of a level, or a single measurement, is an opinion and gives no verdict; a
    stakeholder with several respondents counts as several judges.
    All of these are our documented, overridable defaults. Checked on tables worked out by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.DataFrame({"level": ["community", "community", "network"], "score": [2, 5, 4],
    ...     "criterion": ["help in time", "help in time", "services fit"], "scale": "1-5",
    ...     "stakeholder": ["clients", "managers", "members"]})
    >>> reading = assess(scores)
    >>> reading.headline
    'disputed at community level (1 of 2 criteria disputed)'
    >>> reading.levels["network"]
    'one judge'
    >>> reading.criteria.loc[0, ["lowest_by", "highest_by"]].tolist()
    ['clients', 'managers']
    """
    table = thresholds(read_rules("effectiveness", rules), "effectiveness")
    limits = table["value"].to_dict()
    given = checked_scores(scores)
    waves = _in_order(given["wave"])
    if wave is not None and wave not in waves:
        raise UndefinedError(f"There is no wave {wave!r}; there are {', '.join(map(str, waves))}.")
    now = waves[-1] if wave is None else wave
    judged = by_stakeholder(given, limits)
    whole = by_criterion(judged, limits)
    course = pd.DataFrame(
        {
            one: _levels(whole[whole["wave"] == one], judged[judged["wave"] == one], limits)
            for one in waves
        }
    ).T.rename_axis("wave")
    levels = course.loc[now].rename("word")
    ours, seen = (
        one[one["wave"] == now].drop(columns="wave").reset_index(drop=True)
        for one in (whole, judged)
    )
    return EffectivenessReading(
        verdict=_verdict(levels),
        evidence=_evidence(seen, levels),
        missing=tuple(_missing(levels, ours, seen)),
        would_change=tuple(_would_change(ours, levels, limits)),
        caveats=tuple(_caveats(seen, now, waves)),
        rules=table,
        levels=levels,
        criteria=ours,
        scores=seen,
        course=course,
    )


def _in_order(waves: pd.Series) -> list[Any]:
    """Return the waves by time where they are numbers, else in the order they stand in."""
    found = list(dict.fromkeys(waves))
    years = pd.to_numeric(pd.Series(found, dtype=object), errors="coerce")
    return found if years.isna().any() else [found[i] for i in years.argsort(kind="stable")]


def _levels(whole: pd.DataFrame, judged: pd.DataFrame, limits: Mapping[str, float]) -> pd.Series:
    """Return the word for each level; what too few judged is called so, whatever they said."""
    words = {}
    for level in LEVELS:
        words[level] = of_level(whole.loc[whole["level"] == level, "word"], limits)
        few = judges(judged[judged["level"] == level]) < limits["judges"]
        if few and words[level] != NOT_KNOWN:
            words[level] = ONE_JUDGE
    return pd.Series(words)


def _verdict(levels: pd.Series) -> str:
    """Return what holds where, the good news first and the rest against it."""
    parts = []
    for one in (EFFECTIVE, MIXED, DISPUTED, NOT_EFFECTIVE):
        where = list(levels.index[levels == one])
        if where:
            parts.append(f"{one} at {cells.said(where)} level")
    if not parts:
        return UNDETERMINED
    if len(parts) > 1 and (levels == EFFECTIVE).any():
        return f"{parts[0]} but {', '.join(parts[1:])}"
    return ", ".join(parts)


def _evidence(judged: pd.DataFrame, levels: pd.Series) -> pd.DataFrame:
    rows: list[tuple[str, object, str, bool | None]] = []
    for one in judged.itertuples():
        of = levels[one.level]
        clear = {of, one.word} <= {EFFECTIVE, NOT_EFFECTIVE}
        many = "" if one.n == 1 else f", mean of {one.n}"
        reading = one.word if one.n == 0 else f"{one.word} ({one.score:.4g}{many})"
        name = f"{one.level}: {one.criterion} ({one.stakeholder})"
        rows.append((name, one.place, reading, of == one.word if clear else None))
    return evidence_table(rows)


def _missing(levels: pd.Series, whole: pd.DataFrame, judged: pd.DataFrame) -> Iterator[str]:
    for level in levels.index[levels == NOT_KNOWN]:
        yield f"Nothing is known at {level} level."
    for level in levels.index[levels == ONE_JUDGE]:
        yield f"Too few judged at {level} level to say more than what they said: ask others."
    for one in whole.itertuples():
        if one.stakeholders == 1:
            yield f"Only {one.lowest_by} judged {one.criterion} ({one.level})."
    for one in judged[judged["word"] == NOT_KNOWN].itertuples():
        yield f"No score of {one.stakeholder} on {one.criterion} ({one.level})."


def _would_change(
    whole: pd.DataFrame, levels: pd.Series, limits: Mapping[str, float]
) -> Iterator[str]:
    for row, one in whole[whole["level"].map(levels) != ONE_JUDGE].iterrows():
        for said in (EFFECTIVE, NOT_EFFECTIVE):
            if one["word"] in (said, NOT_KNOWN):
                continue
            words = whole["word"].where(whole.index != row, said)[whole["level"] == one["level"]]
            other = of_level(words, limits)
            if other != levels[one["level"]]:
                yield f"If all found {one['criterion']} {said}: {other} at {one['level']} level."


def _caveats(judged: pd.DataFrame, now: Any, waves: list[Any]) -> Iterator[str]:
    yield "The thresholds are defaults of this library."
    yield "Scores tell how things stand, not that the network brought it about."
    if len(waves) > 1:
        yield f"Read for wave {now}; see course for the others."
    for one in judged[judged["word"] == DIVIDED].itertuples():
        yield f"The {one.n} answers of {one.stakeholder} on {one.criterion} ({one.level}) are divided."
