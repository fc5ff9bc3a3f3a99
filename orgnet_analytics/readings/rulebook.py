"""Rules as data: read a rule file, lay the user's own over it, and check every part."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from orgnet_analytics.errors import DataError, Issue, nearest

HERE = Path(__file__).parent / "rules"
MARKS = ("V", "A", "C", "P")
OWN = "own"
KINDS = ("level", "change")

Rules = Mapping[str, Any] | str | Path


@cache
def _shipped(name: str) -> dict[str, Any]:
    rules: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return rules


def read_rules(name: str, own: Rules | None = None) -> dict[str, Any]:
    """Return the shipped rules of that name with the user's own, a table or a YAML file, laid over them."""
    shipped = _shipped(name)
    return dict(shipped) if own is None else laid_over(shipped, _own(own))


def _own(own: Rules) -> Mapping[str, Any]:
    if isinstance(own, str | Path):
        path = Path(own)
        try:
            own = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise DataError(Issue(str(own), "cannot be read as a rule file")) from error
    if not isinstance(own, Mapping):
        raise DataError(Issue("rules", f"wanted a table of rules, got {type(own).__name__}"))
    return own


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``below`` with what ``above`` says in its place, table by table; lists are replaced whole.

    Examples
    --------
    >>> laid_over({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}})
    {'a': {'b': 3, 'c': 2}}
    """
    made = dict(below)
    for key, value in above.items():
        both = isinstance(value, Mapping) and isinstance(made.get(key), Mapping)
        made[key] = laid_over(made[key], value) if both else value
    return made


def thresholds(book: Mapping[str, Any], name: str) -> pd.DataFrame:
    """Return the part ``thresholds`` of the rules called ``name``, checked: one row each.

    Raises
    ------
    DataError
        Listing every part and row that we do not have and every value that is no number.

    Examples
    --------
    >>> thresholds(read_rules("governance", {"thresholds": {"margin": {"value": 0.2}}}), "governance").loc[
    ...     "margin", "value"]
    np.float64(0.2)
    """
    shipped = _shipped(name)
    found = [
        Issue("rules", "there is no such part", value=part, suggestion=nearest(str(part), shipped))
        for part in book
        if part not in shipped
    ]
    found += threshold_problems(book.get("thresholds"), shipped["thresholds"])
    if found:
        raise DataError(found)
    rows = {
        row: marked(entry, shipped["thresholds"][row]) for row, entry in book["thresholds"].items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["value", "mark", "basis"])
    return table.astype({"value": float}).rename_axis("threshold")


def marked(entry: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rule, with the mark ``own`` where the user changed it and left ours: no source says that.

    Examples
    --------
    >>> ours = {"value": 3, "mark": "V", "basis": "as R has it"}
    >>> marked({**ours, "value": 5}, ours)
    {'value': 5, 'mark': 'own', 'basis': 'as R has it; changed from 3'}
    """
    same = {key: entry.get(key) == ours[key] for key in ours}
    if all(same.values()) or not same["mark"]:
        return dict(entry)
    changed = (
        f"{ours['basis']}; changed from {ours['value']:g}" if "value" in ours else ours["basis"]
    )
    return {**entry, "mark": OWN, "basis": changed if same["basis"] else entry["basis"]}


def threshold_problems(given: Any, ours: Mapping[str, Any]) -> Iterator[Issue]:
    """Yield every threshold that we do not have, and every one that is no number."""
    if not isinstance(given, Mapping):
        yield Issue("rules", "wanted a table", column="thresholds", value=given)
        return
    for row, entry in given.items():
        if row not in ours:
            hint = nearest(str(row), ours)
            yield Issue("thresholds", "there is no such threshold", value=row, suggestion=hint)
        elif not isinstance(entry, Mapping) or not is_number(entry.get("value")):
            yield Issue("thresholds", "wanted a number", row, "value", entry)


@dataclass(frozen=True, eq=False)
class StageRules:
    """The checked rules of the life cycle.

    Attributes
    ----------
    table : pandas.DataFrame
        A row per indicator: ``kind`` (level or change), ``weight``, ``mark``, ``basis``.
    claims : pandas.DataFrame
        Indicator by stage: the trapezoid, or None where the stage claims nothing.
    thresholds : dict of float
        The numbers of the rules.
    limits : pandas.DataFrame
        The same with ``value, mark, basis``, and after them the signals and what each step costs.
    falling, rising : dict of dict of float
        Per signal the indicators that tell it, in order, and below (above) which value each falls (rises).
    costs : pandas.DataFrame
        What following the stage in the row by that in the column costs; infinite where it cannot.
    first_wave, mature, after_maturity, same_purpose : tuple of str
        The stages one wave can show, those that count as mature, those that need one before, and those
        that keep the purpose of the network.
    """

    table: pd.DataFrame
    claims: pd.DataFrame
    thresholds: dict[str, float]
    limits: pd.DataFrame
    falling: dict[str, dict[str, float]]
    rising: dict[str, dict[str, float]]
    costs: pd.DataFrame
    first_wave: tuple[str, ...]
    mature: tuple[str, ...]
    after_maturity: tuple[str, ...]
    same_purpose: tuple[str, ...]


