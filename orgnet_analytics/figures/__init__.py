"""Figures: a table, a network or a reading in, a plotly figure out; nothing is measured here."""

from orgnet_analytics.figures.broker_bars import brokers
from orgnet_analytics.figures.drawing import network
from orgnet_analytics.figures.placing import layout
from orgnet_analytics.figures.saving import save
from orgnet_analytics.figures.stage_cells import stages
from orgnet_analytics.figures.telling import describe, table
from orgnet_analytics.figures.theme import retheme

__all__ = ["brokers", "describe", "layout", "network", "retheme", "save", "stages", "table"]
