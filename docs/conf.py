"""How the documentation is built: offline, with warnings as errors."""

from importlib.metadata import version as installed_version

project = "orgnet_analytics"
author = "The orgnet_analytics developers"
copyright = "2026, The orgnet_analytics developers"
version = release = installed_version("orgnet-analytics")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.mathjax", "sphinx.ext.napoleon"]
nb_execution_mode = "off"
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "jupyter_execute"]
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_use_rtype = False

html_theme = "pydata_sphinx_theme"
html_title = "orgnet_analytics"
html_theme_options = {"show_prev_next": False, "navigation_with_keys": False}
