"""The Content-Security-Policy of a printed page.

A static host sets no headers, so the policy is a <meta>; inline scripts of the theme are named
by their hash. Whatever slips through the cleaning of officers' text cannot run, load or send.
"""

import base64
import hashlib
import re
from functools import lru_cache

# Both engines write it so, as the first element of <head>.
_PLACE = b'<meta charset="utf-8">'
_INLINE = re.compile(rb"<script\b(?![^>]*\ssrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_REFERRER = b'<meta name="referrer" content="no-referrer">'
_UNLISTED = b'<meta name="robots" content="noindex, nofollow">'


def guard(html: bytes, *, listed: bool) -> bytes | None:
    """The page with its policy.

    Args:
        html: as the engine printed it.
        listed: search engines may list the page; only ever in the public edition.

    Returns:
        None when the page has no place for the policy, which no engine of ours does.
    """
    scripts = frozenset(
        script for kind, script in _INLINE.findall(html) if b"application/json" not in kind
    )
    before, place, after = html.partition(_PLACE)
    if not place:
        return None
    return b"".join((before, place, _policy(scripts), b"" if listed else _UNLISTED, after))


@lru_cache(maxsize=1024)
def _policy(scripts: frozenset[bytes]) -> bytes:
    hashes = sorted(_hash(script) for script in scripts)
    rules = (
        "default-src 'none'",
        " ".join(("script-src 'self'", *hashes)),
        # Material sets style attributes (progress, tooltips); styles cannot send anything out
        # because images and fonts come from the site alone.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    policy = "; ".join(rules).encode()
    return b'<meta http-equiv="Content-Security-Policy" content="' + policy + b'">' + _REFERRER


def _hash(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
