"""An explorer of brokers: who stands between whom, by kind of tie and by grouping."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics import figures
from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.explore.pairs import brokered_pairs
from orgnet_analytics.explore.words import word
from orgnet_analytics.measures import brokerage as measured
from orgnet_analytics.measures import centrality
from orgnet_analytics.network import OrgNetwork

MOST_GROUPS, MOST_PAIRS = 30, 200
# A dropdown shows nothing at all for None, so "none chosen" is an empty text.
NONE = ""


def _pairs(net: OrgNetwork) -> pd.Series:
    alone = OrgNetwork(net.actors.assign(itself=net.actors.index), net.ties, net.directed)
    return measured.roles(alone, by="itself")["total"].rename("brokered")


MEASURES: dict[str, Callable[[OrgNetwork], pd.Series]] = {
    "brokered": _pairs,
    "betweenness": measured.betweenness,
    "constraint": measured.constraint,
    "effective_size": measured.effective_size,
    "degree": centrality.degree,
}


def brokerage_figure(
    net: OrgNetwork,
    *,
    relation: str | None = None,
    by: str | None = None,
    measure: str = "brokered",
    positions: pd.DataFrame | None = None,
    lang: str = "en",
) -> go.Figure:
    """Return the drawing that belongs to a setting of the controls.

    Parameters
    ----------
    net : OrgNetwork
        The network with all its relations.
    relation : str, optional
        The kind of tie; needed where there are several.
    by : str, optional
        The column of ``actors`` that colours them.
    measure : str
        What the size of a marker stands for: one of `MEASURES`.
    positions : pandas.DataFrame, optional
        From ``figures.layout``.
    lang : {"en", "nl"}
        The language of the words.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> fig = brokerage_figure(datasets.load_knoke(), relation="money", measure="degree")
    >>> figures.table(fig).loc["COUN", "degree"]
    np.float64(5.0)
    """
    if measure not in MEASURES:
        choices = ", ".join(map(repr, MEASURES))
        raise UndefinedError(f"There is no measure {measure!r} here; there are {choices}.")
    one = net if relation is None else net.relation(relation)
    size = MEASURES[measure](one)
    return figures.network(one, by=by, size=size, positions=positions, lang=lang)


def brokerage(net: OrgNetwork, *, by: str | None = None, lang: str = "en") -> widgets.VBox:
    """Explore the brokers of a network: choose tie, groups and measure; click to see the brokered pairs.

    Parameters
    ----------
    net : OrgNetwork
        With one or more relations.
    by : str, optional
        The grouping to start with.
    lang : {"en", "nl"}
        The language of the words.

    Returns
    -------
    ipywidgets.VBox
        Controls, one figure, and the table of pairs. Whoever cannot click chooses the organization in the
        list. Nothing is fetched from outside.

    Raises
    ------
    UndefinedError
        Where ``by`` is no column.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> panel = brokerage(datasets.load_knoke())
    >>> [control.description for control in panel.children[0].children] # doctest: +SKIP
    ['tie', 'groups', 'size', 'organization']
    """
    if by is not None:
        net.column(by)
    return Explorer(net, by, lang).panel


class Explorer:
    """The controls, the figure and the table, and what ties them together."""

    def __init__(self, net: OrgNetwork, by: str | None, lang: str) -> None:
        self.net, self.lang = net, lang
        self.positions = figures.layout(net)
        self.names = net.actors.get("label", pd.Series(net.actors.index, net.actors.index))
        none = (word("none", lang), NONE)
        self.relation = _dropdown(
            word("relation", lang),
            [(kind, kind) for kind in net.relations] or [none],
            net.relations[0] if net.relations else NONE,
        )
        self.by = _dropdown(
            word("by", lang), [none, *((c, c) for c in groupings(net, by))], by or NONE
        )
        self.measure = _dropdown(
            word("measure", lang), [(word(m, lang), m) for m in MEASURES], "brokered"
        )
        listed = sorted(zip(self.names.astype(str), net.actors.index, strict=True))
        self.actor = _dropdown(word("choose", lang), [none, *_unlike(listed)], NONE)
        self.figure = go.FigureWidget(self.drawn())
        self.pairs = widgets.HTML(self.table())
        self.listen()
        for control in (self.relation, self.by, self.measure):
            control.observe(self.redraw, names="value")
        self.actor.observe(self.retell, names="value")
        controls = widgets.HBox(
            [self.relation, self.by, self.measure, self.actor],
            layout=widgets.Layout(flex_flow="row wrap"),
        )
        self.panel = widgets.VBox([controls, self.figure, self.pairs])

    def drawn(self) -> go.Figure:
        """Return the figure for the controls as they stand."""
        return brokerage_figure(
            self.net,
            relation=self.relation.value or None,
            by=self.by.value or None,
            measure=self.measure.value,
            positions=self.positions,
            lang=self.lang,
        )

    def table(self) -> str:
        """Return the pairs of the chosen actor as HTML."""
        one = self.net.relation(self.relation.value) if self.relation.value else self.net
        actor, by = self.actor.value or None, self.by.value or None
        return pairs_table(one, actor, by, self.names, self.lang)

    def redraw(self, _change: Any = None) -> None:
        """Draw anew in the same widget: its script is sent to the browser once."""
        fresh = self.drawn()
        with self.figure.batch_update():
            self.figure.data = ()
            self.figure.layout = fresh.layout
            self.figure.add_traces(fresh.data)
        self.listen()
        self.retell()

    def retell(self, _change: Any = None) -> None:
        """Write the table anew."""
        self.pairs.value = self.table()

    def listen(self) -> None:
        """Let a click on a marker choose its actor."""
        for trace in self.figure.data:
            if trace.meta == "actors":
                trace.on_click(self.clicked)

    def clicked(self, trace: Any, points: Any, _state: Any = None) -> None:
        """Choose the actor that was clicked."""
        if points.point_inds:
            self.actor.value = trace.customdata[points.point_inds[0]]


def groupings(net: OrgNetwork, by: str | None) -> list[str]:
    """Return the columns of ``actors`` that can group: few values, each with company."""
    columns = [
        str(column)
        for column, values in net.actors.items()
        if column not in ("label", "responded")
        and 1 < values.nunique() <= min(MOST_GROUPS, len(values) / 2)
    ]
    return columns if by is None or by in columns else [by, *columns]


def pairs_table(
    net: OrgNetwork, actor: str | None, by: str | None, names: pd.Series, lang: str
) -> str:
    """Return the brokered pairs of an actor as HTML, every name escaped."""
    if actor is None:
        return f"<p>{html.escape(word('hint', lang))}</p>"
    pairs = brokered_pairs(net, actor, by=by)
    key = {0: "pairs_none", 1: "pairs_one"}.get(len(pairs), "pairs_said")
    said = [word(key, lang).format(name=names[actor], pairs=len(pairs))]
    if len(pairs) > MOST_PAIRS:
        said.append(word("pairs_more", lang).format(shown=MOST_PAIRS))
    heads = ("from", "to") if net.directed else ("between", "and")
    shown = pd.DataFrame(
        {
            word(head, lang): pairs[end].head(MOST_PAIRS).map(names)
            for head, end in zip(heads, ("source", "target"), strict=True)
        }
    )
    if by is not None:
        shown[word("role", lang)] = pairs["role"].head(MOST_PAIRS).map(lambda r: word(r, lang))
    body = shown.to_html(index=False, escape=True, border=0) if len(shown) else ""
    return f"<p>{html.escape(' '.join(said))}</p>{body}"


def _unlike(listed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return names with ids, the id behind the name where two organizations share it."""
    counts = pd.Series([name for name, _ in listed], dtype=object).value_counts()
    return [(name if counts[name] == 1 else f"{name} ({i})", i) for name, i in listed]


def _dropdown(text: str, options: list[tuple[str, Any]], value: str) -> widgets.Dropdown:
    return widgets.Dropdown(
        options=options,
        value=value,
        description=text,
        layout=widgets.Layout(width="250px"),
        style={"description_width": "95px"},
    )
