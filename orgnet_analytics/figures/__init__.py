"""Figures: a table, a network or a reading in, a plotly figure out; nothing is measured here."""

from orgnet_analytics.figures.brokers import brokers
from orgnet_analytics.figures.layout import layout
from orgnet_analytics.figures.network import network
from orgnet_analytics.figures.save import save
from orgnet_analytics.figures.stages import stages
from orgnet_analytics.figures.telling import describe, table
from orgnet_analytics.figures.theme import retheme

__all__ = ["brokers", "describe", "layout", "network", "retheme", "save", "stages", "table"]
