"""Loaders: survey files, tables of ties and matrices made into networks, or every problem told."""

from orgnet_analytics.loaders.codebook import Actors, Answers, Codebook, Events, Relation
from orgnet_analytics.loaders.egonets import read_access, read_egonets, read_name_generator
from orgnet_analytics.loaders.files import read_graph, write_graph
from orgnet_analytics.loaders.memberships import read_memberships
from orgnet_analytics.loaders.names import Names
from orgnet_analytics.loaders.reconcile import reconcile
from orgnet_analytics.loaders.scales import Scale
from orgnet_analytics.loaders.survey import read_survey
from orgnet_analytics.loaders.tables import (
    read_matrix,
    read_nominations,
    read_ties,
)

__all__ = [
    "Actors",
    "Answers",
    "Codebook",
    "Events",
    "Names",
    "Relation",
    "Scale",
    "read_access",
    "read_egonets",
    "read_graph",
    "read_matrix",
    "read_memberships",
    "read_name_generator",
    "read_nominations",
    "read_survey",
    "read_ties",
    "reconcile",
    "write_graph",
]
