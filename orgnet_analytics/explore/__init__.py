"""Explorers for the notebook: controls, one figure, and a table of what was clicked."""

from orgnet_analytics.explore.explorer import brokerage, brokerage_figure
from orgnet_analytics.explore.pairs import brokered_pairs

__all__ = ["brokerage", "brokerage_figure", "brokered_pairs"]
