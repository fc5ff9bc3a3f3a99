"""Data sets: shipped ones by ``load_...``, larger ones downloaded and verified by ``fetch_...``."""

from orgnet_analytics.datasets.cases import (
    load_chronic_care,
    load_ev_adoption,
    load_prisoner_reintegration,
)
from orgnet_analytics.datasets.fetched_r import (
    TwoLevels,
    fetch_chemnet_de,
    fetch_emon_sar,
    fetch_estuaries_us,
    fetch_lhds_us,
    fetch_ryanair_eu,
    fetch_tobacco_indiana,
    fetch_wetlands_ch,
)
from orgnet_analytics.datasets.fetched_tables import (
    EgoStudy,
    fetch_finclimate,
    fetch_h2020_transport,
    fetch_recon_ego,
)
from orgnet_analytics.datasets.listing import list_datasets
from orgnet_analytics.datasets.shipped import (
    Case,
    case_folder,
    load_knoke,
)

__all__ = [
    "Case",
    "EgoStudy",
    "TwoLevels",
    "case_folder",
    "fetch_chemnet_de",
    "fetch_emon_sar",
    "fetch_estuaries_us",
    "fetch_finclimate",
    "fetch_h2020_transport",
    "fetch_lhds_us",
    "fetch_recon_ego",
    "fetch_ryanair_eu",
    "fetch_tobacco_indiana",
    "fetch_wetlands_ch",
    "list_datasets",
    "load_chronic_care",
    "load_ev_adoption",
    "load_knoke",
    "load_prisoner_reintegration",
]
