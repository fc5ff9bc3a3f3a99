"""UCINET's text format DL: matrices, node lists and edge lists, valued, two-mode, with any labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.graph_parts import (
    Parts,
    as_ids,
    check_size,
    matrix_ties,
    said_number,
    said_whole,
    text_of,
)
from orgnet_analytics.network import FloatArray, OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

TOKEN = re.compile(r'"([^"]*)"|\'([^\'\n]*)\'(?=[\s,]|$)|([^\s,"][^\s,]*)')
SIZES = re.compile(r"(?i)\b(nr|nc|nm|n)\s*[=:]?\s*(\d+)")
FORMATS = (
    "fullmatrix",
    "upperhalf",
    "lowerhalf",
    "nodelist1",
    "nodelist2",
    "edgelist1",
    "edgelist2",
)
LABELS = re.compile(r"(?i)\b(row|col(?:umn)?|matrix|level)?\s*labels?\s*(embedded|:)[ \t]*:?")


@dataclass
class _Header:
    """What stands before ``data:``."""

    sizes: dict[str, int] = field(default_factory=dict)
    format: str = "fullmatrix"
    diagonal: bool = True
    embedded: set[str] = field(default_factory=set)
    labels: dict[str, list[str]] = field(default_factory=dict)


def read_dl(path: Path) -> Parts:
    """Return the network of a DL file; several matrices become relations."""
    text = text_of(path)
    start = re.search(r"(?i)\bdata\s*:", _unquoted(text))
    if not re.match(r"\s*dl\b", text, re.I) or not start:
        problem = "not a DL file: it starts with 'dl' and has 'data:'"
        raise DataError(Issue(path.name, problem))
    header = _header(text[: start.start()], path)
    body = text[start.end() :]
    first = text[: start.end()].count("\n") + 1
    if header.format == "fullmatrix" or header.format.endswith("half"):
        return _of_matrix(header, body, path)
    return _of_list(header, body, path, first)


def _unquoted(text: str) -> str:
    """Return the text with what is quoted blotted out, so that a label can hold any word."""
    return re.sub(r'"[^"]*"', lambda m: "_" * len(m[0]), text)


def _header(text: str, path: Path) -> _Header:
    header = _Header()
    marks = list(LABELS.finditer(_unquoted(text)))
    front = text[: marks[0].start()] if marks else text
    plain = _unquoted(text)
    for at, mark in enumerate(marks):
        side = {"r": "row", "c": "column", "m": "matrix", "l": "matrix"}.get(
            (mark[1] or "").lower()[:1], ""
        )
        until = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        if mark[2].lower() == "embedded":
            header.embedded |= {side} if side else {"row", "column"}
            front += " " + text[mark.end() : until]
        else:
            header.labels[side] = _labels(text[mark.end() : until])
    for name, number in SIZES.findall(front):
        header.sizes[name.lower()] = said_whole(number, path.name, "", name)
    told = re.search(r"(?i)\bformat\s*[=:]?\s*(\w+)", plain)
    header.format = told[1].lower() if told else "fullmatrix"
    header.format = {"fm": "fullmatrix", "el1": "edgelist1", "nl1": "nodelist1"}.get(
        header.format, header.format
    )
    if header.format not in FORMATS:
        hint = f"it reads {', '.join(FORMATS)}"
        raise DataError(Issue(path.name, "an unknown format", value=header.format, suggestion=hint))
    header.diagonal = not re.search(r"(?i)\bdiagonal\s*[=:]?\s*absent", plain)
    return header


def _labels(text: str) -> list[str]:
    """Return labels separated by commas, spaces or line ends; quotes hold one together."""
    return [
        m[1] if m[1] is not None else m[2] if m[2] is not None else m[3]
        for m in TOKEN.finditer(text)
    ]


def _sides(header: _Header, path: Path) -> tuple[int, int, int]:
    sizes = header.sizes
    rows = sizes.get("nr", sizes.get("n", -1))
    columns = sizes.get("nc", sizes.get("n", -1))
    if rows < 0 or columns < 0:
        raise DataError(Issue(path.name, "the size is missing: n, or nr and nc"))
    matrices = sizes.get("nm", 1)
    check_size(rows * columns * matrices, path)
    return rows, columns, matrices


def _of_matrix(header: _Header, body: str, path: Path) -> Parts:
    rows, columns, matrices = _sides(header, path)
    tokens = _labels(body)
    cells = np.zeros((matrices, rows, columns))
    told: dict[str, list[str]] = {}
    at = 0
    for level in range(matrices):
        if "column" in header.embedded:
            told["column"] = tokens[at : at + columns]
            at += columns
        names = []
        for row in range(rows):
            if "row" in header.embedded:
                names += tokens[at : at + 1]
                at += 1
            places = _places(header, row, columns)
            values = tokens[at : at + len(places)]
            at += len(places)
            if len(values) < len(places):
                raise DataError(
                    Issue(path.name, "the data end too soon", value=f"matrix row {row + 1}")
                )
            where = f"matrix {level + 1}, row {row + 1}"
            cells[level, row, places] = [said_number(v, path.name, where) for v in values]
        if names:
            told["row"] = names
        if header.format.endswith("half"):
            cells[level] = _mirrored(cells[level], header.format)
    if at < len(tokens):
        raise DataError(Issue(path.name, "more data than the size says", value=tokens[at]))
    return _parts(header, cells, told, path)


def _places(header: _Header, row: int, columns: int) -> list[int]:
    spans = {"lowerhalf": (0, row + 1), "upperhalf": (row, columns)}
    first, last = spans.get(header.format, (0, columns))
    return [c for c in range(first, last) if header.diagonal or c != row]


def _mirrored(cells: FloatArray, kind: str) -> FloatArray:
    half = np.tril(cells, -1) if kind == "lowerhalf" else np.triu(cells, 1)
    return half + half.T


def _parts(header: _Header, cells: FloatArray, told: dict[str, list[str]], path: Path) -> Parts:
    matrices, rows, columns = cells.shape
    notes: list[str] = []
    both = header.labels.get("")
    two = rows != columns or ("nr" in header.sizes and "n" not in header.sizes)
    names = {side: told.get(side) or header.labels.get(side) or both for side in ("row", "column")}
    first = as_ids(_named(names["row"] or names["column"], rows, path), notes)
    kinds = header.labels.get("matrix") or [str(level + 1) for level in range(matrices)]
    if len(kinds) < matrices:
        kinds += [str(level + 1) for level in range(len(kinds), matrices)]
    if names["row"] and names["column"] and names["row"] != names["column"]:
        two = True
    second = (
        as_ids(_named(names["column"] if two else None, columns, path), notes, first)
        if two
        else first
    )
    parts = [
        matrix_ties(cells[level], first, second).assign(relation=kinds[level])
        for level in range(matrices)
    ]
    ties = pd.concat(parts, ignore_index=True)
    if matrices == 1:
        ties = ties.drop(columns="relation")
    elif not two:
        ties["relation"] = pd.Categorical(ties["relation"], categories=list(dict.fromkeys(kinds)))
    else:
        raise DataError(Issue(path.name, "several two-mode matrices: give each its own file"))
    events = pd.DataFrame(index=second) if two else None
    undirected = header.format.endswith("half")
    if undirected:
        order = {name: at for at, name in enumerate(first)}
        ties = ties[ties["source"].map(order) < ties["target"].map(order)]
    return Parts(pd.DataFrame(index=first), ties, not undirected, "", events, notes)


def _named(labels: list[str] | None, size: int, path: Path) -> list[str]:
    if labels is None:
        return [str(at + 1) for at in range(size)]
    if len(labels) != size:
        problem = f"{len(labels)} labels for {size}"
        raise DataError(Issue(path.name, problem, suggestion="quote a label with spaces in it"))
    return labels


def _of_list(header: _Header, body: str, path: Path, first: int) -> Parts:
    two = header.format.endswith("2")
    embedded: set[str] = header.embedded & {"row", "column"}
    sides = ["row", "column"] if two else ["row", "row"]
    if not two and embedded:
        embedded = {"row"}
    numbered = {}
    given = {
        "row": header.labels.get("row") or header.labels.get(""),
        "column": header.labels.get("column"),
    }
    sizes = {"row": header.sizes.get("nr", header.sizes.get("n", 0)),
             "column": header.sizes.get("nc", header.sizes.get("n", 0))}  # fmt: skip
    check_size(max(sizes.values()), path)
    for side in set(sides):
        labels = given[side] or ([] if side in embedded else _named(None, sizes[side], path))
        if given[side] and side not in embedded:
            _named(labels, sizes[side], path)
        numbered[side] = dict.fromkeys(labels)
    ties: list[tuple[str, str, float, int]] = []
    level = 0
    for row, line in enumerate(body.splitlines(), first):
        tokens = _labels(line)
        if tokens == ["!"]:
            level += 1
        elif tokens:
            ties += [
                (*tie, level)
                for tie in _listed(header, tokens, sides, embedded, numbered, path, row)
            ]
    return _list_parts(header, ties, numbered, two, level)


def _listed(
    header: _Header, tokens: list[str], sides: list[str], embedded: set[str],
    numbered: dict[str, dict[str, None]], path: Path, row: int,
) -> list[tuple[str, str, float]]:  # fmt: skip
    def label(token: str, side: str) -> str:
        if side in embedded:
            numbered[side].setdefault(token)
            return token
        number, names = (
            said_whole(token, path.name, row, "a number of a row or column"),
            list(numbered[side]),
        )
        if not 1 <= number <= len(names):
            raise DataError(
                Issue(path.name, f"the numbers are 1 to {len(names)}", row, value=token)
            )
        return names[number - 1]

    source = label(tokens[0], sides[0])
    if header.format.startswith("nodelist"):
        return [(source, label(token, sides[1]), 1.0) for token in tokens[1:]]
    if len(tokens) not in (2, 3):
        raise DataError(
            Issue(path.name, "wanted two ends and perhaps a weight", row, value=" ".join(tokens))
        )
    weight = said_number(tokens[2], path.name, row) if len(tokens) == 3 else 1.0
    return [(source, label(tokens[1], sides[1]), weight)]


def _list_parts(
    header: _Header, told: list[tuple[str, str, float, int]],
    numbered: dict[str, dict[str, None]], two: bool, last: int,
) -> Parts:  # fmt: skip
    ties = pd.DataFrame(told, columns=["source", "target", "weight", "relation"])
    kinds = header.labels.get("matrix") or []
    names = {
        level: kinds[level] if level < len(kinds) else str(level + 1) for level in range(last + 1)
    }
    ties["relation"] = ties["relation"].map(names)
    if not last:
        ties = ties.drop(columns="relation")
    actors = pd.DataFrame(index=pd.Index(list(numbered["row"]), dtype="str"))
    events = pd.DataFrame(index=pd.Index(list(numbered["column"]), dtype="str")) if two else None
    return Parts(actors, ties, True, "", events)


def write_dl(net: OrgNetwork | TwoModeNetwork, path: Path) -> list[str]:
    """Write a network as DL; return what the format cannot hold."""
    if isinstance(net, TwoModeNetwork):
        tables, sizes = [net.actors, net.events], f"nr={len(net.actors)} nc={len(net.events)}"
        matrices = {"": net.to_matrix()}
    else:
        tables, sizes = [net.actors], f"n={len(net.actors)}"
        matrices = {kind: net.relation(kind).to_matrix() for kind in net.relations} or {
            "": net.to_matrix()
        }
    lines = [f"dl {sizes} nm={len(matrices)} format=fullmatrix"]
    for heading, table in zip(
        ("row labels:", "column labels:"), [*tables, *tables][:2], strict=True
    ):
        lines += [heading, *(_quoted(name) for name in table.index)]
    if list(matrices) != [""]:
        lines += ["matrix labels:", *(_quoted(kind) for kind in matrices)]
    lines.append("data:")
    for matrix in matrices.values():
        lines += [
            " ".join("NA" if v != v else f"{v:.15g}" for v in row) for row in matrix.to_numpy()
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    known = net.known.columns.difference(
        ["source", "target", "actor", "event", "weight", "relation"]
    )
    lost = [str(column) for table in tables for column in table.columns] + [str(c) for c in known]
    return lost + (["that ties have no direction"] if not getattr(net, "directed", True) else [])


def _quoted(name: str) -> str:
    return '"' + re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", name).replace('"', "'") + '"'
