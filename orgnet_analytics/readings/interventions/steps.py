"""The steps one can think of taking, each a small object that says what it changes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError, nearest
from orgnet_analytics.readings.interventions.situation import Situation
from orgnet_analytics.readings.rulebook import is_number


class Step(Protocol):
    """Anything that turns one situation into the next, and says so in a few words."""

    def apply(self, before: Situation) -> Situation:
        """Return the situation after the step."""
        ...


@dataclass(frozen=True)
class Add:
    """Invite an organization, with the partners it would have and what it holds.

    Parameters
    ----------
    actor : str
        Its id.
    partners : sequence of str
        With whom it would be tied, in both directions.
    holds : sequence of str
        What it would bring: columns of the table of holders.
    attributes : dict
        Its columns in ``actors``: label, sector, ...
    """

    actor: str
    partners: Sequence[str] = ()
    holds: Sequence[str] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"add {self.actor}"

    def apply(self, before: Situation) -> Situation:
        """Return the situation after the step."""
        if self.actor in before.actors.index:
            raise DataError(Issue("steps", "takes part already", str(self), "actor", self.actor))
        before.must_have(self.partners, self)
        there = before.with_actor(self.actor, dict(self.attributes), self.holds)
        return there.tied(_both_ways(self.actor, self.partners), 1.0)


@dataclass(frozen=True)
class Remove:
    """Let an organization go, with its ties and all it holds."""

    actor: str

    def __str__(self) -> str:
        return f"remove {self.actor}"

    def apply(self, before: Situation) -> Situation:
        """Return the situation after the step."""
        before.must_have([self.actor], self)
        return before.without([self.actor])


@dataclass(frozen=True)
class Merge:
    """Make one organization of several: it has the partners and holds what any of them did."""

    actors: Sequence[str]
    into: str

    def __str__(self) -> str:
        return f"merge {' + '.join(self.actors)}"

    def apply(self, before: Situation) -> Situation:
        """Return the situation after the step."""
        before.must_have(self.actors, self)
        parts = list(dict.fromkeys(self.actors))
        if len(parts) < 2:
            raise DataError(Issue("steps", "wanted two organizations or more", str(self)))
        if self.into in before.actors.index and self.into not in parts:
            raise DataError(Issue("steps", "is another organization", str(self), "into", self.into))
        return before.merged(parts, self.into)


@dataclass(frozen=True)
class Tie:
    """Bring organizations together: a tie from the first to the second of each pair."""

    pairs: Sequence[tuple[str, str]]
    weight: float = 1.0

    def __str__(self) -> str:
        return "tie " + ", ".join(f"{a} - {b}" for a, b in self.pairs)

    def apply(self, before: Situation) -> Situation:
        """Return the situation after the step."""
        before.must_have((actor for pair in self.pairs for actor in pair), self)
        if not (is_number(self.weight) and 0 < self.weight < math.inf):
            raise DataError(Issue("steps", "wanted more than 0", str(self), "weight", self.weight))
        return before.tied(self.pairs, self.weight)


@dataclass(frozen=True)
class Appoint:
    """Have one organization coordinate: ties both ways with every member.

    Parameters
    ----------
    actor : str
        A member; an NAO may also be new.
    form : {"lead", "nao"}
        A lead organization goes on producing services; a network administrative organization only
        coordinates, so it holds nothing.
    """

    actor: str
    form: Literal["lead", "nao"] = "lead"

    def __str__(self) -> str:
        return f"appoint {self.actor} as {'NAO' if self.form == 'nao' else 'lead organization'}"

    def apply(self, before: Situation) -> Situation:
        """Return the situation after the step."""
        if self.form not in ("lead", "nao"):
            raise UndefinedError(
                f"There is no form {self.form!r} to appoint; there are 'lead' and 'nao'."
            )
        there = before
        if self.form == "nao" and self.actor not in before.actors.index:
            there = before.with_actor(self.actor, {}, ())
        there.must_have([self.actor], self)
        others = there.actors.index[there.actors.index != self.actor]
        nao = self.actor if self.form == "nao" else there.nao
        return replace(there.tied(_both_ways(self.actor, others), 1.0), nao=nao)


@dataclass(frozen=True)
class Renew:
    """Renew an agreement of the register, or make it open-ended."""

    agreement: str
    until: str = "open"

    def __str__(self) -> str:
        return f"renew {self.agreement}"

    def apply(self, before: Situation) -> Situation:
        """Return the situation after the step."""
        if before.register is None:
            raise UndefinedError(
                "There is no register of agreements to renew one of: give register=."
            )
        register = before.register.assign(id=before.register["id"].map(str))
        if self.agreement not in set(register["id"]):
            hint = nearest(self.agreement, register["id"])
            raise DataError(
                Issue("steps", "not in the register", str(self), "agreement", self.agreement, hint)
            )
        ends = (
            register.get("end", pd.Series(None, register.index))
            .astype(object)
            .mask(register["id"] == self.agreement, self.until)
        )
        return replace(before, register=register.assign(end=ends))


def _both_ways(actor: str, others: Iterable[str]) -> list[tuple[str, str]]:
    return [pair for other in others for pair in ((actor, other), (other, actor))]


NAMES = ("actor", "into", "agreement")
LISTS = ("partners", "holds", "actors")


def as_steps(steps: Iterable[Step]) -> list[Step]:
    """Return the steps as a list; anything else among them, and what no step can be made of, is told."""
    given = list(steps) if isinstance(steps, Iterable) and not isinstance(steps, str) else [steps]
    found = [issue for place, one in enumerate(given) for issue in _problems(place, one)]
    if found or not given:
        raise DataError(found or [Issue("steps", "wanted at least one")])
    return given


def _problems(place: int, one: object) -> Iterator[Issue]:
    if isinstance(one, type) or not hasattr(one, "apply"):
        yield Issue("steps", "wanted a step such as Remove('A')", row=place, value=str(one))
        return
    for name, value in vars(one).items():
        if name in NAMES and not (isinstance(value, str) and value.strip()):
            yield Issue("steps", "wanted a name", place, name, str(value))
        if name in LISTS and not _are_names(value):
            yield Issue("steps", "wanted a list of names", place, name, str(value))
        if name == "attributes" and not isinstance(value, Mapping):
            yield Issue("steps", "wanted a dict", place, name, str(value))
        if name == "pairs" and not _are_pairs(value):
            yield Issue("steps", "wanted pairs of two names: [('A', 'B')]", place, name, str(value))


def _are_names(value: object) -> bool:
    return (
        isinstance(value, Iterable)
        and not isinstance(value, str)
        and all(isinstance(name, str) for name in value)
    )


def _are_pairs(value: object) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and len(value) > 0
        and all(_are_names(pair) and len(pair) == len({*pair}) == 2 for pair in value)
    )
