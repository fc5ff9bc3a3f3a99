"""How the collaboration itself goes, on five dimensions, from the answers of its participants."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.measures import trust
from orgnet_analytics.readings import cells
from orgnet_analytics.readings.effectiveness.judgements import EFFECTIVE, NOT_EFFECTIVE, word
from orgnet_analytics.readings.reading import UNDETERMINED, Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds

PROCESS = ("governance", "administration", "autonomy", "mutuality", "norms")
WORDS = {EFFECTIVE: "strong", NOT_EFFECTIVE: "weak"}
DIVIDED, APART, FEW = "divided", "not one score", "too few answers"


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class ProcessReading(Reading):
    """How the collaboration goes, per dimension.

    Attributes
    ----------
    verdict : str
        The dimensions by word, such as ``strong: norms; weak: administration``, or ``undetermined``.
    dimensions : pandas.DataFrame
        Row per dimension: how many ``items`` and respondents ``n``, ``mean`` and ``sd`` of the respondents,
        its ``place`` (0 lowest, 1 highest possible), ``alpha`` and the ``word``: strong, mixed, weak,
        divided, not one score, or too few answers.
    """

    dimensions: pd.DataFrame

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the dimensions."""
        yield "Dimensions", self.dimensions


def process(
    answers: pd.DataFrame,
    *,
    dimensions: Mapping[str, Sequence[str]],
    lowest: float = 1,
    highest: float = 7,
    reverse: Sequence[str] = (),
    rules: Rules | None = None,
) -> ProcessReading:
    """Say how the collaboration goes on governance, administration, autonomy, mutuality and norms.

    The five dimensions are those of Thomson, Perry and Miller (2009); in our words: deciding together;
    getting things done; reconciling the own interest with the common one; gaining from one another; trust
    and reciprocity. The items are your own.

    Parameters
    ----------
    answers : pandas.DataFrame
        One row per respondent, one column per item.
    dimensions : dict of str to sequence of str
        The items of each dimension; those of ``PROCESS``, or some of them.
    lowest, highest : float
        The ends of the scale.
    reverse : sequence of str
        Items on which a high answer is bad.
    rules : dict or path, optional
        What to change in the thresholds of ``readings/rules/effectiveness.yaml``.

    Returns
    -------
    ProcessReading
        A dimension whose items do not measure one thing (alpha below .7) is not read as a score; one on which
        a quarter of the respondents is high and a quarter low is *divided*; one that a single respondent
        answered on is not read.

    Raises
    ------
    DataError
        Listing every missing item, unknown dimension, and answer that is no number or off the scale.

    Notes
    -----
    The words and their thresholds are our documented, overridable defaults: strong from two thirds of the
    scale, weak up to one third. Alpha is that of `trust.reliability`. Checked by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"n1": [6, 7, 6], "n2": [6, 7, 5], "a1": [2, 1, 3], "a2": [2, 1, 2]})
    >>> reading = process(answers, dimensions={"norms": ["n1", "n2"], "administration": ["a1", "a2"]})
    >>> reading
    <ProcessReading strong: norms; weak: administration>
    >>> reading.dimensions["alpha"].round(2).to_dict()
    {'administration': 0.86, 'norms': 0.86}
    """
    table = thresholds(read_rules("effectiveness", rules), "effectiveness")
    limits = table["value"].to_dict()
    given = _checked(answers, dimensions, lowest, highest, reverse)
    rows = {
        name: _dimension(given[list(dimensions[name])], lowest, highest, limits)
        for name in PROCESS
        if name in dimensions
    }
    columns = ["items", "n", "mean", "sd", "place", "alpha", "word"]
    made = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("dimension")
    return ProcessReading(
        verdict=_verdict(made["word"]),
        evidence=_evidence(made),
        missing=tuple(
            [f"Nothing was asked about {name}." for name in PROCESS if name not in dimensions]
            + [f"Nobody answered on {name}." for name in made.index[made["n"] == 0]]
        ),
        would_change=tuple(_would_change(made, limits)),
        caveats=tuple(_caveats(made)),
        rules=table,
        dimensions=made,
    )


