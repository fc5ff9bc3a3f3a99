"""One self-contained page, in Dutch or English, that says what a network shows and on what it rests."""

from orgnet_analytics.report.describe import describe
from orgnet_analytics.report.page import Page, Section

__all__ = ["Page", "Section", "describe"]
