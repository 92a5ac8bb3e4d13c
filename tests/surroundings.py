"""Variables that the program gets in tests."""

import os
from collections.abc import Mapping

CACHE = "SITE_BUILDER_CACHE"


def variables(**others: str) -> Mapping[str, str]:
    """Nothing of this machine but the store of evidence facts that all tests share."""
    return {CACHE: os.environ[CACHE], **others}
