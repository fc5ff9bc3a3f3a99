"""How a network is built: who is tied to whom from core to periphery, and what holds it together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.figures.frame import decimal, names_of
from orgnet_analytics.figures.tables import NAMED, ordered
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import lines, safe
from orgnet_analytics.figures.theme import DIFFERS, OKABE_ITO
from orgnet_analytics.figures.words import form_name, word
from orgnet_analytics.readings.structure import StructureReading

PLACES = ["core", "periphery", "isolate"]
BY_CAMP = ("camps", "fragments")
LINE, SECOND, MOST = 16.0, 30.0, 5


def structure(
    reading: StructureReading,
    *,
    labels: pd.Series | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw how a network is built: its ties from core to periphery by block, and what holds it together.

    Parameters
    ----------
    reading : StructureReading
        From ``structure.read``.
    labels : pandas.Series, optional
        Names of the organizations; the column ``label`` of the network otherwise.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A table of who reports a tie to whom: the core first, then the periphery and who is isolated; in each
        the blocks with their roles, the busiest first. Where the verdict is camps or fragments the camps come
        first. A diamond on the diagonal is a cutpoint, a ring a link without which two parts come apart.
        The word after the number of a block tells whether it gives to others, receives, and is tied within.
        Above stand the verdict, the size of the core, and the cutpoints by name. Beyond 80 organizations the
        blocks are left out.

    Examples
    --------
    >>> from orgnet_analytics import OrgNetwork
    >>> from orgnet_analytics.readings import structure as reads
    >>> star = pd.DataFrame({"source": list("hhhhh"), "target": list("abcde")})
    >>> structure(reads.read(OrgNetwork.from_ties(star))).layout.meta["orgnet"]["summary"]
    'Verdict: star. In the best core: 2 of 6. Without these others come apart: h (10 pairs). Sole links: 5.'
    """
    net = reading.net
    names = names_of(net.actors.index, labels if labels is not None else net.actors.get("label"))
    order = _order(reading, names, lang)
    fig, _ = ordered(net, order, lang=lang, title=title)
    fig.add_traces(_holding(reading, order, fig, lang))
    summary = _summary(reading, names, lang)
    _above(fig, summary)
    table = reading.actors.loc[order.index].assign(label=order["name"])
    return told(fig, summary, table.rename_axis("actor"), lang)


def _order(reading: StructureReading, names: pd.Series, lang: str) -> pd.DataFrame:
    """Return the actors in order, each with its name and the group that lines part from the next."""
    actors = reading.actors
    rank = actors["place"].map(PLACES.index)
    first = actors["camp"] if reading.verdict in BY_CAMP else rank
    place = actors["place"].map(lambda one: word(one, lang))
    if reading.verdict in BY_CAMP:
        place = word("camp", lang) + " " + actors["camp"].astype(str)
    block = actors["block"].astype(str) + ": " + actors["role"].map(lambda one: word(one, lang))
    group = place if len(actors) > NAMED else place + ", " + block
    group = group.mask(actors["place"] == "isolate", word("isolate", lang))
    table = pd.DataFrame(
        {"group": group, "name": names.astype(str), "apart": rank == 2, "first": first,
         "block": actors["block"], "busy": -actors["partners"]}
    )  # fmt: skip
    return table.sort_values(["apart", "first", "block", "busy", "name"], kind="stable")


def _holding(
    reading: StructureReading, order: pd.DataFrame, fig: go.Figure, lang: str
) -> list[go.Scatter]:
    """Return the marks of cutpoints and of sole links."""
    at = pd.Series(np.arange(len(order)), order.index)
    cell = (float(fig.layout.height) - fig.layout.margin.t - fig.layout.margin.b) / max(
        len(order), 1
    )
    cut = reading.actors.index[reading.actors["cutpoint"]]
    first, second = (at[reading.bridges[side]].tolist() for side in ("source", "target"))
    size = float(np.clip(0.8 * cell, 6, 15))
    looks = {"cutpoint": ("diamond", OKABE_ITO[1], at[cut].tolist(), at[cut].tolist()),
             "sole_link": ("circle-open", DIFFERS, first + second, second + first)}  # fmt: skip
    names = [safe(name) for name in order["name"]]
    return [
        go.Scatter(
            x=x, y=y, mode="markers", name=word(key, lang),
            marker={"symbol": symbol, "size": size * (1.3 if key == "sole_link" else 1), "color": color,
                    "line": {"width": 2 if key == "sole_link" else 0.8,
                             "color": color if key == "sole_link" else "#3c3c3c"}},
            hovertext=[f"<b>{names[a]}</b>" + (f" – <b>{names[b]}</b>" if a != b else "") +
                       f"<br>{word(key, lang)}" for a, b in zip(y, x, strict=True)],
            hoverinfo="text",
        )
        for key, (symbol, color, x, y) in looks.items() if x
    ]  # fmt: skip


def _summary(reading: StructureReading, names: pd.Series, lang: str) -> str:
    cut = reading.actors.loc[reading.actors["cutpoint"], "cuts_off"].sort_values(
        ascending=False, kind="stable"
    )
    said = [word("cuts_pairs", lang).format(name=names[one], pairs=decimal(n, lang))
            for one, n in cut.head(MOST).items()]  # fmt: skip
    if len(cut) > MOST:
        said.append(word("and_more", lang).format(more=len(cut) - MOST))
    return word("structure_said", lang).format(
        verdict=form_name("structure", reading.verdict, lang), core=int(reading.core.sum()),
        actors=len(reading.core), cut=", ".join(said) or word("nobody", lang), links=len(reading.bridges),
    )  # fmt: skip


def _above(fig: go.Figure, summary: str) -> None:
    """Write the summary between the title and the matrix, and give the legend a second row."""
    edge, heading = fig.layout.margin, fig.layout.title.text
    title = 16.0 + 22 * (heading.count("<br>") + 1) if heading else 8.0
    text = lines(summary, int(float(fig.layout.width) / 6.8), most=5)
    more = LINE * len(text) + 8
    fig.add_annotation(
        text="<br>".join(map(safe, text)), showarrow=False, align="left", xanchor="left", yanchor="top",
        x=0, xref="paper", xshift=10 - float(edge.l), bgcolor="rgba(0,0,0,0)",
        y=1, yref="paper", yshift=float(edge.t) + more - title,
    )  # fmt: skip
    high = float(fig.layout.height) + more + SECOND
    fig.update_layout(margin={"t": float(edge.t) + more, "b": float(edge.b) + SECOND}, height=high)
