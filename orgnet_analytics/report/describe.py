"""The plain description of a network: who answered, what it looks like, who brokers, which stage."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from orgnet_analytics import figures, response
from orgnet_analytics.errors import DataError, UndefinedError
from orgnet_analytics.measures import brokerage, centrality
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings import lifecycle
from orgnet_analytics.report.page import Page, Section
from orgnet_analytics.report.words import word
from orgnet_analytics.tables import network_table

Lang = Literal["en", "nl"]


def describe(
    waves: OrgNetwork | Mapping[Any, OrgNetwork],
    *,
    relation: str | None = None,
    by: str | None = None,
    facts: pd.DataFrame | None = None,
    lang: Lang = "en",
) -> Page:
    """Describe a network, or its waves, on one page.

    Every number on the page comes from a function of this library: the response from
    ``net.responded`` and ``net.unknown``, the table from ``network_table``, the brokers from
    ``brokerage.roles``, the stage from ``lifecycle.classify``.

    Parameters
    ----------
    waves : OrgNetwork or dict of OrgNetwork
        One network, or several in order of time.
    relation : str, optional
        The kind of tie for the pictures, the brokers and the stage; needed where there are several.
    by : str, optional
        The column of ``actors`` that groups them; without it every actor is a group of its own.
    facts : pandas.DataFrame, optional
        What is known of each wave beside its ties; see ``lifecycle.indicators``.
    lang : {"en", "nl"}
        The language of every sentence.

    Returns
    -------
    Page
        ``to_text()`` for a terminal, ``save(path)`` for one offline HTML file.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> page = describe(datasets.load_knoke(), relation="information")
    >>> page.title
    'Knoke bureaucracies'
    """
    if lang not in ("en", "nl"):
        raise UndefinedError(f"There is no language {lang!r}; there are 'en' and 'nl'.")
    case = _Case.of(waves, relation, by)
    notes = [note for net in case.waves.values() for note in net.notes]
    synthetic = any("synthetic" in note.lower() or "synthetisch" in note.lower() for note in notes)
    from orgnet_analytics import __version__

    return Page(
        title=case.title,
        sections=[
            _who_answered(case, lang),
            _numbers(case, lang),
            _picture(case, lang),
            *([] if response.guard(case.latest) == "withhold" else [_brokers(case, lang)]),
            *_stage(case, facts, lang),
            Section(word("limits", lang), [word("limits_said", lang), *dict.fromkeys(notes)]),
        ],
        banner=word("synthetic", lang) if synthetic else "",
        footer=word("made_with", lang).format(version=__version__),
        lang=lang,
    )


@dataclass(frozen=True)
class _Case:
    """The waves as given, the one relation to look into, and the latest wave of it."""

    waves: dict[Hashable, OrgNetwork]
    relation: str | None
    by: str | None

    @classmethod
    def of(
        cls, waves: OrgNetwork | Mapping[Any, OrgNetwork], relation: str | None, by: str | None
    ) -> _Case:
        many = {waves.name: waves} if isinstance(waves, OrgNetwork) else dict(waves)
        if not many:
            raise DataError("there is no network to describe")
        case = cls(many, relation, by)
        if by is not None:
            case.latest.column(by)
        return case

    @property
    def latest(self) -> OrgNetwork:
        """The last wave, in the one relation."""
        net = list(self.waves.values())[-1]
        return net if self.relation is None else net.relation(self.relation)

    @property
    def title(self) -> str:
        return list(self.waves.values())[-1].name or "OrgNetwork"


def _who_answered(case: _Case, lang: Lang) -> Section:
    if not any("responded" in net.actors for net in case.waves.values()):
        return Section(word("who", lang), [word("who_all", lang)])
    rows, sentences = {}, []
    for wave, net in case.waves.items():
        said, few = net.responded, response.guard(net)
        rate = float(said.mean())
        rows[wave] = (len(net), int(said.sum()), f"{rate:.0%}", len(net.unknown))
        silent = net.actors.loc[~said]
        names = silent.get("label", silent.index)
        sentences.append(
            word("who_said", lang).format(
                wave=wave, members=len(net), responded=int(said.sum()), rate=rate
            )
            + (" " + word("silent", lang).format(names=", ".join(names)) if len(silent) else "")
            + (" " + word(f"few_{few}", lang).format(wave=wave) if few != "report" else "")
        )
    columns = [word(key, lang) for key in ("members", "responded", "response", "unknown_dyads")]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return Section(word("who", lang), sentences, table.rename_axis(word("wave", lang)))


def _numbers(case: _Case, lang: Lang) -> Section:
    relation = case.relation
    waves = {wave: net.relation(relation) if relation else net for wave, net in case.waves.items()}
    table = network_table(waves, by=case.by)
    if isinstance(table.index, pd.MultiIndex) and relation:
        table = table.droplevel("relation")
    table = table.rename(columns={"unknown_dyads": "unknown_here"}).T
    return Section(word("network", lang), [word("network_said", lang)], _spoken(table, lang))


def _picture(case: _Case, lang: Lang) -> Section:
    net = case.latest
    figure = figures.network(net, by=case.by, size=centrality.betweenness(net), lang=lang)
    heading = word("picture", lang).format(relation=case.relation or net.name)
    return Section(heading, [word("picture_said", lang)], figure=figure)


def _brokers(case: _Case, lang: Lang) -> Section:
    net, by = case.latest, case.by
    if by is None:
        net = OrgNetwork(
            net.actors.assign(itself=net.actors.index), net.ties, net.directed, net.name
        )
        said = word("brokers_alone", lang)
    else:
        said = word("brokers_said", lang).format(by=by)
    roles = brokerage.roles(net, by=by or "itself")
    expectations = brokerage.role_expectations(net, by=by or "itself")
    z = (roles["total"] - expectations["expected", "total"]) / expectations["sd", "total"]
    strongest = roles.assign(z=z).sort_values("total", ascending=False, kind="stable").head(10)
    if by is None:
        strongest = strongest[["total", "z"]]
    labels = net.actors.get("label")
    if labels is not None:
        strongest.insert(0, "label", labels.reindex(strongest.index))
    figure = figures.brokers(roles, expectations=expectations, labels=labels, lang=lang)
    return Section(word("brokers", lang), [said], _spoken(strongest, lang, rows=False), figure)


def _stage(case: _Case, facts: pd.DataFrame | None, lang: Lang) -> list[Section]:
    reading = lifecycle.classify(case.waves, facts=facts, relation=case.relation)
    sentence = word("stage_said", lang)
    said = [
        sentence.format(wave=wave, stage=word(stage, lang), margin=margin)
        for wave, stage, margin in zip(
            reading.membership.index, reading.stages, reading.margins, strict=True
        )
    ]
    figure = figures.stages(reading, lang=lang)
    latest = reading.evidence[reading.evidence["wave"] == reading.membership.index[-1]]
    latest = latest.assign(reading=[_stages_named(text, lang) for text in latest["reading"]])
    membership = reading.membership.rename_axis(index="wave", columns=None)
    return [
        Section(word("stage", lang), [*said, *reading.caveats], _spoken(membership, lang), figure),
        Section(
            word("evidence", lang),
            [word("stage_rules", lang)],
            _spoken(latest.drop(columns="wave").set_index("indicator"), lang),
        ),
    ]


def _spoken(table: pd.DataFrame, lang: Lang, *, rows: bool = True) -> pd.DataFrame:
    """Return the table with its headings in ``lang``; without ``rows`` the row names stay as they are."""
    title = word(str(table.index.name), lang) if table.index.name is not None else None
    said = table.rename(columns=lambda name: _said(name, lang))
    if rows:
        said = said.rename(index=lambda name: _said(name, lang))
    return said.rename_axis(index=title)


def _said(name: Hashable, lang: Lang) -> Hashable:
    return word(name, lang) if isinstance(name, str) else name


def _stages_named(reading: str, lang: Lang) -> str:
    """Return "fits this, that" with the stages as they are called in ``lang``."""
    verb, _, stages = reading.partition(" ")
    if verb != "fits":
        return word(reading, lang)
    return f"{word('fits', lang)} " + ", ".join(word(stage, lang) for stage in stages.split(", "))