def stage_rules(
    own: Rules | None, *, stages: Collection[str], indicators: Collection[str]
) -> StageRules:
    """Return the rules of the life cycle, the user's own laid over ours; one error lists every problem."""
    raw = read_rules("lifecycle", own)
    found = list(_problems(raw, read_rules("lifecycle"), stages, indicators))
    if found:
        raise DataError(found)
    ours = read_rules("lifecycle")["indicators"]
    rows = {name: marked(raw["indicators"][name], ours[name]) for name in indicators}
    order, limits = list(stages), thresholds(raw, "lifecycle")
    told = pd.DataFrame(_more_numbers(raw), columns=["threshold", "value", "mark", "basis"])
    return StageRules(
        table=pd.DataFrame.from_dict(
            {
                n: {k: row[k] for k in ("kind", "weight", "mark", "basis")}
                for n, row in rows.items()
            },
            orient="index",
        ),
        claims=pd.DataFrame(
            [[row["stages"].get(stage) for stage in order] for row in rows.values()],
            index=list(rows),
            columns=order,
            dtype=object,
        ),
        thresholds=limits["value"].to_dict(),
        limits=pd.concat([limits, told.set_index("threshold")]),
        falling={name: dict(limits) for name, limits in raw["falling"].items()},
        rising={name: dict(limits) for name, limits in raw["rising"].items()},
        costs=pd.DataFrame(
            [[float(raw["transitions"][a].get(b, math.inf)) for b in order] for a in order],
            index=order,
            columns=order,
        ),
        first_wave=tuple(raw["first_wave"]),
        mature=tuple(raw["mature"]),
        after_maturity=tuple(raw["after_maturity"]),
        same_purpose=tuple(raw["same_purpose"]),
    )


def _more_numbers(raw: Mapping[str, Any]) -> Iterator[tuple[str, float, str, str]]:
    """Yield the signals and the costs of the steps as rows to be printed; all of them are our own."""
    ours = _shipped("lifecycle")
    sides = {"falling": "falls below this", "rising": "rises above this"}
    for part, text in sides.items():
        for signal, limits in raw[part].items():
            for name, value in limits.items():
                mark = "P" if ours[part].get(signal, {}).get(name) == value else OWN
                yield f"{part}: {signal}", float(value), mark, f"a signal where {name} {text}"
    for before, row in raw["transitions"].items():
        for after, cost in row.items():
            mark = "P" if ours["transitions"].get(before, {}).get(after) == cost else OWN
            yield f"{before} to {after}", float(cost), mark, "what this step costs, in membership"


def _problems(
    raw: Mapping[str, Any],
    shipped: Mapping[str, Any],
    stages: Collection[str],
    indicators: Collection[str],
) -> Iterator[Issue]:
    for part in raw.keys() - shipped.keys():
        yield Issue(
            "rules", "there is no such part", value=part, suggestion=nearest(str(part), shipped)
        )
    for part in ("indicators", "thresholds", "falling", "rising", "transitions"):
        if not isinstance(raw[part], Mapping):
            yield Issue("rules", "wanted a table", column=part, value=raw[part])
            return
    for name, row in raw["indicators"].items():
        if name not in indicators:
            hint = nearest(str(name), indicators)
            yield Issue("indicators", "there is no such indicator", value=name, suggestion=hint)
        else:
            yield from _row_problems(name, row, stages)
    yield from threshold_problems(raw["thresholds"], shipped["thresholds"])
    for part in ("falling", "rising"):
        for signal, limits in raw[part].items():
            for name, value in limits.items() if isinstance(limits, Mapping) else [("", limits)]:
                if name not in indicators or not is_number(value):
                    yield Issue(part, "wanted an indicator and a number", signal, name, value)
    for before, row in raw["transitions"].items():
        for after, cost in row.items() if isinstance(row, Mapping) else [("", row)]:
            if before not in stages or after not in stages or not is_number(cost) or cost < 0:
                yield Issue(
                    "transitions", "wanted a stage and a cost, 0 or more", before, after, cost
                )
    for part in ("first_wave", "mature", "after_maturity", "same_purpose"):
        for stage in raw[part]:
            if stage not in stages:
                hint = nearest(str(stage), stages)
                yield Issue(part, "there is no such stage", value=stage, suggestion=hint)


def _row_problems(name: str, row: Any, stages: Collection[str]) -> Iterator[Issue]:
    where = "indicators"
    if not isinstance(row, Mapping) or not isinstance(row.get("stages"), Mapping):
        yield Issue(where, "wanted a table with stages", row=name, value=row)
        return
    if row.get("kind") not in KINDS:
        yield Issue(where, "wanted level or change", name, "kind", row.get("kind"))
    if row.get("mark") not in MARKS:
        yield Issue(where, f"wanted one of {', '.join(MARKS)}", name, "mark", row.get("mark"))
    weight: Any = row.get("weight")
    if not is_number(weight) or weight < 0:
        yield Issue(where, "wanted a weight, 0 or more", name, "weight", weight)
    for stage, corners in row["stages"].items():
        if stage not in stages:
            hint = nearest(str(stage), stages)
            yield Issue(where, "there is no such stage", name, "stages", stage, hint)
        elif corners is not None and not is_trapezoid(corners):
            yield Issue(
                where, "wanted four numbers, none below the one before", name, stage, corners
            )


def is_number(value: Any) -> bool:
    """Say whether ``value`` is a number and not NaN."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def is_trapezoid(corners: Any) -> bool:
    """Say whether ``corners`` are four numbers in order."""
    return (
        isinstance(corners, list | tuple)
        and len(corners) == 4
        and all(map(is_number, corners))
        and list(corners) == sorted(corners)
    )
