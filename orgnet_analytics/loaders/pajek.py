"""Pajek: networks (.net) and projects (.paj) with their partitions and vectors.

A parser of its own: others merge vertices of one label, drop parts of lists, or lose directions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.graph_parts import (
    Parts,
    as_ids,
    check_size,
    said_number,
    said_whole,
    text_of,
)
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
HEADING = re.compile(r"\*\s*([A-Za-z]+)\s*(.*)")
SHAPES = ("ellipse", "box", "diamond", "triangle", "cross", "empty", "house", "man", "woman")


@dataclass
class _Network:
    """A network being read: vertices by number, ties by numbers."""

    name: str = ""
    size: int = 0
    actors: int | None = None
    labels: dict[int, str] = field(default_factory=dict)
    ties: list[tuple[int, int, float, str]] = field(default_factory=list)
    edges: list[tuple[int, int, float, str]] = field(default_factory=list)
    relations: dict[str, str] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    directed: bool = False
    rows: int = 0


class _Reader:
    """Reads the lines of one file; ``networks`` holds what was found."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.networks: list[_Network] = []
        self.section, self.kind, self.title, self.relation = "", "network", "", ""
        self.column: list[str] = []
        self.row = 0

    def read(self) -> list[_Network]:
        for row, written in enumerate(text_of(self.path).splitlines(), 1):
            self.row, line = row, written.strip()
            if line.startswith("*"):
                self._heading(line)
            elif line and not line.startswith("%"):
                self._line(line)
        return self.networks

    def _heading(self, line: str) -> None:
        match = HEADING.match(line)
        if not match:
            raise self._wrong("an unknown heading", line)
        self.section, rest = match[1].lower(), match[2].strip()
        if self.section in (
            "network",
            "partition",
            "vector",
            "permutation",
            "cluster",
            "hierarchy",
        ):
            self.kind, self.title = self.section, rest
        elif self.section == "vertices":
            self._vertices(rest)
        elif self.section in ("arcs", "edges", "arcslist", "edgeslist", "matrix"):
            net = self._net()
            self.relation = self._relation(rest)
            net.directed |= self.section in ("arcs", "arcslist", "matrix")
            net.rows = 0

    def _relation(self, rest: str) -> str:
        match = re.match(r':\s*(\d+)\s*(?:"((?:[^"\\]|\\.)*)"|(.*))?$', rest)
        if not match:
            return ""
        told = _plain(match[2]) if match[2] else (match[3] or "").strip()
        relations = self._net().relations
        if told or match[1] not in relations:
            relations[match[1]] = told or match[1]
        return relations[match[1]]

    def _vertices(self, rest: str) -> None:
        numbers = [said_whole(part, self.path.name, self.row, "vertices") for part in rest.split()]
        if not 1 <= len(numbers) <= 2 or (len(numbers) == 2 and numbers[1] > numbers[0]):
            raise self._wrong("wanted the number of vertices", rest)
        check_size(numbers[0], self.path)
        if self.kind == "network":
            actors = numbers[1] if len(numbers) == 2 else None
            self.networks.append(_Network(self.title, numbers[0], actors))
            self.title = ""
        elif self.kind in ("partition", "vector"):
            self.column = []
            for net in self.networks:
                if net.size == numbers[0]:
                    net.columns[self.title or self.kind] = self.column

    def _line(self, line: str) -> None:
        tokens = [(_plain(m[1]) if m[1] is not None else m[2], m[1] is not None)
                  for m in TOKEN.finditer(line)]  # fmt: skip
        words = [word for word, _ in tokens]
        if self.section == "vertices" and self.kind == "network":
            number = self._number(words[0])
            if len(words) > 1:
                self._net().labels[number] = words[1]
        elif self.section == "vertices" and self.kind in ("partition", "vector"):
            self.column.append(words[0])
        elif self.section in ("arcs", "edges"):
            self._tie(words)
        elif self.section in ("arcslist", "edgeslist"):
            for word in words[1:]:
                self._tie([words[0], word])
        elif self.section == "matrix":
            self._matrix_row(words)
        elif not self.section:
            raise self._wrong("no Pajek heading before this", line)

    def _tie(self, words: list[str]) -> None:
        if len(words) < 2:
            raise self._wrong("wanted two vertices", " ".join(words))
        plain = len(words) > 2 and re.match(r"[-+.\d]", words[2])
        weight = said_number(words[2], self.path.name, self.row) if plain else 1.0
        source, target = self._number(words[0]), self._number(words[1].lstrip("-"))
        net = self._net()
        store = net.ties if self.section.startswith("arcs") else net.edges
        store.append((source, target, weight, self.relation))

    def _matrix_row(self, words: list[str]) -> None:
        net = self._net()
        net.rows += 1
        first, last = (0, net.size) if net.actors is None else (net.actors, net.size)
        if net.rows > (net.actors or net.size) or len(words) != last - first:
            raise self._wrong(f"wanted a row of {last - first} cells", len(words))
        for at, word in enumerate(words):
            weight = said_number(word, self.path.name, self.row)
            if weight:
                net.ties.append((net.rows, first + at + 1, weight, self.relation))

    def _number(self, text: str) -> int:
        number, size = said_whole(text, self.path.name, self.row, "a vertex"), self._net().size
        if not 1 <= number <= size:
            raise self._wrong(f"the vertices are 1 to {size}", text)
        return number

    def _net(self) -> _Network:
        if not self.networks:
            raise self._wrong("no *Vertices before this", "")
        return self.networks[-1]

    def _wrong(self, problem: str, value: object) -> DataError:
        return DataError(Issue(self.path.name, problem, self.row, value=value))


