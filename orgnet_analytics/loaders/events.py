"""Who joined, left, merged or took another name: a table of events, read against the waves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import Issue, nearest
from orgnet_analytics.loaders.codebook import Codebook
from orgnet_analytics.loaders.names import Names, folded
from orgnet_analytics.loaders.scales import plain_answer
from orgnet_analytics.loaders.sheet import Sheet, spaced

KINDS = {
    "joins": ("joins", "join", "joined", "toetreding", "treedt toe", "lid"),
    "leaves": ("leaves", "leave", "left", "vertrek", "vertrekt", "stopt"),
    "renamed": ("renamed", "rename", "naamswijziging", "nieuwe naam"),
    "merged": ("merged", "merge", "merges", "fusie", "fuseert"),
}


@dataclass(frozen=True)
class Event:
    """One event: from the wave at ``start`` on, and to which id or name."""

    kind: str
    actor: str
    start: int
    to: str


def read_events(book: Codebook, sheet: Sheet, names: Names, found: list[Issue]) -> list[Event]:
    """Return the events in a sheet; what cannot be understood is an issue."""
    where = book.events
    if where is None:
        return []
    told = {
        key: sheet.column(getattr(where, key), found) for key in ("wave", "actor", "event", "to")
    }
    if any(column is None for column in told.values()):
        return []
    waves = {plain_answer(wave): at for at, wave in enumerate(book.waves)}
    columns = {key: column for key, column in told.items() if column is not None}
    events = []
    for row in sheet.rows:
        cells = {key: str(column[row]) for key, column in columns.items()}
        event = _event(cells, waves, names)
        if isinstance(event, Event):
            events.append(event)
        else:
            key, problem, hint = event
            heading = getattr(where, key)
            found.append(Issue(sheet.name, problem, int(row), heading, cells[key], hint))
    for event in events:
        if event.kind == "renamed":
            names.add(event.to, folded(event.to), event.actor)
    return events


def _event(
    cells: dict[str, str], waves: dict[str, int], names: Names
) -> Event | tuple[str, str, str]:
    said = plain_answer(cells["event"])
    kind = next((kind for kind, words in KINDS.items() if said in words), None)
    actor, start = names.find(cells["actor"]), waves.get(plain_answer(cells["wave"]))
    if kind is None:
        return "event", "an unknown event", f"one of {', '.join(KINDS)}"
    if actor is None:
        return "actor", "not among the actors", names.unknown(cells["actor"])
    if start is None:
        return "wave", "there is no such wave", nearest(cells["wave"], waves)
    to: str | None = spaced(cells["to"])
    if kind == "merged":
        to = names.find(cells["to"])
        if to is None or to == actor:
            return "to", "not another of the actors", names.unknown(cells["to"])
    elif kind == "renamed" and not to:
        return "to", "the new name is missing", ""
    return Event(kind, actor, start, to or "")


def members_at(
    events: Iterable[Event], ids: pd.Index, wave: int, members: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return who is a member in a wave, after what happened until then and before what comes later."""
    taking_part: dict[str, bool] = {}
    for event in sorted(events, key=lambda event: event.start):
        if event.kind == "renamed":
            continue
        joins = event.kind == "joins"
        before = taking_part.setdefault(event.actor, not joins)
        taking_part[event.actor] = joins if wave >= event.start else before
    if not taking_part:
        return members
    told: NDArray[np.bool_] = np.array([taking_part.get(actor, True) for actor in ids], dtype=bool)
    return members & told


def names_at(events: Iterable[Event], names: Names, wave: int, where: str) -> Names:
    """Return the names as they are meant in a wave: after a merger the old name means the new actor."""
    now: dict[str, str] = {}
    for event in events:
        if event.kind == "merged" and wave >= event.start:
            now[event.actor] = event.to
    if not now:
        return replace(names, where=where, clashes=[], matched={})

    def final(actor: str) -> str:
        for _ in range(len(now)):
            actor = now.get(actor, actor)
        return actor

    exact, alike, choices = (
        {name: final(actor) for name, actor in called.items()}
        for called in (names.exact, names.alike, names.choices)
    )
    many = {key: set(map(final, actors)) for key, actors in names.shared.items()}
    shared = {key: actors for key, actors in many.items() if len(actors) > 1}
    return Names(where, exact, alike, shared, choices=choices)
