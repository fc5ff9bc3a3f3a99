"""The network as a drawing: who is tied to whom, who stands apart, and who did not answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.figures import labels, ties
from orgnet_analytics.figures.canvas import Canvas
from orgnet_analytics.figures.placing import layout
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import box, lines, safe, text_width, wrapped
from orgnet_analytics.figures.theme import (
    GREY,
    OUTLINE,
    TEMPLATE,
    Style,
    group_styles,
    style_of,
)
from orgnet_analytics.figures.words import group_name, word
from orgnet_analytics.network import OrgNetwork

SMALLEST, LARGEST, PLAIN = 8.0, 27.0, 12.0
SHOWN_ATTRIBUTES = 10


def network(
    net: OrgNetwork,
    *,
    by: str | None = None,
    size: pd.Series | None = None,
    positions: pd.DataFrame | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw a network: groups by colour and symbol, ties with their direction, and what is not known.

    Parameters
    ----------
    net : OrgNetwork
        One relation. The column ``label`` of ``actors`` gives names, where there is one.
    by : str, optional
        The column of ``actors`` that colours them.
    size : pandas.Series, optional
        One number per actor; the area of a marker follows it. Nothing is computed here.
    positions : pandas.DataFrame, optional
        From `layout`; give the same to draw several waves alike.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the drawing.

    Returns
    -------
    plotly.graph_objects.Figure
        One-way ties carry a small point at the receiver; ties both ways are stronger; pairs nobody
        reported on are dotted (spokes round who did not answer, where whole lines would cover the
        drawing). Who did not answer has an open marker; who has no tie stands below. A name for which
        there is no room is left out, those of larger markers last; the hover shows every name.

    Raises
    ------
    DataError
        Where ``positions`` or ``size`` lack an actor.
    UndefinedError
        Where the network has several relations, or ``by`` is no column.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> fig = network(datasets.load_knoke().relation("money"), lang="nl")
    >>> [trace.name for trace in fig.data if trace.mode == "lines"]
    ['één richting', 'wederzijds']
    """
    drawing = Drawing.of(net, by, size, positions, lang)
    fig = go.Figure(layout={"template": TEMPLATE})
    fig.add_traces(drawing.tie_traces())
    fig.add_traces(drawing.marker_traces())
    spots = drawing.spots()
    notes = [*drawing.names(spots), *drawing.size_note()]
    fig.update_layout(annotations=notes, **drawing.canvas.axes)
    framed(fig, drawing.canvas.width, drawing.canvas.height, title)
    return told(fig, drawing.summary(len(spots)), drawing.table(), lang)


