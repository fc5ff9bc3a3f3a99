"""Organization networks from survey to report.

``import orgnet_analytics as ona`` gives the two types, the loaders, the tables and every topic as a module:
``ona.brokerage``, ``ona.cohesion``, ``ona.lifecycle``, ``ona.figures``, ...
"""

from importlib import import_module
from typing import Any

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
    "agreements": "orgnet_analytics.readings.agreements",
    "change": "orgnet_analytics.measures.change",
    "compare": "orgnet_analytics.readings.comparison:compare",
    "configurations": "orgnet_analytics.readings.configurations",
    "coverage": "orgnet_analytics.readings.coverage",
    "datasets": "orgnet_analytics.datasets",
    "effectiveness": "orgnet_analytics.readings.effectiveness",
    "explore": "orgnet_analytics.explore",
    "figures": "orgnet_analytics.figures",
    "governance": "orgnet_analytics.readings.governance",
    "inference": "orgnet_analytics.inference",
    "instruments": "orgnet_analytics.instruments",
    "interventions": "orgnet_analytics.readings.interventions",
    "learn": "orgnet_analytics.learn",
    "lifecycle": "orgnet_analytics.readings.lifecycle",
    "loaders": "orgnet_analytics.loaders",
    "necessity": "orgnet_analytics.readings.necessity",
    "positions": "orgnet_analytics.measures.positions",
    "privacy": "orgnet_analytics.privacy",
    "removal": "orgnet_analytics.measures.removal",
    "relations": "orgnet_analytics.readings.relations",
    "report": "orgnet_analytics.report",
    "resilience": "orgnet_analytics.readings.resilience",
    "response": "orgnet_analytics.response",
    "simulate": "orgnet_analytics.simulate",
    "social_capital": "orgnet_analytics.measures.social_capital",
    "structure": "orgnet_analytics.readings.structure",
    "suitability": "orgnet_analytics.readings.suitability",
    "trust": "orgnet_analytics.measures.trust",
    "two_mode": "orgnet_analytics.measures.two_mode",
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
    "agreements",
    "brokerage",
    "card",
    "catalogue",
    "centrality",
    "change",
    "closure",
    "cohesion",
    "compare",
    "configurations",
    "coverage",
    "datasets",
    "diversity",
    "effectiveness",
    "explore",
    "figures",
    "governance",
    "inference",
    "instruments",
    "interventions",
    "learn",
    "lifecycle",
    "loaders",
    "necessity",
    "network_table",
    "positions",
    "privacy",
    "read_graph",
    "read_matrix",
    "read_memberships",
    "read_nominations",
    "read_survey",
    "read_ties",
    "relations",
    "removal",
    "report",
    "resilience",
    "response",
    "simulate",
    "social_capital",
    "structure",
    "suitability",
    "trust",
    "two_mode",
    "write_graph",
]


def __getattr__(name: str) -> Any:
    if name in _LATE:
        module, _, function = _LATE[name].partition(":")
        found = import_module(module)
        return getattr(found, function) if function else found
    raise AttributeError(f"module 'orgnet_analytics' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
