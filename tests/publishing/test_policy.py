import base64
import hashlib
import re

from site_builder.publishing.policy import guard

HEAD = b'<html><head>\n  <meta charset="utf-8">\n'


def _policy(html: bytes) -> str:
    found = re.search(rb'Content-Security-Policy" content="([^"]*)"', html)
    assert found
    return found[1].decode()


def _hash(script: bytes) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode() + "'"


def test_the_policy_names_every_inline_script() -> None:
    html = HEAD + b"<script>one()</script><script type='module'>\ntwo()\n</script>"
    guarded = guard(html, listed=False)
    assert guarded
    rule = _policy(guarded).split("; ")[1]
    assert rule.startswith("script-src 'self' ")
    assert set(rule.split()[2:]) == {_hash(b"one()"), _hash(b"\ntwo()\n")}
    assert "unsafe-inline" not in rule


def test_scripts_from_files_and_data_need_no_hash() -> None:
    html = HEAD + b'<script src="a.js"></script><script type="application/json">{}</script>'
    guarded = guard(html, listed=False)
    assert guarded
    assert "script-src 'self'; " in _policy(guarded)


def test_nothing_comes_from_or_goes_to_a_third_party() -> None:
    guarded = guard(HEAD, listed=False)
    assert guarded
    policy = _policy(guarded)
    assert policy.startswith("default-src 'none'; ")
    assert "http" not in policy
    assert "*" not in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'none'" in policy
    assert b'<meta name="referrer" content="no-referrer">' in guarded


def test_the_policy_comes_before_everything_it_governs() -> None:
    guarded = guard(HEAD + b"<title>x</title><script>one()</script>", listed=False)
    assert guarded
    assert guarded.index(b"Content-Security-Policy") < guarded.index(b"<title>")


def test_only_listed_pages_may_be_listed() -> None:
    listed, unlisted = guard(HEAD, listed=True), guard(HEAD, listed=False)
    assert listed
    assert unlisted
    assert b'name="robots"' not in listed
    assert b'<meta name="robots" content="noindex, nofollow">' in unlisted


def test_the_page_is_otherwise_unchanged() -> None:
    html = HEAD + "<p>\u0111i\u1ec3m</p>".encode()
    guarded = guard(html, listed=True)
    assert guarded
    assert re.sub(rb"<meta (http-equiv|name)=[^>]*>", b"", guarded) == html


def test_a_page_without_a_place_for_it_is_refused() -> None:
    assert guard(b"<html><head><title>x</title>", listed=False) is None
