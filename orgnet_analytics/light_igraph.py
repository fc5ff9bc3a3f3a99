"""igraph without matplotlib.

igraph imports ``matplotlib.pyplot`` wherever it is installed, which doubles the time to
``import orgnet_analytics`` for pictures this library draws with plotly. So matplotlib is hidden
while igraph is first imported. Whoever wants ``igraph.plot`` on matplotlib axes imports
matplotlib, or igraph, first.
"""

import sys

if "igraph" not in sys.modules and "matplotlib" not in sys.modules:
    sys.modules["matplotlib"] = None  # type: ignore[assignment]
    try:
        import igraph
    finally:
        del sys.modules["matplotlib"]
else:
    import igraph

__all__ = ["igraph"]
