"""One file per type of evidence; ``HANDLERS`` is the list, in ``registry.py``."""
