"""From raw values to sets: direct, crisp, multi-value and indirect calibration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.readings.rulebook import Rules, is_number, read_rules, thresholds
from orgnet_analytics.readings.set_relations import need_table

Floats = NDArray[np.float64]
CLOSE = 1e-9
STEPS = 100
"""Rounds in which the indirect fit must settle."""


@dataclass(frozen=True)
class Levels:
    """Cut-offs of a multi-value condition: the level is how many of them a value reaches.

    Examples
    --------
    >>> Levels((550, 850)).cuts
    (550, 850)
    """

    cuts: tuple[float, ...]


@dataclass(frozen=True)
class Indirect:
    """Cut-offs of a rough grouping, from fully out to fully in, that a smooth curve is fitted to.

    Examples
    --------
    >>> Indirect((10, 20, 40, 60, 80)).cuts
    (10, 20, 40, 60, 80)
    """

    cuts: tuple[float, ...]


Anchor = tuple[float, float, float] | float | Levels | Indirect | None


def calibrate(
    frame: pd.DataFrame,
    anchors: Mapping[str, Anchor],
    *,
    idm: float | None = None,
    rules: Rules | None = None,
) -> pd.DataFrame:
    r"""Turn raw values into set memberships: how far each case belongs.

    Direct calibration, with x the value, e, c and i the anchors (full exclusion, crossover, full inclusion):

    .. math:: \frac{1}{1 + \exp\left(-\ln\frac{idm}{1 - idm} \cdot \frac{x - c}{i - c}\right)}

    and the same with c - e in place of i - c below the crossover. Anchors come from what you know of the
    matter, never from the mean or the median of the cases at hand.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per case, for example from `orgnet_analytics.network_table`.
    anchors : dict
        Per column one of: ``(full exclusion, crossover, full inclusion)`` for direct calibration, falling
        where full exclusion is the largest; one number for a crisp set, 1 from that number on; ``Levels((a,
        b))`` for a multi-value condition; ``Indirect((a, b, c, d, e))``; ``None`` where the column holds a
        set already.
    idm : float, optional
        Membership at full inclusion in direct calibration; .95 unless the rules say otherwise.
    rules : dict or path, optional
        What to change in ``readings/rules/configurations.yaml``.

    Returns
    -------
    pandas.DataFrame
        One row per case, the columns of ``anchors`` in their order: memberships from 0 to 1, or levels from
        0.

    Raises
    ------
    DataError
        Listing every unknown column, anchor out of order and missing value; and, once these are right, every
        case at exactly .5: such a case is neither in nor out and would belong to no combination.

    Notes
    -----
    Source: Ragin (2008), as R's QCA computes it. Checked against QCA 3.25.1 (direct) and against R's ``glm``
    (indirect: a fractional polynomial of log x, root x, x and squared x on the rough grouping,
    quasi-binomial; memberships within .0001 of 0 or 1 become 0 or 1, as QCA has it).

    Examples
    --------
    Network measures of many networks become conditions in two lines:

    >>> import orgnet_analytics as ona
    >>> net = ona.datasets.load_knoke()
    >>> frame = ona.network_table({kind: net.relation(kind) for kind in net.relations})
    >>> calibrate(frame, {"density": (0.1, 0.3, 0.6), "reciprocity": 0.5}).round(2).T
    network      information  money
    density             0.92   0.31
    reciprocity         1.00   0.00
    """
    need_table(frame)
    book = thresholds(read_rules("configurations", rules), "configurations")["value"]
    idm = float(book["idm"]) if idm is None else idm
    found = list(_problems(frame, anchors, idm))
    if found:
        raise DataError(found)
    sets = pd.DataFrame(
        {name: _calibrated(frame[name], anchor, idm) for name, anchor in anchors.items()},
        index=frame.index,
    )
    undecided = [issue for name in sets for issue in at_crossover(sets[name])]
    if undecided:
        raise DataError(undecided)
    return sets


def at_crossover(column: pd.Series) -> Iterator[Issue]:
    """Yield every case whose membership is exactly .5."""
    for case in column.index[(column - 0.5).abs() < CLOSE]:
        yield Issue("sets", "neither in nor out: the membership is exactly .5", case, str(column.name),
                    suggestion="move the crossover past this case, to the side it belongs to")  # fmt: skip


def _problems(frame: pd.DataFrame, anchors: Mapping[str, Anchor], idm: float) -> Iterator[Issue]:
    if not is_number(idm) or not 0.5 < idm < 1:
        yield Issue("anchors", "wanted a membership above .5 and below 1", column="idm", value=idm)
    if not isinstance(anchors, Mapping):
        yield Issue("anchors", f"wanted a dict of columns, got {type(anchors).__name__}")
        return
    if not anchors:
        yield Issue("anchors", "names no column")
    for name, anchor in anchors.items():
        if name not in frame:
            hint = nearest(str(name), map(str, frame))
            yield Issue("frame", "has no such column", column=str(name), suggestion=hint)
            continue
        said = _wrong_anchor(anchor)
        if said:
            yield Issue("anchors", said, column=str(name), value=anchor)
        yield from _wrong_values(frame[name], anchor)


def _wrong_anchor(anchor: Any) -> str:
    """Return what is wrong with an anchor, or nothing."""
    if anchor is None or is_number(anchor):
        return ""
    if isinstance(anchor, Levels | Indirect):
        cuts = anchor.cuts
        rising = all(map(is_number, cuts)) and all(np.diff(cuts) > 0) and len(cuts) > 0
        return "" if rising else "wanted cut-offs that rise"
    if isinstance(anchor, tuple | list) and len(anchor) == 3 and all(map(is_number, anchor)):
        out, cross, into = anchor
        if out < cross < into or out > cross > into:
            return ""
        return "wanted full exclusion, crossover and full inclusion, rising or falling"
    return "wanted three anchors, one number, Levels, Indirect or None"


def _wrong_values(column: pd.Series, anchor: Any) -> Iterator[Issue]:
    numbers = _numbers(column)
    for case, value, number in zip(column.index, column, numbers, strict=True):
        if np.isnan(number):
            said = "is missing" if pd.isna(value) else "is no number"
            hint = "leave the case out, or find the value"
            yield Issue(
                "frame", said, case, str(column.name), "" if pd.isna(value) else value, hint
            )
        elif anchor is None and not 0 <= number <= 1:
            yield Issue("frame", "is no membership from 0 to 1", case, str(column.name), value,
                        "give the column anchors")  # fmt: skip
        elif isinstance(anchor, Indirect) and number < 0:
            yield Issue(
                "frame",
                "indirect calibration takes no value below 0",
                case,
                str(column.name),
                value,
            )


def _numbers(column: pd.Series) -> Floats:
    values: Floats = np.asarray(pd.to_numeric(column, errors="coerce"), dtype=float)
    return values


def _calibrated(column: pd.Series, anchor: Any, idm: float) -> Floats:
    values = _numbers(column)
    if anchor is None:
        return values
    if isinstance(anchor, Indirect):
        return _indirect(values, anchor.cuts)
    if isinstance(anchor, Levels):
        level: Floats = np.searchsorted(anchor.cuts, values, side="right").astype(float)
        return level
    if is_number(anchor):
        inside: Floats = (values >= anchor).astype(float)
        return inside
    out, cross, into = anchor
    return _direct(values, (out, cross, into), idm)


def _direct(values: Floats, anchor: tuple[float, float, float], idm: float) -> Floats:
    out, cross, into = anchor
    above = (values >= cross) == (into > out)
    spread = np.where(above, into - cross, cross - out)
    odds = np.log(idm / (1 - idm)) * (values - cross) / spread
    half = np.exp(-np.abs(odds))
    member: Floats = np.where(odds >= 0, 1, half) / (1 + half)
    return member


def _indirect(values: Floats, cuts: tuple[float, ...]) -> Floats:
    """Fit a smooth curve to the rough grouping, by weighted least squares until it settles."""
    group = np.searchsorted(cuts, values, side="left") / len(cuts)
    rough = np.round(group, 3)
    x = np.where(values == 0, 1e-5, values)
    scaled = [f(x) for f in _POLYNOMIAL]
    design = np.column_stack([column / np.abs(column).max() for column in scaled])
    fitted = (rough + 0.5) / 2
    for _ in range(STEPS):
        before = fitted
        weight = np.maximum(before * (1 - before), 1e-12)
        target = np.log(before / (1 - before)) + (rough - before) / weight
        root = np.sqrt(weight)
        weights, *_ = np.linalg.lstsq(design * root[:, None], target * root, rcond=None)
        fitted = np.clip(1 / (1 + np.exp(-design @ weights)), 1e-12, 1 - 1e-12)
        if np.abs(fitted - before).max() < 1e-9:
            break
    else:
        raise DataError(Issue("anchors", "no curve fits this rough grouping", value=cuts,
                              suggestion="calibrate directly, with three anchors"))  # fmt: skip
    return np.select([fitted < 1e-4, fitted > 1 - 1e-4], [0.0, 1.0], fitted)


_POLYNOMIAL: tuple[Callable[[Floats], Floats], ...] = (
    np.ones_like, np.log, np.sqrt, np.positive, np.square,
)  # fmt: skip
