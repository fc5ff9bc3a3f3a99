"""Figures: a table, a network or a reading in, a plotly figure out; nothing is measured here."""

from orgnet_analytics.figures.broker_bars import brokers
from orgnet_analytics.figures.ceilings import ceiling
from orgnet_analytics.figures.curves import resilience, xy_plot
from orgnet_analytics.figures.drawing import network
from orgnet_analytics.figures.flows import alluvial
from orgnet_analytics.figures.ledger_cells import ledger
from orgnet_analytics.figures.panels import ego, waves
from orgnet_analytics.figures.placing import layout
from orgnet_analytics.figures.ranks import effectiveness, ranking
from orgnet_analytics.figures.reading_tiles import agreements, pathways, suitability
from orgnet_analytics.figures.relation_rows import relations
from orgnet_analytics.figures.saving import save
from orgnet_analytics.figures.solution_paths import solution_paths
from orgnet_analytics.figures.stage_cells import stages
from orgnet_analytics.figures.structure_matrix import structure
from orgnet_analytics.figures.tables import coverage, matrix, response
from orgnet_analytics.figures.telling import describe, table
from orgnet_analytics.figures.theme import retheme
from orgnet_analytics.figures.treatments import sensitivity
from orgnet_analytics.figures.triangle import governance

__all__ = [
    "agreements",
    "alluvial",
    "brokers",
    "ceiling",
    "coverage",
    "describe",
    "effectiveness",
    "ego",
    "governance",
    "layout",
    "ledger",
    "matrix",
    "network",
    "pathways",
    "ranking",
    "relations",
    "resilience",
    "response",
    "retheme",
    "save",
    "sensitivity",
    "solution_paths",
    "stages",
    "structure",
    "suitability",
    "table",
    "waves",
    "xy_plot",
]
