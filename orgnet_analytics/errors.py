"""What can go wrong, told in the user's own terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from numbers import Integral

import pandas as pd

SHOWN = 20


class OrgNetError(Exception):
    """Base of every error this library raises on purpose."""


class UndefinedError(OrgNetError):
    """The question has no answer for this network; the message names the choices."""


class DataWarning(UserWarning):
    """Something in the data was set aside; the object's ``notes`` say the same."""


@dataclass(frozen=True)
class Issue:
    """One problem in the data: where it stands, what is wrong, what would mend it."""

    where: str
    problem: str
    row: object = ""
    column: str = ""
    value: object = ""
    suggestion: str = ""

    def __str__(self) -> str:
        row = "" if _nothing(self.row) else f"row {self.row}"
        column = f"column {self.column!r}" if self.column else ""
        place = ", ".join(part for part in (self.where, row, column) if part)
        value = "" if _nothing(self.value) else f": {self.value!r}"
        hint = f" -> {self.suggestion}" if self.suggestion else ""
        return f"{place}: {self.problem}{value}{hint}"


def _nothing(given: object) -> bool:
    return isinstance(given, str) and not given


class DataError(OrgNetError):
    """Bad input. Every problem found is a row of ``issues``; none is reported alone.

    Attributes
    ----------
    issues : pandas.DataFrame
        Columns ``where, row, column, value, problem, suggestion``, one row per problem.
    """

    def __init__(self, issues: Iterable[Issue] | Issue | str) -> None:
        if isinstance(issues, str):
            issues = Issue(where="input", problem=issues)
        found = [issues] if isinstance(issues, Issue) else list(issues)
        self._found = found
        columns = ["where", "row", "column", "value", "problem", "suggestion"]
        self.issues = pd.DataFrame(
            [asdict(issue) for issue in found], columns=columns, dtype=object
        )
        super().__init__(_listing(found))

    def __reduce__(self) -> tuple[type[DataError], tuple[list[Issue]]]:
        return type(self), (self._found,)


def not_whole(value: object, where: str, *, least: int = 1) -> list[Issue]:
    """Return an issue where ``value`` is no whole number of at least ``least``."""
    if isinstance(value, Integral) and not isinstance(value, bool):
        return [] if int(value) >= least else [Issue(where, f"wanted {least} or more", value=value)]
    return [Issue(where, "wanted a whole number", value=str(value))]


def name_list(names: Iterable[object], where: str) -> list[str]:
    """Return names as text, each once; a single text would be read letter by letter, so it is refused.

    Examples
    --------
    >>> name_list(["a", "b", "a"], "members")
    ['a', 'b']
    """
    if isinstance(names, str) or not isinstance(names, Iterable):
        hint = f"[{names!r}]"
        raise DataError(Issue(where, "wanted a list of names", value=str(names), suggestion=hint))
    return list(dict.fromkeys(map(str, names)))


def _listing(found: list[Issue]) -> str:
    plural = "problem" if len(found) == 1 else "problems"
    lines = [f"{len(found)} {plural} in the data:"]
    lines += [f"  {issue}" for issue in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"  ... and {len(found) - SHOWN} more; see .issues")
    return "\n".join(lines)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like ``name`` as a question, or ``""`` where none is close.

    Examples
    --------
    >>> nearest("Thuiszorg Zuid", ["Thuiszorg-Zuid", "Politie"])
    "did you mean 'Thuiszorg-Zuid'?"
    >>> nearest("bakker", ["Thuiszorg-Zuid", "Politie"])
    ''
    """
    from rapidfuzz import fuzz, process

    best = process.extractOne(
        str(name), list(map(str, known)), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60
    )
    return f"did you mean {best[0]!r}?" if best else ""
