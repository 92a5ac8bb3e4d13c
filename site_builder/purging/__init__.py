"""Takes a file out of the whole history of a repository, on request and for a reason.

Deleting a file leaves it in every earlier commit. Where it must not exist at all (a state secret,
somebody's personal data) the history is written anew without it. Nothing else in the program
changes a repository's history.
"""

from site_builder.purging.holders import Holders, holders
from site_builder.purging.planning import Plan, Refusal, contents, plan
from site_builder.purging.rewriting import RewriteFailedError, forget_large_files, rewrite
from site_builder.purging.tombstone import HEADER, TOMBSTONES, entry

__all__ = [
    "HEADER",
    "TOMBSTONES",
    "Holders",
    "Plan",
    "Refusal",
    "RewriteFailedError",
    "contents",
    "entry",
    "forget_large_files",
    "holders",
    "plan",
    "rewrite",
]
