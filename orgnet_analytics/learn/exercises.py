"""Exercises of the notebooks: a hint, a solution, and a check that explains typical mistakes.

The exercises are data (``exercises/*.yaml``). A solution is code; checking an answer runs that code, so a
solution cannot fall behind the library it teaches. A quiz question has options instead, one of them right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from numbers import Real
from typing import Any

import pandas as pd
import yaml

from orgnet_analytics.errors import UndefinedError, nearest

RELATIVE = 0.005
HUGE = 100_000  # a count of this size may be rounded; a smaller one is exact, or 2021 would pass for 2024


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and what to think about next."""

    right: bool
    why: str

    def __str__(self) -> str:
        return self.why

    __repr__ = __str__


def hint(exercise: str) -> str:
    """Return where to look, without the answer. Quiz questions have none.

    Examples
    --------
    >>> "net.responded" in hint("20-1")
    True
    """
    return str(_worked(exercise)["hint"]).strip()


def solution(exercise: str) -> str:
    """Return code that leads to the answer; it ends with ``answer = ...``.

    Examples
    --------
    >>> "answer =" in solution("20-1")
    True
    """
    return str(_worked(exercise)["solution"]).strip()


def check(exercise: str, answer: Any) -> Verdict:
    """Grade an answer by its value, and explain it where it is a typical mistake.

    A fraction may be rounded to about three digits; a count or a year below 100,000 must be exact. Lists of
    organizations may be in any order. The answer to a quiz question is the letter of an option.

    Examples
    --------
    >>> bool(check("20-1", -1).right)
    False
    """
    content = exercise_of(exercise)
    if answer is ...:
        return Verdict(False, "Put your answer in place of the dots, and run this cell again.")
    if "options" in content:
        return chosen(content["options"], answer)
    wanted = _run(content["solution"])
    if _same(answer, wanted):
        return Verdict(True, f"Right. {content['right'].strip()}")
    for mistake in content.get("wrong", []):
        if _same(answer, _run(mistake["code"])):
            return Verdict(False, f"Not yet. {mistake['why'].strip()}")
    if _rough(answer, wanted):
        return Verdict(False, "Not yet. It may be right: give three digits.")
    return Verdict(False, f"Not yet. Try learn.hint({exercise!r}).")


def chosen(options: dict[str, dict[str, Any]], answer: Any) -> Verdict:
    """Return the verdict on a letter, with the reason that belongs to that option."""
    option = options.get(str(answer).strip().casefold())
    if option is None:
        return Verdict(False, f"Choose one of {', '.join(options)}.")
    right = bool(option.get("right"))
    return Verdict(right, f"{'Right' if right else 'Not yet'}. {option['why'].strip()}")


def _worked(name: str) -> dict[str, Any]:
    content = exercise_of(name)
    if "options" in content:
        raise UndefinedError(f"{name} is a quiz question: see learn.quiz({name!r}).")
    return content


def exercise_of(name: str) -> dict[str, Any]:
    """Return the exercise of that name; an error offers the nearest."""
    known = _exercises()
    if name not in known:
        raise UndefinedError(
            f"There is no exercise {name!r}; {nearest(name, known) or 'there are ' + ', '.join(known)}"
        )
    return known[name]


@cache
def _exercises() -> dict[str, dict[str, Any]]:
    files = resources.files("orgnet_analytics") / "exercises"
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(files.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            found |= yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


@cache
def _run(code: str) -> Any:
    space: dict[str, Any] = {}
    exec(code, space)  # only code that ships with the library
    return space["answer"]


def _same(given: Any, wanted: Any) -> bool:
    if isinstance(wanted, str) or isinstance(given, str):
        return str(given).strip().casefold() == str(wanted).strip().casefold()
    if _many(wanted) or _many(given):
        if not (_many(wanted) and _many(given)):
            return False
        return {str(item) for item in given} == {str(item) for item in wanted}
    if given is None or pd.isna(given):
        return wanted is None or bool(pd.isna(wanted))
    try:
        return _close(float(given), float(wanted))
    except (TypeError, ValueError):
        return False


def _close(given: float, wanted: float) -> bool:
    exact = wanted.is_integer() and abs(wanted) < HUGE
    return math.isclose(given, wanted, rel_tol=0 if exact else RELATIVE, abs_tol=1e-9)


def _rough(given: Any, wanted: Any) -> bool:
    """Return whether this is the fraction in two digits: too rough to tell it from a mistake."""
    if not (isinstance(given, Real) and isinstance(wanted, Real)):
        return False
    return not float(wanted).is_integer() and math.isclose(given, round(float(wanted), 2))


def _many(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)
