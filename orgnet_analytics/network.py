"""OrgNetwork: organizations, and what is known of the ties between them."""

from __future__ import annotations

import html
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import InitVar, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics import conversions
from orgnet_analytics.errors import DataError, DataWarning, UndefinedError
from orgnet_analytics.frames import (
    OwnFrame,
    checked_actors,
    checked_ties,
    coded,
    places_in,
)
from orgnet_analytics.kept import fixed
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.triangles import in_order, triangle_sides

if TYPE_CHECKING:
    import networkx as nx

Duplicates = Literal["error", "sum", "max"]
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class Arcs(NamedTuple):
    """The known ties as positions in ``actors``: three arrays of one length."""

    source: IntArray
    target: IntArray
    weight: FloatArray


class Gaps(NamedTuple):
    """The dyads nobody reported on, as positions in ``actors``."""

    source: IntArray
    target: IntArray


class Dyads(NamedTuple):
    """The connected pairs, each once: positions ``first < second``, and the strength both ways."""

    first: IntArray
    second: IntArray
    forth: FloatArray
    back: FloatArray


@dataclass(frozen=True, eq=False, repr=False)
class OrgNetwork:
    """Organizations and the ties between them: a frozen pair of tables.

    A dyad has one of three states. It is a *tie* where ``ties`` has a row of positive weight; it is
    *unknown* where ``ties`` has a row whose weight is NaN, or where nobody reported on it because the
    actor that should have did not answer; everywhere else it is *no tie*. A row of weight 0 says
    "no tie" for a dyad that would otherwise be unknown.

    Parameters
    ----------
    actors : pandas.DataFrame
        One row per organization; the index holds the ids (kept as strings). The column ``responded``
        is reserved: did this actor answer the survey? Without it every actor counts as having answered.
    ties : pandas.DataFrame
        Columns ``source`` and ``target``; reserved columns are ``relation`` (the kind of tie) and
        ``weight`` (strength, more is closer; 1 where absent). Further columns are kept.
    directed : bool
        Whether a tie runs from source to target, or between both alike.
    name : str
        What the network is called wherever it is shown.
    notes : tuple of str
        What was set aside or assumed on the way to this network.
    duplicates : {"error", "sum", "max"}
        What to do with parallel ties of one relation: refuse them, or add up or take the largest weight.

    Raises
    ------
    DataError
        Listing every problem at once: unknown or repeated ids, ties with a weight below 0, parallel ties.

    Notes
    -----
    The network cannot be changed. ``actors`` and ``ties`` hand out copies (copy on write: they cost
    nothing until written to); ``graph`` is the one cached igraph graph, to be read and not changed.
    Ties of an actor with itself never count: they are set aside with a `DataWarning`.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "housing"]}, index=["clinic", "nurses", "homes"])
    >>> ties = pd.DataFrame({"source": ["clinic", "nurses"], "target": ["nurses", "homes"]})
    >>> OrgNetwork(actors, ties, name="district")
    <OrgNetwork 'district': 3 actors, 2 directed ties>
    """

    actors: pd.DataFrame = OwnFrame()
    ties: pd.DataFrame = OwnFrame()
    directed: bool = True
    name: str = ""
    notes: tuple[str, ...] = ()
    duplicates: InitVar[Duplicates] = field(default="error", kw_only=True)

    def __post_init__(self, duplicates: Duplicates) -> None:
        actors, found = checked_actors(self.actors, "actors")
        ties = checked_ties(
            self.ties, actors, actors, directed=self.directed, duplicates=duplicates
        )
        if found or ties.found:
            raise DataError([*found, *ties.found])
        notes, loops = tuple(self.notes), ties.set_aside
        if loops:
            said = f"{loops} {'tie' if loops == 1 else 'ties'} of an actor with itself set aside"
            warnings.warn(said, DataWarning, stacklevel=3)
            notes += (said,)
        vars(self).update(actors=actors, ties=ties.table, notes=notes, _places=ties.places)

    # from and to other forms

    @classmethod
    def from_ties(
        cls,
        ties: pd.DataFrame,
        actors: pd.DataFrame | Iterable[str] | None = None,
        *,
        directed: bool = True,
        name: str = "",
        duplicates: Duplicates = "error",
    ) -> OrgNetwork:
        """Build a network from a table of ties; without ``actors``, those named in it are the actors.

        Examples
        --------
        >>> import pandas as pd
        >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
        >>> OrgNetwork.from_ties(ties, actors=["a", "b", "c", "d"])
        <OrgNetwork: 4 actors, 2 directed ties>
        """
        if actors is None:
            ties, names = coded(ties, "source", "target")
            actors = pd.DataFrame(index=names)
        elif not isinstance(actors, pd.DataFrame):
            actors = pd.DataFrame(index=pd.Index(list(actors)))
        return cls(actors, ties, directed, name, duplicates=duplicates)

    @classmethod
    def from_matrix(
        cls,
        matrix: pd.DataFrame | NDArray[Any],
        actors: pd.DataFrame | Sequence[str] | None = None,
        *,
        directed: bool = True,
        name: str = "",
        relation: str | None = None,
    ) -> OrgNetwork:
        """Build a network from a square matrix: row sends to column, 0 is no tie, NaN is unknown.

        The diagonal is not read. An undirected network needs a symmetric matrix. Where ``actors`` says
        that an actor did not answer, a 0 in its row is unknown too.

        Examples
        --------
        >>> import numpy as np
        >>> net = OrgNetwork.from_matrix(np.array([[0, 2], [np.nan, 0]]), ["a", "b"])
        >>> len(net.unknown)
        1
        """
        table, ties = conversions.tables_of_matrix(
            matrix, actors, directed=directed, relation=relation
        )
        return cls(table, ties, directed, name)

    @classmethod
    def from_igraph(cls, graph: igraph.Graph, *, name: str = "") -> OrgNetwork:
        """Build a network from an igraph graph; vertex attribute ``name`` gives the ids."""
        return cls(*conversions.tables_of_igraph(graph), graph.is_directed(), name)

    @classmethod
    def from_networkx(cls, graph: nx.Graph[Any], *, name: str = "") -> OrgNetwork:
        """Build a network from a networkx graph, node and edge attributes included."""
        tables = conversions.tables_of_networkx(graph)
        return cls(*tables, graph.is_directed(), name or str(graph.graph.get("name", "")))

    def to_igraph(self) -> igraph.Graph:
        """Return a fresh igraph graph with the ids as ``name`` and every attribute attached.

        Unknown dyads are no edges: they stand as text in the attribute ``unknown`` of the graph, those
        known to be no tie of an actor that did not answer in ``no_tie``; `from_igraph` reads both.
        """
        return conversions.igraph_of(self)

    def to_networkx(self) -> nx.Graph[Any]:
        """Return a networkx graph (directed or not) with every attribute attached.

        Unknown dyads are no edges: they stand as text in ``graph.graph["unknown"]``, those known to be no
        tie of an actor that did not answer in ``graph.graph["no_tie"]``; `from_networkx` reads both.
        """
        self._one_relation()
        return conversions.networkx_of(self)

    def to_matrix(self) -> pd.DataFrame:
        """Return the square table of weights: 0 is no tie, NaN is unknown, the diagonal is 0.

        Examples
        --------
        >>> import pandas as pd
        >>> OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"]})).to_matrix()
             a    b
        a  0.0  1.0
        b  0.0  0.0
        """
        return conversions.matrix_of(self)

    # what follows from the two tables

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """The kinds of tie, in order; empty where ``ties`` has no column ``relation``."""
        ties = self.ties
        return tuple(ties["relation"].cat.categories) if "relation" in ties else ()

    @property
    def known(self) -> pd.DataFrame:
        """The rows of ``ties`` that are ties: weight above 0, neither unknown nor a plain "no"."""
        ties = self.ties
        return ties[ties["weight"] > 0]

    @cached_property
    def arcs(self) -> Arcs:
        """The known ties as arrays of positions in ``actors``, in the order of `known`."""
        self._one_relation()
        weight = self.ties["weight"].to_numpy(dtype=float)
        there = weight > 0
        source, target = self._places[:, there]
        return fixed(Arcs(source, target, weight[there]))

    @cached_property
    def _places(self) -> IntArray:
        """The ends of every row of ``ties`` as positions in ``actors``: two rows."""
        ties = self.ties
        return places_in([ties["source"], ties["target"]], self.actors.index)

    @cached_property
    def graph(self) -> igraph.Graph:
        """The igraph graph: vertices in the order of ``actors``, edges in the order of `known`.

        It carries structure and ``weight`` only. It is shared: read it, and take ``to_igraph()`` for a
        graph of your own.
        """
        source, target, weight = self.arcs
        graph = igraph.Graph(
            n=len(self),
            edges=zip(source.tolist(), target.tolist(), strict=True),
            directed=self.directed,
        )
        graph.es["weight"] = weight.tolist()
        return graph

    @cached_property
    def dyads(self) -> Dyads:
        """The connected pairs of actors; in an undirected network both ways have the same strength."""
        source, target, weight = self.arcs
        low, high = np.minimum(source, target), np.maximum(source, target)
        keys = low * len(self) + high
        order = in_order(keys, len(self) ** 2)
        new = np.diff(keys[order], prepend=-1) > 0
        pair, one = np.cumsum(new) - 1, order[new]
        both = np.zeros((2, len(one)))
        both.put(pair + len(one) * (source > target)[order], weight[order])
        forth, back = both if self.directed else (both.max(axis=0),) * 2
        return fixed(Dyads(low[one], high[one], forth, back))

    @cached_property
    def triangles(self) -> IntArray:
        """Every triangle of the underlying undirected network: a row of three positions, ascending."""
        first, second, *_ = self.dyads
        low, middle, _ = self.triangle_sides.T
        return fixed(np.stack([first[low], second[low], second[middle]])).T

    @cached_property
    def triangle_sides(self) -> IntArray:
        """The sides of each triangle as rows of `dyads`: lowest-middle, lowest-highest, middle-highest."""
        first, second, *_ = self.dyads
        return fixed(triangle_sides(first, second, len(self))).T

    @property
    def responded(self) -> pd.Series:
        """Whether each actor answered: the column ``responded``, or True for all where there is none."""
        actors = self.actors
        if "responded" in actors:
            return actors["responded"]
        return pd.Series(True, index=actors.index, name="responded")

    def _everyone_answered(self) -> bool:
        actors = self.actors
        return "responded" not in actors or bool(actors["responded"].all())

    @property
    def unknown(self) -> pd.DataFrame:
        """The dyads nobody reported on: columns ``source, target`` (and ``relation``).

        Directed: the dyads an actor that did not answer should have reported, and the NaN cells.
        Undirected: the pairs of which neither side answered, and the NaN cells. A dyad with a row in
        ``ties`` of a known weight is known, whoever reported it.
        """
        ties = self.ties
        keys = ["source", "target", *(["relation"] if self.relations else [])]
        cells = ties[keys][ties["weight"].isna().to_numpy()].reset_index(drop=True)
        if self._everyone_answered():
            return cells
        silent = self._silent_dyads()
        told = ties[keys]
        if not self.directed:
            flipped = told.rename(columns={"source": "target", "target": "source"})
            told = pd.concat([told, flipped[keys]], ignore_index=True)
        told_index = pd.MultiIndex.from_frame(told.astype(str))
        silent = silent[~pd.MultiIndex.from_frame(silent.astype(str)).isin(told_index)]
        return pd.concat([cells.astype(str), silent], ignore_index=True)

    @cached_property
    def gaps(self) -> Gaps:
        """The dyads of `unknown` as positions in ``actors``, for a network of one relation."""
        self._one_relation()
        if self._everyone_answered():
            source, target = self._places[:, np.isnan(self.ties["weight"].to_numpy())]
        else:
            unknown = self.unknown
            ends = [unknown["source"], unknown["target"]]
            source, target = places_in(ends, self.actors.index)
        return fixed(Gaps(source, target))

    def _silent_dyads(self) -> pd.DataFrame:
        """Return every dyad that only actors without an answer could have reported."""
        ids = self.actors.index
        silent = np.flatnonzero(~self.responded.to_numpy(dtype=bool))
        if self.directed:
            rows = np.repeat(silent, len(ids))
            columns = np.tile(np.arange(len(ids)), len(silent))
            keep = rows != columns
        else:
            rows, columns = (axis.ravel() for axis in np.meshgrid(silent, silent, indexing="ij"))
            keep = rows < columns
        dyads = pd.DataFrame({"source": ids[rows[keep]], "target": ids[columns[keep]]})
        if self.relations:
            dyads = dyads.merge(pd.DataFrame({"relation": list(self.relations)}), how="cross")
        return dyads

    def _one_relation(self) -> None:
        if len(self.relations) > 1:
            choices = ", ".join(repr(kind) for kind in self.relations)
            raise UndefinedError(
                f"This network has {len(self.relations)} relations and a measure needs one: "
                f"choose with net.relation(...) among {choices}."
            )

    # parts

    def relation(self, kind: str) -> OrgNetwork:
        """Return the network of one kind of tie, with all actors."""
        if kind not in self.relations:
            choices = (
                ", ".join(repr(known) for known in self.relations) or "none: ties has no relation"
            )
            raise UndefinedError(f"There is no relation {kind!r}; there is {choices}.")
        ties = self.ties
        ties = ties[ties["relation"] == kind]
        ties["relation"] = ties["relation"].cat.set_categories([kind])
        return OrgNetwork(
            self.actors, ties, self.directed, f"{self.name}: {kind}".lstrip(": "), self.notes
        )

    def only(self, mask: pd.Series | Sequence[bool] | NDArray[np.bool_]) -> OrgNetwork:
        """Return the network among the actors where ``mask`` is true, and the ties between them."""
        actors = self.actors
        if isinstance(mask, pd.Series):
            mask = mask.reindex(actors.index, fill_value=False)
        keep = np.asarray(mask)
        told = keep.shape == (len(actors),) and not pd.isna(keep).any()
        if not told or not np.isin(keep, [True, False]).all():
            raise DataError(f"wanted one true or false per actor ({len(actors)})")
        keep = keep.astype(bool)
        actors, ties = actors[keep], self.ties
        ties = ties[ties["source"].isin(actors.index) & ties["target"].isin(actors.index)]
        return OrgNetwork(actors, ties, self.directed, self.name, self.notes)

    def per_actor(self, values: Iterable[Any], name: str) -> pd.Series:
        """Return ``values``, one per actor in order, as a Series on the ids."""
        return pd.Series(values, index=self.actors.index, name=name)

    def column(self, by: str) -> pd.Series:
        """Return the column ``by`` of ``actors``; an error names the columns there are."""
        actors = self.actors
        if by not in list(actors.columns):
            choices = ", ".join(repr(str(column)) for column in actors.columns) or "no columns"
            raise UndefinedError(f"actors has no column {by!r}; it has {choices}.")
        return actors[by]

    # manners

    def __len__(self) -> int:
        return len(vars(self)["actors"])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OrgNetwork):
            return NotImplemented
        same = (self.directed, self.name, self.notes) == (other.directed, other.name, other.notes)
        return same and self.actors.equals(other.actors) and self.ties.equals(other.ties)

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is computed: the copy works it out again, and shares nothing."""
        return {
            "actors": self.actors.copy(),
            "ties": self.ties.copy(),
            "directed": self.directed,
            "name": self.name,
            "notes": self.notes,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        for key, value in state.items():
            object.__setattr__(self, key, value)

    def __repr__(self) -> str:
        title = f" {self.name!r}" if self.name else ""
        return f"<OrgNetwork{title}: {self.summary}>"

    @property
    def summary(self) -> str:
        """The network in one line: actors, ties, relations, response, unknown dyads."""
        ties = self.ties
        known, kind = int((ties["weight"] > 0).sum()), "directed" if self.directed else "undirected"
        text = f"{_count(len(self), 'actor')}, {_count(known, f'{kind} tie')}"
        if self.relations:
            text += f" in {_count(len(self.relations), 'relation')}"
        if "responded" in self.actors:
            text += f"; {int(self.responded.sum())} of {len(self)} responded"
        cells = int(ties["weight"].isna().sum())
        return text + (f"; {cells} unknown {'cell' if cells == 1 else 'cells'}" if cells else "")

    def _repr_html_(self) -> str:
        title = html.escape(self.name or "OrgNetwork")
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        return (
            f"<p><b>{title}</b><br>{html.escape(self.summary)}</p>"
            + (f"<ul>{notes}</ul>" if notes else "")
            + str(self.actors.head(5).to_html(escape=True))
        )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
