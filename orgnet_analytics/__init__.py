"""Organization networks from survey to report."""

from orgnet_analytics.errors import DataError, DataWarning, OrgNetError, UndefinedError
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

__version__ = "0.1.0"

__all__ = [
    "DataError",
    "DataWarning",
    "OrgNetError",
    "OrgNetwork",
    "TwoModeNetwork",
    "UndefinedError",
]
