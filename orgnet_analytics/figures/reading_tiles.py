"""Readings as tiles: agreements, the raters of a screen, and the ways of clients."""

from __future__ import annotations

import re
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.figures.frame import names_of
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.theme import DIFFERS, GREY, OKABE_ITO
from orgnet_analytics.figures.tiles import tiles, words
from orgnet_analytics.figures.words import word
from orgnet_analytics.readings.agreements import PROBLEMS, AgreementsReading
from orgnet_analytics.readings.effectiveness.client_pathways import PathwaysReading
from orgnet_analytics.readings.suitability import CONDITIONS, SuitabilityReading

HOLDS, WEAK, MILD = OKABE_ITO[0], OKABE_ITO[1], OKABE_ITO[4]
AGREEMENT = {
    "in force": ("square", HOLDS),
    "expiring": ("diamond", MILD),
    "one-sided": ("triangle-up", WEAK),
    "not known": ("circle", "#c9b8a0"),
    "not signed": ("triangle-up-open", DIFFERS),
    "not yet": ("diamond-open", GREY),
    "expired": ("x", DIFFERS),
    "none": ("square-open", "#c4c8cc"),
}
MOST_ROWS = 60


def agreements(
    reading: AgreementsReading,
    *,
    of: Literal["organizations", "dyads"] = "organizations",
    labels: pd.Series | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw which of the four problems is settled for whom: organizations, or pairs that work together.

    Parameters
    ----------
    reading : AgreementsReading
        From ``agreements.read``.
    of : {"organizations", "dyads"}
        Whose agreements; pairs need a reading with a network. Up to 60 rows are drawn, those with the least
        first.
    labels : pandas.Series, optional
        Names of the organizations.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A tile per row and problem: the best any agreement on it is for them. One that expired, is one-sided
        or was not signed has a mark of its own.

    Examples
    --------
    >>> import pandas as pd
    >>> from orgnet_analytics.readings import agreements as reads
    >>> register = pd.DataFrame({"id": ["A"], "problem": ["rewards"], "parties": ["a; b"], "end": ["open"]})
    >>> fig = agreements(reads.read(register, at="2025-01-01"))
    >>> fig.layout.meta["orgnet"]["summary"]
    'Agreements on four problems for 2 organizations; an agreement holds for: task division 0, task allocation 0, rewards 2, information 0.'
    """  # noqa: E501
    if of not in ("organizations", "dyads"):
        raise UndefinedError(f"There is no {of!r}; there are 'organizations' and 'dyads'.")
    states = reading.organizations if of == "organizations" else _of_dyads(reading)
    holds = states.isin(["in force", "expiring", "one-sided"])
    order = holds.sum(axis=1).sort_values(kind="stable").index
    shown = states.loc[order[:MOST_ROWS]]
    names = names_of(reading.organizations.index, labels)
    rows = [" – ".join(str(names[one]) for one in (key if isinstance(key, tuple) else (key,)))
            for key in shown.index]  # fmt: skip
    columns = [
        word("information_problem" if one == "information" else one, lang) for one in PROBLEMS
    ]
    legend = words(list(AGREEMENT), lang) | {"none": word("no_agreement", lang)}
    fig = tiles(shown, AGREEMENT, rows=rows, columns=columns, legend=legend, title=title)
    summary = word("agreements_said", lang).format(
        rows=len(states),
        kind=word("organizations" if of == "organizations" else "pairs", lang),
        course=", ".join(f"{name} {n}" for name, n in zip(columns, holds.sum(), strict=True)),
    )
    if len(shown) < len(states):
        summary += " " + word("more_rows", lang).format(shown=len(shown), rows=len(states))
    return told(fig, summary, shown.set_axis(rows).rename_axis("label"), lang)


def _of_dyads(reading: AgreementsReading) -> pd.DataFrame:
    ties = reading.dyads[reading.dyads["tie"].fillna(value=False).astype(bool)]
    if ties.empty:
        raise UndefinedError(
            "There is no working tie to draw; give the reading a network with net=."
        )
    held = ties.set_index(["first", "second"])[list(PROBLEMS)].astype(bool)
    made = held.map(lambda holds: "in force" if holds else "none")
    open_ = (ties["state"] == "not known").to_numpy()
    made[open_] = made[open_].replace("none", "not known")
    return made


def suitability(
    reading: SuitabilityReading, *, lang: str = "en", title: str | None = None
) -> go.Figure:
    """Draw what each rater holds on each condition of the screen, so that it is seen who differs.

    Parameters
    ----------
    reading : SuitabilityReading
        From ``suitability.screen``.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Conditions by raters. A filled square: the rater holds it. A cross: it does not. A circle: not known.
        The verdict on the answers of each rater alone stands beside its name.

    Examples
    --------
    >>> import pandas as pd
    >>> from orgnet_analytics.readings import suitability as reads
    >>> reading = reads.screen(pd.DataFrame({"alone": ["yes"], "contract": ["no"]}, index=["ann"]))
    >>> suitability(reading).layout.meta["orgnet"]["summary"]
    'Raters: 1, on six conditions; verdict: simpler form.'
    """
    looks = {"yes": ("square", HOLDS), "no": ("x", GREY), "not known": ("circle", "#c9b8a0")}
    states = reading.votes.map(
        lambda vote: "not known" if pd.isna(vote) else "yes" if vote else "no"
    ).T
    verdicts = [word(one, lang) for one in reading.raters["verdict"]]
    columns = [f"{rater}: {said}" for rater, said in zip(states, verdicts, strict=True)]
    rows = [word(one, lang) for one in CONDITIONS]
    fig = tiles(
        states, looks, rows=rows, columns=columns, legend=words(list(looks), lang), title=title
    )
    summary = word("suitability_said", lang).format(
        raters=len(columns), verdict=word(reading.verdict, lang)
    )
    return told(fig, summary, states.set_axis(rows).rename_axis("condition"), lang)


def pathways(reading: PathwaysReading, *, lang: str = "en", title: str | None = None) -> go.Figure:
    """Draw which needs of which clients are served along referrals, and where the way breaks.

    Parameters
    ----------
    reading : PathwaysReading
        From ``effectiveness.pathways``.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Profiles by needs. A diamond is a need that is served but that one organization alone holds.

    Examples
    --------
    >>> import pandas as pd
    >>> from orgnet_analytics import OrgNetwork
    >>> from orgnet_analytics.readings import effectiveness
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": ["gp"], "target": ["nurse"]}))
    >>> who = pd.DataFrame({"care": [0, 1]}, index=["gp", "nurse"])
    >>> clients = pd.DataFrame({"profile": ["old"], "entry": ["gp"], "needs": ["care"]})
    >>> pathways(effectiveness.pathways(net, clients, holders=who)).layout.meta["orgnet"]["summary"]
    'Kinds of client: 1; served by referrals: 1; needs where the way breaks: 0.'
    """
    looks = {
        "served": ("square", HOLDS),
        "single": ("diamond", WEAK),
        "not known": ("circle", "#c9b8a0"),
        "breaks": ("x", DIFFERS),
    }
    steps = reading.steps
    state = steps["state"].mask(
        (steps["state"] == "served") & steps["only_holder"].notna(), "single"
    )
    why = steps["why"].map(lambda said: _why(said, lang))
    text = steps["way"].where(steps["way"] != "", why)
    needs, profiles = list(dict.fromkeys(steps["need"])), list(reading.profiles.index)
    cells, hover = (
        steps.assign(cell=column)
        .pivot(index="profile", columns="need", values="cell")
        .reindex(index=profiles, columns=needs)
        for column in (state, text)
    )
    fig = tiles(cells, looks, rows=profiles, columns=needs, legend=words(list(looks), lang),
                title=title, hover=hover.fillna(""))  # fmt: skip
    summary = word("pathways_said", lang).format(
        profiles=len(profiles),
        served=int((reading.profiles["state"] == "served").sum()),
        broken=int((steps["state"] == "breaks").sum()),
    )
    return told(fig, summary, cells, lang)


def _why(said: str, lang: str) -> str:
    """Return why a way breaks in the language of the figure; the ids in it stay as they are."""
    head, led, who = said.partition(" lead to ")
    if not led:
        return word(head, lang)
    many = re.fullmatch(r"(.*) or (\d+) more", who)
    if many:
        who = word("or_more", lang).format(who=many[1], more=many[2])
    return word("no_way_to", lang).format(who=who)
