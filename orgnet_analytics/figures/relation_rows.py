"""How the partners relate: who bridges, who is exposed, who is bypassed, and by which numbers."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.figures.frame import decimal, names_of
from orgnet_analytics.figures.grid import Grid
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import safe, wrapped
from orgnet_analytics.figures.theme import DIFFERS, GREY, OKABE_ITO
from orgnet_analytics.figures.tiles import words
from orgnet_analytics.figures.words import form_name, word
from orgnet_analytics.readings.relations import RelationsReading

LOOKS = {
    "bridges": ("square", OKABE_ITO[0]),
    "exposed": ("triangle-up", DIFFERS),
    "bypassed": ("diamond", OKABE_ITO[1]),
    "not_so": ("circle-open", GREY),
}
VALUES = {"bridges": "brokered", "exposed": "constraint", "bypassed": "closed"}
WIDE, HIGH, START, TRACK, MOST = 206.0, 23.0, 14.0, 62.0, 60


def relations(
    reading: RelationsReading,
    *,
    labels: pd.Series | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw who bridges, who is exposed and who is bypassed: a row per organization that stands out.

    Parameters
    ----------
    reading : RelationsReading
        From ``relations.read``.
    labels : pandas.Series, optional
        Names of the organizations.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        In each column a line from 0 to the highest value, with a mark where the organization stands: the
        pairs it brokers, its constraint, the share of the pairs in between that are tied directly. Filled is
        who bridges, is exposed, is bypassed; beside it stands by which numbers. Up to 60 have a row; below
        stand the others, and those of whom nothing is said as they did not answer, up to 60 by name. A
        small circle: few partners, who lead back to each other.

    Examples
    --------
    >>> from orgnet_analytics import OrgNetwork
    >>> from orgnet_analytics.readings import relations as reads
    >>> actors = pd.DataFrame({"sector": list("xyxyxy")}, index=list("habcde"))
    >>> ties = pd.DataFrame({"source": list("hhhhh"), "target": list("abcde")})
    >>> fig = relations(reads.read(OrgNetwork(actors, ties, directed=False), by="sector"))
    >>> fig.layout.meta["orgnet"]["summary"][:67]
    'Verdict: hanging by threads. Who bridges: h. Exposed: a, b, c, d, e'
    """
    profile, names = reading.profile, names_of(reading.profile.index, labels)
    out = list(dict.fromkeys([*reading.bridging, *reading.exposed, *reading.bypassed]))[:MOST]
    heads = [word(f"{key}_head", lang) for key in VALUES]
    grid = Grid(heads, WIDE, LOOKS, words(list(LOOKS), lang), START)
    for actor in out:
        _row(grid, reading, actor, str(names[actor]), lang)
    silent = profile.index[profile["bypassed"].isna()]
    apart = profile.index[(profile["partners"] == 0) & ~profile.index.isin(silent)]
    rest = profile.index.difference([*out, *silent, *apart], sort=False)
    for key, ids in {"not_these": rest, "no_tie_known": apart, "not_judged": silent}.items():
        if len(ids):
            grid.heading(f"{word(key, lang)} ({len(ids)})")
            more = [word("and_more", lang).format(more=len(ids) - MOST)] * (len(ids) > MOST)
            grid.paragraph(", ".join([*map(str, names[ids[:MOST]]), *more]))
    verdict = form_name("relations", reading.verdict, lang)
    listed = {key: _listed(names, ids, lang) for key, ids in {
        "bridges": reading.bridging, "exposed": reading.exposed, "bypassed": reading.bypassed,
        "silent": silent}.items()}  # fmt: skip
    fig = grid.drawn(f"{word('verdict', lang)}: {verdict}", title)
    summary = word("relations_said", lang).format(verdict=verdict, **listed)
    return told(fig, summary, profile.assign(label=names).rename_axis("actor"), lang)


def _listed(names: pd.Series, ids: Iterable[str], lang: str) -> str:
    return ", ".join(str(names[one]) for one in ids) or word("nobody", lang)


def _row(grid: Grid, reading: RelationsReading, actor: str, name: str, lang: str) -> None:
    """Add an organization: where it stands in each column, and in words what makes it stand out."""
    y, row = grid.row(name, HIGH), reading.profile.loc[actor]
    for column, (key, value) in enumerate(VALUES.items()):
        start = column * WIDE + START
        grid.rules.append((start, y, start + TRACK, y))
        most = max(float(reading.profile[value].max()), 1.0)
        is_so = pd.notna(row[key]) and bool(row[key])
        if pd.notna(row[value]):
            hover = f"<b>{wrapped(name, 40)}</b><br>{safe(grid.columns[column])}<br>{_why(key, row, lang)}"
            grid.mark(
                key if is_so else "not_so", start + TRACK * float(row[value]) / most, y, hover
            )
        if is_so:
            grid.write(_why(key, row, lang), start + TRACK + 10, y)


def _why(key: str, row: pd.Series, lang: str) -> str:
    """Return by which numbers an organization bridges, is exposed or is bypassed; or is not."""
    if key == "bridges":
        z = decimal(row["z"], lang, 1, whole=False)
        shape = "brokers_z" if z else "brokers_only"
        return word(shape, lang).format(pairs=decimal(row["brokered"], lang), z=z)
    if key == "exposed":
        why = word(row["why"], lang) if row["why"] else ""
        return ", ".join(filter(None, [decimal(row["constraint"], lang, whole=False), why]))
    return word("pairs_of", lang).format(
        share=f"{row['closed']:.0%}", pairs=decimal(row["between"], lang)
    )
