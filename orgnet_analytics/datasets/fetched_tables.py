"""Data sets whose source is plain tables: finclimate, recon_ego, h2020_transport."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from orgnet_analytics.datasets.download import raw_files
from orgnet_analytics.frames import OwnFrame
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork


def fetch_finclimate(
    *, off_roster: bool = False, base_url: str | None = None
) -> dict[int, OrgNetwork]:
    """Return Finnish climate-policy organizations in 2014 and 2020: who works with whom.

    A real panel with all that goes with it: joiners and leavers, non-respondents, names off the roster.

    Parameters
    ----------
    off_roster : bool
        Whether organizations named outside the wave's roster become actors too. Nobody asked them, so
        they count as not having answered. By default they are set aside and counted in ``notes``.
    base_url : str, optional
        A mirror to download from, see `docs/data.md`.

    Returns
    -------
    dict of int to OrgNetwork
        Waves 2014 (96 rostered, 82 answered) and 2020 (103, 88); directed, relations ``collaboration``
        and ``influence`` (reputation), weight 1. ``actors``: ``type``, ``size``, ``budget`` (band, EUR),
        ``rebound`` (0/1, undocumented), ``status``, ``mstrat`` (media strategy 0/1), ``responded``, and
        the belief items A.., G.., H.. (1 to 5).

    Raises
    ------
    DataError
        Where a file cannot be downloaded or is not the expected one.

    Notes
    -----
    Some who answered named nobody: they answered. Self-nominations are set aside and counted. Source:
    Malkamäki et al. (MIT licence). Checked against recorded R values: 1,663 and 1,965 collaboration ties
    on the roster, density .1823 and .1870.
    """
    local = raw_files("finclimate", base_url=base_url)
    return {
        year: _finclimate_wave(local, period, year, off_roster)
        for period, year in enumerate((2014, 2020))
    }


def _finclimate_wave(
    local: dict[str, Path], period: int, year: int, off_roster: bool
) -> OrgNetwork:
    actors = _finclimate_actors(local, period)
    parts = []
    for relation in ("collaboration", "influence"):
        table = pd.read_csv(local[f"{relation}{period}.csv"], sep=";", dtype=str)
        parts.append(table.set_axis(["source", "target"], axis=1).assign(relation=relation))
    ties = pd.concat(parts, ignore_index=True)
    selves = ties["source"] == ties["target"]
    rostered = actors.index[actors["status"] != "off_roster"]
    outside = ~ties["target"].isin(rostered)
    notes = [f"{selves.sum()} ties of an actor with itself set aside"]
    if not off_roster:
        notes.append(f"{outside.sum()} nominations off the roster set aside")
        actors, ties, selves = actors.loc[rostered], ties[~outside], selves[~outside]
    else:
        named = pd.Index(ties.loc[outside, "target"].unique())
        actors = actors.reindex(rostered.append(named))
        actors = actors.fillna({"status": "off_roster", "responded": False})
    name = f"Finnish climate policy {year}"
    return OrgNetwork(actors, ties[~selves], name=name, notes=tuple(notes))


def _finclimate_actors(local: dict[str, Path], period: int) -> pd.DataFrame:
    table = pd.read_csv(local["attribute.csv"], sep=";", index_col="actor").rename_axis(None)
    beliefs = pd.read_csv(local[f"belief{period}.csv"], sep=";", index_col="actor")
    media = pd.read_csv(local[f"mstrat{period}.csv"], sep=";", index_col="actor")["mstrat"]
    actors = table[["type", "size", "rebound"]].assign(
        budget=table[f"budget{period}"], mstrat=media.reindex(table.index)
    )
    actors = actors.join(beliefs)
    outside = (table[f"roster{period}"] != 1).to_numpy()
    status = actors.pop("status").mask(outside, "off_roster")
    actors.insert(0, "status", status)
    actors.insert(1, "responded", status == "respondent")
    return actors


@dataclass(frozen=True, eq=False)
class EgoStudy:
    """Ego networks of one study and the resources that flow in them.

    Attributes
    ----------
    networks : dict of str to OrgNetwork
        Per interview the network of ego (actor ``"0"``) and the alters.
    resources : pandas.DataFrame
        ``interview, source, target, code``: which resource went from whom to whom.
    """

    networks: dict[str, OrgNetwork]
    resources: pd.DataFrame = OwnFrame()

    def __repr__(self) -> str:
        return (
            f"<EgoStudy: {len(self.networks)} ego networks, {len(self.resources):,} resource flows>"
        )


def fetch_recon_ego(*, base_url: str | None = None) -> EgoStudy:
    """Return forty ego networks of scientists in Poland and the resources exchanged in them.

    The ties of persons, not of organizations: material for resource generators and social capital.

    Parameters
    ----------
    base_url : str, optional
        A mirror to download from, see `docs/data.md`.

    Returns
    -------
    EgoStudy
        ``networks``: per interview an undirected network of collaboration; ``actors`` has ``is_ego``,
        ``is_polish``, ``female`` (0/1), ``department`` (same value = same department), ``scidegree``.
        ``resources``: 1,761 flows of 25 kinds, all between ego and an alter.

    Raises
    ------
    DataError
        Where a file cannot be downloaded or is not the expected one.

    Notes
    -----
    In the raw file every collaboration row stands twice; it counts once here (866 ties). Source:
    Bojanowski, Czerniawska and Fenrich, RECON project (MIT licence).
    """
    local = raw_files("recon_ego", base_url=base_url)
    ids = {"id_interview": str, "id_node": str, "from": str, "to": str}
    nodes = pd.read_csv(local["nodes.csv"], dtype=ids)
    ties = pd.read_csv(local["collaboration.csv"], dtype=ids).drop_duplicates()
    ties = ties.rename(columns={"from": "source", "to": "target"})
    resources = pd.read_csv(local["resources.csv"], dtype=ids)
    by_interview = dict(iter(ties.groupby("id_interview")))
    networks = {
        interview: OrgNetwork(
            alters.set_index("id_node").drop(columns="id_interview").rename_axis(None),
            by_interview.get(interview, ties.iloc[:0])[["source", "target"]],
            directed=False,
            name=f"RECON ego network {interview}",
        )
        for interview, alters in nodes.groupby("id_interview", sort=False)
    }
    columns = {"id_interview": "interview", "from": "source", "to": "target"}
    return EgoStudy(networks, resources.rename(columns=columns))


def fetch_h2020_transport(*, base_url: str | None = None) -> TwoModeNetwork:
    """Return who takes part in which Horizon 2020 transport project.

    Large and two-mode: organizations that meet in research consortia, 2014 to 2021.

    Parameters
    ----------
    base_url : str, optional
        A mirror to download from, see `docs/data.md`.

    Returns
    -------
    TwoModeNetwork
        3,755 organizations (``activity_type``, ``country``, ``country_group``), 939 projects
        (``start_date``, ``end_date``, ``start_year``, ``end_year``, ``duration``, ``max_contribution``
        and ``total_cost`` in EUR), 10,518 participations (``role``, ``contribution`` in EUR).

    Raises
    ------
    DataError
        Where a file cannot be downloaded or is not the expected one.

    Notes
    -----
    Programme part SC4 (smart, green and integrated transport), projects with at least three
    organizations; coordinators count as participants. Source: European Commission, CORDIS, processed by
    eunets (MIT licence).
    """
    local = raw_files("h2020_transport", base_url=base_url)
    rows = pd.read_csv(local["h2020.csv.gz"], dtype={"rcn": str, "pic": str})
    parts = pd.read_csv(local["programme_parts.csv.gz"], dtype=str)
    rows = rows[rows["rcn"].isin(parts.loc[parts["programme_part"] == "SC4", "rcn"])]
    rows = rows[rows.groupby("rcn")["pic"].transform("nunique") >= 3]
    rows = rows.rename(columns={"type": "activity_type", "group": "country_group"})
    ends = {"pic": ["activity_type", "country", "country_group"],
            "rcn": ["start_date", "end_date", "start_year", "end_year", "duration",
                    "max_contribution", "total_cost"]}  # fmt: skip
    sides = {
        key: rows.drop_duplicates(key).set_index(key)[columns].rename_axis(None)
        for key, columns in ends.items()
    }
    ties = rows.rename(columns={"pic": "actor", "rcn": "event"})
    ties = ties[["actor", "event", "role", "contribution"]]
    return TwoModeNetwork(sides["pic"], sides["rcn"], ties, "Horizon 2020 transport")
