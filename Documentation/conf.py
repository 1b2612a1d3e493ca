# SPDX-License-Identifier: GPL-2.0
# How sphinx reads the documents; scripts/check-docs.sh calls it.

project = "xen-passthrough"
root_doc = "index"
html_theme = "alabaster"
html_show_sourcelink = False
exclude_patterns = ["source"]
