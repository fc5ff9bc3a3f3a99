"""Inference: could chance alone have made this? One engine of draws, four families of questions."""

from orgnet_analytics.inference.bootstrap import Bootstrap, bootstrap
from orgnet_analytics.inference.cug import cug
from orgnet_analytics.inference.engine import Test
from orgnet_analytics.inference.groups import ei_test, group_test
from orgnet_analytics.inference.mrqap import Regression, mrqap
from orgnet_analytics.inference.qap import qap_correlation
from orgnet_analytics.inference.sheets import difference, same

__all__ = [
    "Bootstrap",
    "Regression",
    "Test",
    "bootstrap",
    "cug",
    "difference",
    "ei_test",
    "group_test",
    "mrqap",
    "qap_correlation",
    "same",
]
