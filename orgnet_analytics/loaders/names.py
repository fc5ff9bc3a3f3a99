"""Written names to actors: exactly, then folded, else with the nearest name; never a silent merge."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from orgnet_analytics.errors import Issue, nearest
from orgnet_analytics.loaders.sheet import all_spaced, plain, spaced

# fmt: off
LEGAL_FORMS = frozenset([
    "vzw", "ivzw", "izw", "nv", "bv", "bvba", "cv", "cvba", "cvso", "commv", "gcv", "vof",
    "bvso", "asbl", "aisbl", "sa", "sprl", "srl", "scrl", "stichting", "stg", "gmbh", "ggmbh", "ev",
    "ltd", "inc", "llc", "plc",
])
# fmt: on
"""Words that say what an organization is in law; two spellings of a name differ in them."""

SEPARATORS = re.compile(r"[;\n]")
POINTS = str.maketrans("", "", ".,()")
_FORMS = "|".join(sorted(LEGAL_FORMS))
LEGAL_ENDS = (
    re.compile(f"\n(?:{_FORMS}) "),
    re.compile(f" (?:{_FORMS})\n"),
)  # two: quicker than one


def folded(name: str) -> str:
    """Return a name without regard to capitals, white space, Unicode form and legal form.

    Examples
    --------
    >>> folded("  Thuiszorg  Zuid V.Z.W.") == folded("vzw thuiszorg zuid")
    True
    >>> folded("NV")
    'nv'
    """
    text = plain(name)
    words = text.split(" ")
    if not (_legal(words[-1]) or _legal(words[0])):
        return text
    kept = words[:]
    while len(kept) > 1 and _legal(kept[-1]):
        kept.pop()
    while len(kept) > 1 and _legal(kept[0]):
        kept.pop(0)
    return " ".join(kept).strip(" ,") if len(kept) < len(words) else text


def all_folded(names: list[str]) -> list[str]:
    """Return every name as `folded`; names without a legal form, as most are, are folded together."""
    together = "\n".join(all_spaced(names)).casefold()
    keys = together.split("\n") if names else []
    words = together.translate(POINTS) if any(map(together.__contains__, ".,()")) else together
    if not _legal_at_an_end(words):
        return keys
    return [
        folded(name) if _legal_at_an_end(line) else key
        for name, key, line in zip(names, keys, words.split("\n"), strict=True)
    ]


def _legal_at_an_end(lines: str) -> bool:
    return any(end.search(f"\n{lines}\n") for end in LEGAL_ENDS)


def _legal(word: str) -> bool:
    return (word if word.isalnum() else word.translate(POINTS)) in LEGAL_FORMS


@dataclass
class Names:
    """What each actor may be called, and who is meant by a written name.

    ``exact`` and ``alike`` hold the actor of each name, as written and folded; ``shared`` everybody who goes
    by a folded name that is not one's own. ``matched`` keeps every name that was recognized only after
    folding, for the notes; ``choices`` are written names the user gave an actor.
    """

    where: str
    exact: dict[str, str] = field(default_factory=dict)
    alike: dict[str, str] = field(default_factory=dict)
    shared: dict[str, set[str]] = field(default_factory=dict)
    clashes: list[Issue] = field(default_factory=list)
    matched: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, called: Iterable[tuple[str, Iterable[str], object]], where: str, column: str = ""
    ) -> Names:
        """Return the names of actors given as (id, names, row); a name two actors share is a clash."""
        names = cls(where)
        actors, written, rows = list[str](), list[str](), list[object]()
        for actor, others, row in called:
            for name in dict.fromkeys([actor, *others]):
                actors.append(actor)
                written.append(name)
                rows.append(row)
        keys = all_folded(written)
        for actor, name, key in zip(actors, written, keys, strict=True):
            if key:
                names.add(name, key, actor)
        if names.shared:
            names._tell_clashes(zip(actors, written, rows, keys, strict=True), column)
        return names

    def add(self, name: str, key: str, actor: str) -> None:
        """Add a name of an actor, as written and folded; whoever had it before keeps it as written."""
        self.exact.setdefault(name, actor)
        first = self.alike.setdefault(key, actor)
        if first != actor:
            self.shared.setdefault(key, {first}).add(actor)

    @classmethod
    def of_actors(cls, actors: pd.DataFrame, where: str = "actors") -> Names:
        """Return the names in a table of actors: its index, and its columns label and aliases."""
        columns = [c for c in ("label", "aliases") if c in actors]
        texts = actors[columns].astype("str").fillna("")
        called = [
            (str(actor), [n for text in row for n in split_names(text)] + list(row[:1]), at)
            for at, (actor, row) in enumerate(
                zip(actors.index, texts.itertuples(index=False, name=None), strict=True)
            )
        ]
        return cls.of(((a, [w for w in ws if w], at) for a, ws, at in called), where)

    def _tell_clashes(self, told: Iterable[tuple[str, str, object, str]], column: str) -> None:
        """Add an issue for each name that reads like one an earlier actor has."""
        earlier: dict[str, set[str]] = {}
        for actor, name, row, key in told:
            others = earlier.setdefault(key, set()) - {actor}
            earlier[key].add(actor)
            if key and others:
                rival = min(others)
                problem = f"reads like a name of {rival!r} too: nobody can tell which is meant"
                hint = "write one of them differently"
                self.clashes.append(Issue(self.where, problem, row, column, name, hint))

    def find(self, written: str) -> str | None:
        """Return the id of the actor meant, or None where nobody, or more than one, can be meant."""
        if not self.choices and written in self.exact:
            return self.exact[written]
        actor = self.exact.get(written) or self.exact.get(spaced(written))
        actor = self.choices.get(spaced(written)) or actor
        if actor is None:
            key = folded(written)
            actor = None if key in self.shared else self.alike.get(key)
            if actor is not None:
                self.matched[written] = actor
        return actor

    def unknown(self, written: str) -> str:
        """Return the suggestion for a name nobody was found for."""
        return nearest(written, self.exact)

    def called(self, actors: Iterable[str]) -> list[str]:
        """Return everything these actors are called."""
        wanted = set(actors)
        return [name for name, actor in self.exact.items() if actor in wanted]

    def notes(self) -> list[str]:
        """Return what was recognized by folding only, as a note."""
        if not self.matched:
            return []
        listed = "; ".join(f"{written!r} is {actor}" for written, actor in self.matched.items())
        return [f"names recognized apart from capitals, spaces or legal form: {listed}"]


def split_names(text: str) -> list[str]:
    """Return the names in a cell, separated by semicolons or line ends."""
    return [name for name in map(str.strip, SEPARATORS.split(text)) if name] if text else []
