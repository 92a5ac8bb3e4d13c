"""Two states of the content in, what changed out.

The other state comes out of Git or out of the record of a closed year. What a commit holds is
unpacked with Git's plumbing alone: no checkout, no filters, no hooks, no links.
"""

from site_builder.comparing.differences import compare
from site_builder.comparing.exporting import ExportRefusedError, exported
from site_builder.comparing.references import Reference, References
from site_builder.comparing.states import state_of
from site_builder.comparing.years import HISTORY, history_path, read_year, write_year

__all__ = [
    "HISTORY",
    "ExportRefusedError",
    "Reference",
    "References",
    "compare",
    "exported",
    "history_path",
    "read_year",
    "state_of",
    "write_year",
]
