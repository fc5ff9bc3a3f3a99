"""How the documentation is built: offline, with warnings as errors."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "orgnet_analytics"
author = "The orgnet_analytics developers"
copyright = "2026, The orgnet_analytics developers"
version = release = installed_version("orgnet-analytics")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "mathml", "notebook_pages"]
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "jupyter_execute", "**.ipynb_checkpoints"]
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_use_rtype = False

html_theme = "pydata_sphinx_theme"
html_title = "orgnet_analytics"
html_math_renderer = "mathml"
html_static_path = ["_static"]
html_css_files = ["orgnet.css"]
html_sidebars = {"notebooks/**": []}
html_theme_options = {"show_prev_next": False, "navigation_with_keys": False}
