"""Text for records that the program writes as YAML."""

import json
import re

from site_builder.model.text import nfc

# What JSON writes as it is and YAML reads only as an escape.
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def quoted(text: str) -> str:
    """A YAML scalar, NFC, whatever the text holds; a JSON string is one but for some signs."""
    written = json.dumps(nfc(text), ensure_ascii=False)
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