@dataclass(frozen=True)
class Drawing:
    """What is needed to draw one network: the actors, their styles, sizes and places."""

    net: OrgNetwork
    actors: pd.DataFrame
    styles: dict[Any, Style]
    by: str | None
    size: pd.Series | None
    canvas: Canvas
    pairs: ties.Pairs
    lang: str
    panel: bool = False

    @classmethod
    def of(
        cls,
        net: OrgNetwork,
        by: str | None,
        size: pd.Series | None,
        positions: pd.DataFrame | None,
        lang: str,
        *,
        styles: dict[Any, Style] | None = None,
        width: float | None = None,
        font: float | None = None,
    ) -> Drawing:
        """Check what was given and lay out what was not."""
        pairs = ties.Pairs.of(net)
        group = net.column(by) if by is not None else pd.Series("", index=net.actors.index)
        positions = layout(net) if positions is None else positions
        _complete(net, positions.index, "positions")
        if size is not None:
            _complete(net, size.index, "size")
            size = size.reindex(net.actors.index).astype(float)
        actors = pd.DataFrame(
            {
                "label": net.actors.get("label", pd.Series(net.actors.index, net.actors.index)),
                "group": group.astype(object),
                "diameter": _diameters(size, len(net)) * (0.7 if font else 1),
                "answered": net.responded,
            }
        )
        canvas = Canvas.of(positions, width=width, font=font)
        looks = styles or group_styles(group)
        panel = font is not None
        return cls(net, actors, looks, by, size, canvas, pairs, lang, panel)

    @property
    def points(self) -> Any:
        """The places of the actors in pixels, in their order."""
        return self.canvas.points.reindex(self.actors.index).to_numpy(dtype=float)

    @property
    def radii(self) -> Any:
        """Half the size of each marker."""
        return self.actors["diameter"].to_numpy(dtype=float) / 2

    def tie_traces(self) -> list[go.Scatter]:
        """Return the ties as lines."""
        answered = self.actors["answered"].to_numpy(dtype=bool)
        return ties.traces(
            self.pairs,
            self.points,
            self.radii,
            answered,
            directed=self.net.directed,
            lang=self.lang,
        )

    def marker_traces(self) -> list[go.Scatter]:
        """Return one trace per group, one more for those of it that did not answer, and their legend."""
        style = self.actors["group"].map(lambda value: style_of(value, self.styles))
        named = pd.Series([one.name for one in style], index=self.actors.index)
        drawn = []
        for one in dict.fromkeys(self.styles.values()):
            ours = self.actors[(named == one.name).to_numpy()]
            answered = ours["answered"].to_numpy(dtype=bool)
            drawn += [self._markers(ours[answered], one), self._markers(ours[~answered], one)]
        drawn = [trace for trace in drawn if len(trace.x)]
        seen: set[str] = set()
        for trace in drawn:
            trace.showlegend = trace.name not in seen and self.by is not None
            seen.add(trace.name)
        if not self.actors["answered"].all():
            drawn.append(self._silent_legend())
        return drawn

    def _markers(self, ours: pd.DataFrame, style: Style) -> go.Scatter:
        answered = bool(ours["answered"].all())
        places = self.canvas.points.reindex(ours.index)
        name = wrapped(group_name(style.name, self.lang), 34, most=2)
        return go.Scatter(
            x=places["x"].round(1).tolist(),
            y=places["y"].round(1).tolist(),
            mode="markers",
            name=name,
            legendgroup=f"group {style.name}",
            marker={
                "symbol": style.symbol if answered else f"{style.symbol}-open",
                "color": style.color,
                "size": ours["diameter"].round(1).tolist(),
                "line": {"width": 0.8, "color": OUTLINE}
                if answered
                else {"width": 2.2, "color": style.color},
                "opacity": 1,
            },
            customdata=list(ours.index),
            hovertext=[self._hover(actor) for actor in ours.index],
            hoverinfo="text",
            meta="actors",
        )

    def _silent_legend(self) -> go.Scatter:
        return go.Scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=word("silent", self.lang),
            marker={"symbol": "circle-open", "color": GREY, "line": {"width": 2.2}, "size": 10},
            hoverinfo="skip",
            legendrank=1900,
        )

    def _hover(self, actor: str) -> str:
        row = self.net.actors.loc[actor]
        said = [f"<b>{wrapped(self.actors.at[actor, 'label'], 40, most=4)}</b>"]
        if str(self.actors.at[actor, "label"]) != actor:
            said.append(safe(actor))
        if self.size is not None:
            name = word(str(self.size.name or "size"), self.lang)
            said.append(f"{safe(name)}: {_number(self.size[actor], self.lang)}")
        shown = row.drop(["label", "responded"], errors="ignore").dropna()
        said += [
            f"{safe(column)}: {wrapped(_cell(value, self.lang), 40)}"
            for column, value in shown.head(SHOWN_ATTRIBUTES).items()
        ]
        if not self.actors.at[actor, "answered"]:
            said.append(word("silent", self.lang))
        return "<br>".join(said)

    def spots(self, most: int | None = None) -> dict[int, labels.Spot]:
        """Return where the names go that find room; larger markers choose first, or are the only ones."""
        points, tied = self.points, self.pairs.tied
        silent = ~self.actors["answered"].to_numpy(dtype=bool)
        spoked = ties.with_spokes(self.pairs)
        radii = self.radii + np.where(silent & spoked, ties.RAY + 2, 0)
        forms = [
            np.array([box(text, self.canvas.font) for text in names]).reshape(-1, 2)
            for names in self._forms()
        ]
        return labels.place(
            points,
            radii,
            forms,
            canvas=(self.canvas.width, self.canvas.height),
            lines=labels.along(points[tied[:, 0]], points[tied[:, 1]]),
            order=np.argsort(-self.radii, kind="stable")[:most],
            near=most is not None,
        )

    def _forms(self) -> list[list[list[str]]]:
        """Return the names in lines: in full, then shorter for where there is no room."""
        few = len(self.actors) <= 90
        shapes = [(18, 3), (18, 2), (14, 1)] if few else [(18, 2), (13, 1)]
        shapes = [(20, 2), (15, 2)] if self.panel else shapes
        return [[lines(name, w, most=m) for name in self.actors["label"]] for w, m in shapes]

    def names(self, spots: dict[int, labels.Spot]) -> list[dict[str, Any]]:
        """Return the names as annotations, with a thin line where one stands off its marker."""
        forms, points = self._forms(), self.points
        return [
            labels.note(
                "<br>".join(map(safe, forms[spot.form][i])), points[i],
                (spot.x - points[i, 0], spot.y - points[i, 1]), self.canvas.font, leader=spot.leader,
            )
            for i, spot in spots.items()
        ]  # fmt: skip

    def size_note(self) -> list[dict[str, Any]]:
        """Return the words that say what the sizes stand for."""
        if self.size is None:
            return []
        what = word(str(self.size.name or "size"), self.lang)
        text = safe(f"{word('size', self.lang)}: {what}")
        corner = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left"}
        return [{"text": text, "showarrow": False, "yanchor": "bottom", "xshift": 10, **corner,
                 "font": {"size": 11}}]  # fmt: skip

    def summary(self, shown: int) -> str:
        """Return the drawing in words."""
        counts = ties.count(self.net)
        mutual = word("network_mutual", self.lang).format(both=counts["both"])
        degrees = np.bincount(self.pairs.tied.ravel(), minlength=len(self.actors))
        return word("network_said", self.lang).format(
            name=self.net.name or word("network", self.lang).capitalize(),
            actors=len(self.actors),
            ties=counts["ties"],
            mutual=mutual if self.net.directed else "",
            alone=int((degrees == 0).sum()),
            silent=int((~self.actors["answered"]).sum()),
            unknown=counts["unknown"],
            shown=shown,
        )

    def table(self) -> pd.DataFrame:
        """Return what was drawn, one row per actor."""
        shown = self.actors[["label"]].rename_axis("actor")
        if self.by is not None:
            shown[self.by] = self.actors["group"]
        if self.size is not None:
            shown[str(self.size.name or "size")] = self.size
        shown["answered"] = self.actors["answered"]
        return shown


