"""Response: who answered, which dyads are known, and what the unknown ones can do to a number."""

from orgnet_analytics.response.limits import Bounds, bounds, sensitivity
from orgnet_analytics.response.treatment import symmetrize, treat
from orgnet_analytics.response.who import (
    FLAG_BELOW,
    WITHHOLD_BELOW,
    confirmation,
    guard,
    overview,
    rate,
    table,
)

__all__ = [
    "FLAG_BELOW",
    "WITHHOLD_BELOW",
    "Bounds",
    "bounds",
    "confirmation",
    "guard",
    "overview",
    "rate",
    "sensitivity",
    "symmetrize",
    "table",
    "treat",
]