def _checked(
    answers: pd.DataFrame, dimensions: Mapping[str, Sequence[str]], lowest: float, highest: float,
    reverse: Sequence[str],
) -> pd.DataFrame:  # fmt: skip
    table = cells.as_table(answers, "answers")
    found = [
        Issue(
            "dimensions",
            "there is no such dimension",
            value=name,
            suggestion=nearest(name, PROCESS),
        )
        for name in map(str, dimensions)
        if name not in PROCESS
    ]
    if not dimensions or not lowest < highest:
        found.append(Issue("dimensions", "wanted items, and a lowest answer below the highest"))
    items = [item for some in dimensions.values() for item in some]
    found += [
        Issue("dimensions", "has no items", value=name)
        for name, some in dimensions.items()
        if not some
    ]
    found += [
        Issue("dimensions", "the item stands more than once", value=item)
        for item in dict.fromkeys(one for one in items if items.count(one) > 1)
    ]
    found += cells.lacking(table, list(dict.fromkeys(items)), "answers")
    found += [
        Issue("reverse", "not among the items", value=item, suggestion=nearest(item, items))
        for item in reverse
        if item not in items
    ]
    made = {}
    for item in dict.fromkeys(items):
        if item in table:
            made[item], more = cells.numbers(table[item], "answers", lowest=lowest, highest=highest)
            found += more
    if found:
        raise DataError(found)
    return pd.DataFrame(
        {item: lowest + highest - one if item in reverse else one for item, one in made.items()}
    )


def _dimension(
    items: pd.DataFrame, lowest: float, highest: float, limits: Mapping[str, float]
) -> tuple[object, ...]:
    each = items.mean(axis=1).dropna()
    places = (each - lowest) / (highest - lowest)
    alpha = trust.reliability(items, items=list(items.columns))
    words = [word(one, "scale", limits) for one in places]
    share = [words.count(one) / len(words) if words else 0.0 for one in (EFFECTIVE, NOT_EFFECTIVE)]
    said = word(places.mean(), "scale", limits)
    if 0 < len(each) < limits["judges"]:
        said = FEW
    elif alpha < limits["alpha"]:
        said = APART
    elif min(share) >= limits["within"]:
        said = DIVIDED
    return (items.shape[1], len(each), each.mean(), each.std(ddof=1), places.mean(), alpha,
            WORDS.get(said, said))  # fmt: skip


def _verdict(words: pd.Series) -> str:
    parts = [
        f"{said}: {', '.join(words.index[words == said])}"
        for said in ("strong", "mixed", "weak", DIVIDED, APART, FEW)
        if (words == said).any()
    ]
    readable = words.isin(["strong", "mixed", "weak", DIVIDED]).any()
    return "; ".join(parts) if readable else UNDETERMINED


def _evidence(made: pd.DataFrame) -> pd.DataFrame:
    return evidence_table(
        [(str(one.Index), one.place, f"{one.word} (alpha {one.alpha:.2f}, n {one.n})", None)
         for one in made.itertuples()]
    )  # fmt: skip


def _would_change(made: pd.DataFrame, limits: Mapping[str, float]) -> Iterator[str]:
    for name in made.index[made["word"] == APART]:
        yield f"Items on {name} that agree (alpha {limits['alpha']:g} or more); read them one by one for now."
    for name in made.index[made["word"] == DIVIDED]:
        yield f"Respondents who see {name} alike; look at who says what."


def _caveats(made: pd.DataFrame) -> Iterator[str]:
    yield "The thresholds are defaults of this library; the items are your own."
    for name, row in made.iterrows():
        if row["n"] and math.isnan(row["alpha"]):
            yield f"Whether the items on {name} measure one thing is not known (one item or few answers)."
