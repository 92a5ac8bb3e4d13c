import pytest

from site_builder.loading.site_settings import read_site_settings
from tests.house.tree import ROOT
from tests.loading.reading import codes

OWN = (ROOT / "mkdocs.yml").read_bytes()


def test_the_settings_of_a_new_unit_pass() -> None:
    assert read_site_settings(OWN) == (OWN, ())


@pytest.mark.parametrize(
    "text",
    [
        "repo_url: https://git.example/x/y",
        'site_url: "https://xa.example/"',
        "strict: true",
    ],
)
def test_harmless(text: str) -> None:
    data = OWN + f"\n{text}\n".encode()
    assert read_site_settings(data) == (data, ())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("hooks: [evil.py]", "hooks"),
        ("hooks:\n  - evil.py\n  - other.py", "hooks"),
        ("INHERIT: ../../etc/passwd", "INHERIT"),
        ("plugins: [search, social]", "plugins.social"),
        ("plugins:\n  - gen-files:\n      scripts: [evil.py]", "plugins.gen-files.scripts"),
        ("plugins: {evil: {}}", "plugins.evil"),
        ("markdown_extensions: [pymdownx.snippets]", "markdown_extensions.pymdownx.snippets"),
        ("markdown_extensions: [antigravity]", "markdown_extensions.antigravity"),
        ("theme: {name: material, custom_dir: evidence}", "theme.custom_dir"),
        ("theme: {name: other}", "theme.name"),
        ("theme: {name: material, font: {text: Roboto}}", "theme.font.text"),
        ("theme: other", "theme"),
        ("copyright: <script>alert(1)</script>", "copyright"),
        ("site_name: <script>alert(1)</script>", "site_name"),
        ("extra: {analytics: {provider: google}}", "extra.analytics.provider"),
        ("docs_dir: /etc", "docs_dir"),
    ],
)
def test_what_an_engine_would_run_or_print_is_refused(text: str, key: str) -> None:
    settings, found = read_site_settings(text.encode())
    assert settings == b""
    assert [(one.check.code, one.params["key"]) for one in found] == [("SYS010", key)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x: !!python/object/apply:os.system [id]\n", "YML010"),
        (b"site_name: !ENV HOME\n", "YML010"),
        (b"site_name: a\nsite_name: b\n", "YML002"),
        (b"site_name: &a b\nsite_url: *a\n", "YML010"),
        (b"[a\n", "YML001"),
        (b"", "YML001"),
        (b"\xff\xfe\xff", "YML001"),
    ],
)
def test_what_cannot_be_read_is_not_handed_on(data: bytes, code: str) -> None:
    settings, found = read_site_settings(data)
    assert settings == b""
    assert code in codes(found)


def test_another_encoding_is_not_handed_on() -> None:
    assert (
        read_site_settings("site_name: x\u00e3\n".encode("utf-16"))[0] == b"site_name: x\xc3\xa3\n"
    )


def test_packaged() -> None:
    assert read_site_settings((ROOT / "site_builder/publishing/assets/mkdocs.yml").read_bytes())[0]
