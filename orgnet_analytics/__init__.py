"""Organization networks from survey to report.

``import orgnet_analytics as ona`` gives the two types, the loaders, the tables and every topic as a module:
``ona.brokerage``, ``ona.cohesion``, ``ona.lifecycle``, ``ona.figures``, ...
"""

from importlib import import_module
from types import ModuleType

from orgnet_analytics.catalogue import card, catalogue
from orgnet_analytics.errors import DataError, DataWarning, OrgNetError, UndefinedError
from orgnet_analytics.loaders import (
    Codebook,
    read_graph,
    read_matrix,
    read_memberships,
    read_nominations,
    read_survey,
    read_ties,
    write_graph,
)
from orgnet_analytics.measures import brokerage, centrality, closure, cohesion, diversity
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.tables import actor_table, network_table
from orgnet_analytics.twomode import TwoModeNetwork

__version__ = "0.1.0"

# Loaded when first used: they bring plotly, ipywidgets or scipy, which would triple the time to import.
_LATE = {
    "datasets": "orgnet_analytics.datasets",
    "explore": "orgnet_analytics.explore",
    "figures": "orgnet_analytics.figures",
    "learn": "orgnet_analytics.learn",
    "lifecycle": "orgnet_analytics.readings.lifecycle",
    "report": "orgnet_analytics.report",
}

__all__ = [
    "Codebook",
    "DataError",
    "DataWarning",
    "OrgNetError",
    "OrgNetwork",
    "TwoModeNetwork",
    "UndefinedError",
    "actor_table",
    "brokerage",
    "card",
    "catalogue",
    "centrality",
    "closure",
    "cohesion",
    "datasets",
    "diversity",
    "explore",
    "figures",
    "learn",
    "lifecycle",
    "network_table",
    "read_graph",
    "read_matrix",
    "read_memberships",
    "read_nominations",
    "read_survey",
    "read_ties",
    "report",
    "write_graph",
]


def __getattr__(name: str) -> ModuleType:
    if name in _LATE:
        return import_module(_LATE[name])
    raise AttributeError(f"module 'orgnet_analytics' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
