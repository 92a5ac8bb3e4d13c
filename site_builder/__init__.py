"""Builds, checks and scores an evidence repository for the commune reform index."""

__version__ = "0.1.0"