def read_pajek(path: Path) -> list[Parts]:
    """Return every network of a .net or .paj file."""
    networks = _Reader(path).read()
    if not networks:
        raise DataError(Issue(path.name, "no Pajek network stands in it"))
    return [_parts(net) for net in networks]


def _parts(net: _Network) -> Parts:
    notes: list[str] = []
    labels = [net.labels.get(number, str(number)) for number in range(1, net.size + 1)]
    ids = as_ids(labels, notes)
    table = pd.DataFrame({"label": labels}, index=ids)
    if table["label"].tolist() == ids.tolist():
        table = table.drop(columns="label")
    for name, values in net.columns.items():
        if len(values) == net.size:
            table[name] = pd.to_numeric(pd.Series(values, index=ids), errors="coerce")
    told = net.ties + net.edges
    if net.directed:
        told += [(target, source, weight, kind) for source, target, weight, kind in net.edges]
    frame = pd.DataFrame(told, columns=["source", "target", "weight", "relation"])
    frame = frame.astype({"source": int, "target": int, "weight": float})
    ties = frame.assign(source=ids[frame["source"] - 1], target=ids[frame["target"] - 1])
    if not net.relations:
        ties = ties.drop(columns="relation")
    if net.actors is None:
        return Parts(table, ties, net.directed, net.name, None, notes)
    swap = frame["source"] > net.actors
    ties.loc[swap, ["source", "target"]] = ties.loc[swap, ["target", "source"]].to_numpy()
    first, second = table.iloc[: net.actors], table.iloc[net.actors :]
    return Parts(
        first, ties.drop(columns="relation", errors="ignore"), True, net.name, second, notes
    )


def _plain(text: str) -> str:
    """Return a quoted label without its escapes."""
    text = re.sub(r"\\(.)", r"\1", text)
    return re.sub(r"&#(\d{1,6});", lambda m: chr(int(m[1])) if int(m[1]) < 0x110000 else m[0], text)


def write_pajek(net: OrgNetwork | TwoModeNetwork, path: Path) -> list[str]:
    """Write a network as .net; return what the format cannot hold."""
    two = isinstance(net, TwoModeNetwork)
    tables = [net.actors, net.events] if isinstance(net, TwoModeNetwork) else [net.actors]
    ids = [name for table in tables for name in table.index]
    sizes = f"{len(ids)} {len(net.actors)}" if two else f"{len(ids)}"
    lines = [f"*Network {_one_line(net.name)}"] if net.name else []
    lines += [f"*Vertices {sizes}"]
    lines += [f'{at} "{_escaped(name)}"' for at, name in enumerate(ids, 1)]
    place = {name: at for at, name in enumerate(ids, 1)}
    for at, (kind, ties) in enumerate(_kinds(net), 1):
        heading = "*Edges" if two or not getattr(net, "directed", False) else "*Arcs"
        lines.append(f'{heading} :{at} "{_escaped(kind)}"' if kind else heading)
        lines += [f"{place[source]} {place[target]} {weight!r}" for source, target, weight in ties]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    lost = [str(column) for table in tables for column in table.columns]
    extra = net.known.columns.difference(
        ["source", "target", "actor", "event", "weight", "relation"]
    )
    return lost + [str(column) for column in extra]


def _kinds(net: OrgNetwork | TwoModeNetwork) -> list[tuple[str, list[tuple[str, str, float]]]]:
    known = net.known
    ends = ["actor", "event"] if isinstance(net, TwoModeNetwork) else ["source", "target"]
    groups: dict[str, pd.DataFrame] = {"": known}
    if isinstance(net, OrgNetwork) and net.relations:
        groups = {kind: known[known["relation"] == kind] for kind in net.relations}
    return [
        (kind, [(str(a), str(b), float(w)) for a, b, w in part[[*ends, "weight"]].to_numpy(dtype=object)])
        for kind, part in groups.items()
    ]  # fmt: skip


def _escaped(name: str) -> str:
    text = _one_line(name).replace("\\", "\\\\").replace('"', '\\"')
    return re.sub(r"&#(?=\d)", "&#38;#", text)


def _one_line(name: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", name)
