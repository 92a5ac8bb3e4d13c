"""Reads the bytes of evidence files, once per content, in processes that may die.

``process`` is the door; what comes out is ``model.processed``. Handlers run only in workers.
"""