def framed(
    fig: go.Figure, width: float, height: float, title: str | None, *, font: float = 12
) -> go.Figure:
    """Put a drawing of this size in a figure, with its title above and its legend below."""
    named = [trace for trace in fig.data if trace.showlegend is not False and trace.name]
    entries = [max(text_width(part, font) for part in trace.name.split("<br>")) for trace in named]
    column = max(entries, default=0) + 46
    per_row = max(int(width // column), 1)
    rows = -(-len(entries) // per_row) if entries else 0
    tall = font * (3 if any("<br>" in trace.name for trace in named) else 1.75)
    heading = wrapped(title, int(width / 9), most=3) if title else ""
    top = 20 + 20 * (heading.count("<br>") + 1 if heading else 0)
    bottom = 16 + rows * tall + (8 if rows else 0)
    legend = {"orientation": "h", "x": 0.5, "xanchor": "center", "y": 0, "yanchor": "bottom",
              "yref": "container", "font": {"size": font},
              "entrywidth": column - 40, "entrywidthmode": "pixels", "traceorder": "normal"}  # fmt: skip
    return fig.update_layout(
        width=width,
        height=height + top + bottom,
        margin={"l": 0, "r": 0, "t": top, "b": bottom, "autoexpand": False},
        title={"text": heading} if heading else None,
        legend=legend,
        showlegend=bool(entries),
        hovermode="closest",
    )


def _diameters(size: pd.Series | None, n: int) -> Any:
    """Return marker sizes whose area follows the numbers; what is undefined is smallest."""
    small = 1.0 if n <= 90 else 0.75
    if size is None:
        return np.full(n, PLAIN * small)
    values = size.fillna(0).clip(lower=0).to_numpy(dtype=float)
    most = values.max(initial=0)
    share = np.sqrt(values / most) if most > 0 else np.zeros(n)
    return (SMALLEST + (LARGEST - SMALLEST) * share) * small


def _complete(net: OrgNetwork, index: pd.Index, what: str) -> None:
    absent = net.actors.index.difference(index)
    if len(absent):
        raise DataError(
            [Issue(what, "has no row for this actor", column="index", value=i) for i in absent]
        )


def _number(value: float, lang: str) -> str:
    if pd.isna(value):
        return "-"
    text = f"{value:.0f}" if float(value).is_integer() else f"{value:.3g}"
    return text.replace(".", ",") if lang == "nl" else text


def _cell(value: Any, lang: str) -> str:
    if isinstance(value, bool | np.bool_):
        return word("yes" if value else "no", lang)
    return _number(float(value), lang) if isinstance(value, int | float | np.number) else str(value)
