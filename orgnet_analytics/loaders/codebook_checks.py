"""What can be wrong in a codebook, each part by itself and the parts against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from orgnet_analytics.errors import Issue, nearest
from orgnet_analytics.loaders.scales import NO, YES, plain_answer
from orgnet_analytics.loaders.sheet import code_text

if TYPE_CHECKING:
    from orgnet_analytics.loaders.codebook import Codebook

LAYOUTS = ("roster", "matrix", "roster_long", "ties", "nominations")
ACTOR = "{actor}"
CHOICES = {
    "language": ("en", "nl"),
    "self_ties": ("error", "set_aside"),
    "off_roster": ("set_aside", "error"),
    "not_asked": ("unknown", "no_tie"),
    "format": ("table", "qualtrics", "limesurvey", "kobo", "forms", "partner"),
}


class _WrongError(Exception):
    """The value is not what the key wants; the message says what that is."""


def shaped(kind: type, given: Any, where: str, path: str, found: list[Issue]) -> dict[str, Any]:
    """Return the values of the keys ``kind`` has, adding an issue for every key that is off."""
    if not isinstance(given, Mapping):
        found.append(Issue(where, "wanted a table of keys and values", column=path, value=given))
        return {}
    known = {f.name: f for f in fields(kind)}
    ready: dict[str, Any] = {}
    for key, value in given.items():
        place = f"{path}.{key}".lstrip(".")
        if key not in known:
            hint = nearest(str(key), known) or f"the keys are {', '.join(known)}"
            found.append(Issue(where, "unknown key", column=place, value=key, suggestion=hint))
            continue
        try:
            ready[str(key)] = WANTED.get(str(key), _as_is)(value)
        except _WrongError as wrong:
            found.append(Issue(where, str(wrong), column=place, value=value))
    for name, f in known.items():
        needed = f.default is MISSING and f.default_factory is MISSING
        if needed and name not in given:
            found.append(Issue(where, "the key is missing", column=f"{path}.{name}".lstrip(".")))
    return ready


def build(kind: type, given: Any, where: str, path: str, found: list[Issue]) -> Any:
    """Return a part of a codebook, or None with issues added."""
    before = len(found)
    ready = shaped(kind, given, where, path, found)
    return kind(**ready) if len(found) == before else None


def _as_is(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    if not isinstance(value, (str, int, float)) or isinstance(value, bool) or str(value) == "":
        raise _WrongError("wanted a text")
    return code_text(value)


def _maybe(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else check(value)


def _flag(value: Any) -> bool:
    key = plain_answer(value)
    if key not in YES | NO:
        raise _WrongError("wanted true or false")
    return key in YES


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
        raise _WrongError("wanted a number")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        value = [value]
    return tuple(_text(item) for item in value)


def _rows(value: Any) -> tuple[int, ...]:
    rows = value if isinstance(value, (list, tuple)) else [value]
    if not rows or any(isinstance(r, bool) or not isinstance(r, int) or r < 1 for r in rows):
        raise _WrongError("wanted the number of a row, or a list of them")
    return tuple(rows)


def _pairs(value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {_text(key): _text(to) for key, to in value.items()}
    return {name: name for name in _texts(value)}


def _strengths(value: Any) -> dict[str, float]:
    if not isinstance(value, Mapping) or not value:
        raise _WrongError("wanted a table: answer to number")
    return {code_text(key): _strength(worth) for key, worth in value.items()}


def _strength(value: Any) -> float:
    if _number(value) < 0:
        raise _WrongError("a strength is 0 or more")
    return _number(value)


def _chosen(key: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in CHOICES[key]:
            raise _WrongError(f"wanted {' or '.join(CHOICES[key])}")
        return str(value)

    return check


WANTED: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("id", "respondent", "columns", "layout", "separator", "wave", "actor", "event", "to"),
        _text,
    ),
    **{
        key: _maybe(_text)
        for key in (
            "sheet",
            "label",
            "aliases",
            "responded",
            "member",
            "scale",
            "others",
            "partner",
            "answer",
        )
    },
    "name": lambda value: "" if value in (None, "") else _text(value),
    "synthetic": _flag,
    "ticked": _flag,
    "directed": _flag,
    "attributes": _pairs,
    "ignore": _texts,
    "ignore_rows": _texts,
    "header": _rows,
    "missing": _texts,
    "values": _strengths,
    "lowest": _maybe(_number),
    "highest": _maybe(_number),
    "blank": _maybe(_strength),
    **{key: _chosen(key) for key in CHOICES},
}


def cross_checks(book: Codebook) -> list[Issue]:
    """Return what is wrong between the parts of a codebook."""
    found = []
    if not book.relations:
        found.append(_issue("relations", "no kind of tie is told"))
    if bool(book.waves) == (book.answers is not None):
        found.append(_issue("waves", "wanted either waves or answers"))
    for name, relation in book.relations.items():
        found += _relation_checks(book, f"relations.{name}", relation)
    for name, scale in book.scales.items():
        found += _scale_checks(f"scales.{name}", scale)
    if book.events is not None and not book.waves:
        found.append(_issue("events", "events need waves"))
    for key, choices in CHOICES.items():
        if getattr(book, key) not in choices:
            found.append(_issue(key, f"wanted {' or '.join(choices)}", getattr(book, key)))
    return found


def _relation_checks(book: Codebook, place: str, relation: Any) -> Iterable[Issue]:
    if relation.layout not in LAYOUTS:
        hint = nearest(relation.layout, LAYOUTS) or f"the layouts are {', '.join(LAYOUTS)}"
        yield _issue(f"{place}.layout", "there is no such layout", relation.layout, hint)
    elif relation.layout == "roster" and relation.columns.count(ACTOR) != 1:
        hint = "for example 'info_{actor}'"
        yield _issue(f"{place}.columns", "wanted {actor} in it, once", relation.columns, hint)
    if relation.layout in ("roster_long", "ties") and not relation.partner:
        yield _issue(f"{place}.partner", "wanted the column with the partner")
    if relation.layout == "nominations" and not relation.columns:
        yield _issue(f"{place}.columns", "wanted the column, or columns with {number}")
    if relation.layout == "matrix" and not relation.sheet:
        yield _issue(f"{place}.sheet", "wanted the sheet of the matrix")
    if relation.scale is not None and relation.scale not in book.scales:
        known = ", ".join(book.scales) or "none"
        hint = nearest(relation.scale, book.scales) or f"the scales are {known}"
        yield _issue(f"{place}.scale", "there is no such scale", relation.scale, hint)


def _scale_checks(place: str, scale: Any) -> Iterable[Issue]:
    if scale.values and (scale.lowest is not None or scale.highest is not None):
        yield _issue(place, "wanted either values or lowest and highest")
    if not scale.values and scale.lowest is None and scale.highest is None:
        yield _issue(place, "wanted values, or lowest and highest")
    if None not in (scale.lowest, scale.highest) and scale.lowest > scale.highest:
        yield _issue(place, "lowest is above highest", scale.lowest)
    if scale.lowest is not None and scale.lowest < 0:
        yield _issue(f"{place}.lowest", "a strength is 0 or more", scale.lowest)
    keys = [plain_answer(name) for name in [*scale.values, *scale.missing]]
    for key in dict.fromkeys(key for at, key in enumerate(keys) if key in keys[:at]):
        yield _issue(place, "the answer stands twice", key)


def _issue(place: str, problem: str, value: object = "", hint: str = "") -> Issue:
    return Issue("codebook", problem, column=place, value=value, suggestion=hint)
