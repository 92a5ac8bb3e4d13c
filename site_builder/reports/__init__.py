"""Results in, files for download out; one file per report. Writes nothing.

A report holds what the pages of the same edition hold: it gets the same results, from which
everything else was removed.
"""

from collections.abc import Callable, Mapping

from site_builder.messages import Catalogue
from site_builder.model.results import Results
from site_builder.model.site import SUMMARY_CSV, SUMMARY_XLSX
from site_builder.reports import summary_csv, summary_xlsx

Maker = Callable[[Results, Catalogue], bytes]

REPORTS: Mapping[str, Maker] = {
    SUMMARY_XLSX: summary_xlsx.make,
    SUMMARY_CSV: summary_csv.make,
}


def make(results: Results, texts: Catalogue) -> Mapping[str, bytes]:
    """Every report by its file name; criteria.yml and unit.yml must have been readable."""
    return {name: maker(results, texts) for name, maker in REPORTS.items()}
