"""Typed reading of untyped trees: numbers, dates, fields.

Numbers and dates as Vietnamese officers write them, and tables of fields that serve the loaders,
the scoring rules and the JSON Schemas alike.
"""
