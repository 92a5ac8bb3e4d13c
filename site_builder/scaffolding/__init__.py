"""Starts a year: folder tree, templates, a new unit. Writes only what is not there yet."""
