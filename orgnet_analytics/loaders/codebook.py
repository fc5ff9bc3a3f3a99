"""Codebook: which column of a survey means what; checked before anything is read with it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.codebook_checks import build, cross_checks, shaped
from orgnet_analytics.loaders.scales import Scale


@dataclass(frozen=True)
class Actors:
    """Where the list of organizations stands, and in which columns.

    Parameters
    ----------
    id : str
        The column with the ids; they are kept as text.
    sheet : str
        The sheet of the workbook, or a file beside it.
    header : tuple of int
        The row of the headings, or the two rows that tell together, where it is not the first.
    label, aliases : str
        Columns with the name, and with further names separated by ``;``.
    attributes : mapping of str to str
        Column of the sheet to column of ``net.actors``; a list means the same names.
    """

    id: str
    sheet: str | None = None
    label: str | None = None
    aliases: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    header: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answers:
    """One wave: the sheet with its answers, and the yes-no columns of the actors that belong to it.

    ``header`` is the row of the headings, or the two rows that tell together, where it is not the first.
    """

    sheet: str | None = None
    header: tuple[int, ...] = ()
    responded: str | None = None
    member: str | None = None


@dataclass(frozen=True)
class Relation:
    """One kind of tie: where the answers stand and what they are worth.

    Parameters
    ----------
    layout : str
        ``roster``: a row per respondent, a column per partner. ``matrix``: the same, on a sheet of its own
        with names on both sides. ``roster_long``: a row per respondent and partner; what has no row is
        unknown. ``ties``: the same, and what has no row is no tie. ``nominations``: the names a respondent
        gives; who is not named is no tie. A scale may say which texts are no name: 0 is "nobody", and who
        answers with a missing code alone is unknown.
    columns : str
        The heading of a column: of ``roster`` with ``{actor}`` for the partner's id or name, of
        ``nominations`` with ``{number}`` where there are several.
    partner, answer : str
        The columns of ``roster_long`` and ``ties`` with the partner and, if any, the answer.
    separator : str
        What parts several names in one cell of ``nominations``; ``;`` where not given.
    sheet : str
        The sheet, where it is not that of the wave; ``{wave}`` stands for the wave.
    header : tuple of int
        As that of the answers, for a sheet of its own.
    scale : str
        The name of a scale; without it an answer is a number, 0 or more.
    others : str
        A free-text column with further names, separated by ``;``.
    blank : float
        What a blank cell is worth; without it a blank cell is unknown.
    ticked : bool
        Whether any answer at all is a tie of 1, and a blank cell is none.
    """

    columns: str = ""
    layout: str = "roster"
    partner: str | None = None
    answer: str | None = None
    separator: str = ";"
    sheet: str | None = None
    header: tuple[int, ...] = ()
    scale: str | None = None
    others: str | None = None
    blank: float | None = None
    ticked: bool = False


@dataclass(frozen=True)
class Events:
    """Where it stands how the membership changed: a row per event, with the first wave it holds for.

    Parameters
    ----------
    wave, actor, event, to : str
        The columns: the wave, who it happened to, what happened (``joins``, ``leaves``, ``renamed``,
        ``merged``), and the new name or the organization merged into.
    sheet : str
        The sheet of the workbook, or a file beside it.
    """

    sheet: str
    wave: str = "wave"
    actor: str = "actor"
    event: str = "event"
    to: str = "to"


@dataclass(frozen=True)
class Codebook:
    """What stands where in a survey. Frozen, and checked as a whole when it is made.

    Parameters
    ----------
    actors : Actors
        The list of organizations.
    respondent : str
        The column of the answers that says who answers.
    relations : mapping of str to Relation
        The kinds of tie asked for.
    waves : mapping of int or str to Answers
        The rounds of the survey, in order of time; or else ``answers``, the only one.
    scales : mapping of str to Scale
        The answers of the questions.
    name, synthetic, language, directed
        What the network is called, whether it is invented (its name then says so), ``en`` or ``nl``,
        and whether a tie has a direction.
    self_ties : {"error", "set_aside"}
        What to do where an organization names itself.
    off_roster : {"set_aside", "error"}
        What to do with names in ``others`` that no actor has.
    not_asked : {"unknown", "no_tie"}
        What is known of members the form has no column for.
    events : Events
        A table of who joined, left, merged or took another name; an actor keeps its id.
    format : {"table", "qualtrics", "limesurvey", "kobo", "forms", "partner"}
        Whose export the answers are; ``table`` is a plain one.
    ignore : tuple of str
        Columns that look like answers and are not.
    ignore_rows : tuple of str
        What stands for the respondent in rows that are no answers, such as a total.

    Raises
    ------
    DataError
        Listing everything that is wrong, unknown keys with the nearest known one.

    Examples
    --------
    >>> book = Codebook(
    ...     actors=Actors(sheet="Organizations", id="code"), answers=Answers(sheet="Answers"),
    ...     respondent="who", relations={"help": Relation(columns="help_{actor}")})
    >>> Codebook.from_dict(book.to_dict()) == book
    True
    """

    actors: Actors
    respondent: str
    relations: Mapping[str, Relation]
    name: str = ""
    synthetic: bool = False
    language: str = "en"
    directed: bool = True
    answers: Answers | None = None
    waves: Mapping[int | str, Answers] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    self_ties: str = "error"
    off_roster: str = "set_aside"
    not_asked: str = "unknown"
    ignore: tuple[str, ...] = ()
    ignore_rows: tuple[str, ...] = ()
    events: Events | None = None
    format: str = "table"

    def __post_init__(self) -> None:
        found = cross_checks(self)
        if found:
            raise DataError(found)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Codebook:
        """Return the codebook in a YAML file."""
        import yaml

        from orgnet_analytics.loaders.plain_yaml import PlainLoader
        from orgnet_analytics.loaders.sheets import existing

        file = existing(path)
        try:
            given = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=PlainLoader)
        except Exception as problem:
            mark = getattr(problem, "problem_mark", None)
            row = mark.line + 1 if mark else ""
            said = getattr(problem, "problem", None) or "cannot be read as text"
            raise DataError(Issue(file.name, f"not YAML: {said}", row)) from None
        return cls.from_dict(given, where=file.name)

    @classmethod
    def from_dict(cls, given: Any, *, where: str = "codebook") -> Codebook:
        """Return the codebook in a dict of the form the YAML file has."""
        found: list[Issue] = []
        ready = _parts(given, where, found)
        if found:
            raise DataError(found)
        try:
            return cls(**ready)
        except DataError as error:
            listed = error.issues.assign(where=where).to_dict("records")
            raise DataError([Issue(**issue) for issue in listed]) from None

    @classmethod
    def of(cls, given: Codebook | Mapping[str, Any] | str | os.PathLike[str]) -> Codebook:
        """Return the codebook itself, or read it from a dict or a path."""
        if isinstance(given, Codebook):
            return given
        return cls.from_dict(given) if isinstance(given, Mapping) else cls.read(given)

    def to_dict(self) -> dict[str, Any]:
        """Return the codebook as a dict of plain values, without what is left at its default."""
        plain: dict[str, Any] = _plain(self)
        return plain

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the codebook as YAML."""
        import yaml

        with open(path, "w", encoding="utf-8") as file:
            yaml.safe_dump(self.to_dict(), file, allow_unicode=True, sort_keys=False)

    def scale(self, relation: str) -> Scale:
        """Return the scale of a relation; any number, 0 or more, where it has none."""
        name = self.relations[relation].scale
        return self.scales[name] if name is not None else Scale()


def _parts(given: Any, where: str, found: list[Issue]) -> dict[str, Any]:
    """Return the fields of a codebook made from plain values, adding what is wrong with them."""
    ready = shaped(Codebook, given, where, "", found)
    one = {"actors": Actors, "answers": Answers, "events": Events}
    many = {"waves": Answers, "relations": Relation, "scales": Scale}
    for key, kind in one.items():
        if ready.get(key) is not None:
            ready[key] = build(kind, ready[key], where, key, found)
    for key, kind in many.items():
        table = ready.get(key, {})
        if not isinstance(table, Mapping):
            found.append(Issue(where, "wanted a table of names", column=key, value=table))
            continue
        ready[key] = {
            name: build(kind, part, where, f"{key}.{name}", found) for name, part in table.items()
        }
    return ready


def _plain(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {key: _plain(value) for key, value in part.items()}
    if isinstance(part, tuple):
        return list(part)
    if not hasattr(part, "__dataclass_fields__"):
        return part
    values = {f.name: _plain(getattr(part, f.name)) for f in fields(part)}
    return {key: value for key, value in values.items() if value not in (None, {}, [], "")}
