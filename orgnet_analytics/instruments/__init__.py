"""Instruments: a questionnaire for a roster of organizations, on the web, in Excel and on paper."""

from orgnet_analytics.instruments.items import ITEMS, SCALES, Choice, Item
from orgnet_analytics.instruments.questionnaire import Questionnaire, questionnaire

__all__ = ["ITEMS", "SCALES", "Choice", "Item", "Questionnaire", "questionnaire"]
