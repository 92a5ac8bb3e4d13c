import pytest

from site_builder.rendering.forge import forge_at

PATH = "evidence/1.1/K\u1ebf ho\u1ea1ch.md"
CODED = "evidence/1.1/K%E1%BA%BF%20ho%E1%BA%A1ch.md"


@pytest.mark.parametrize(
    ("url", "file", "edit", "upload"),
    [
        ("https://github.com/x/y", "blob/main", "edit/main", "upload/main"),
        ("https://gitlab.tinh.example/x/y.git", "-/blob/main", "-/edit/main", "-/tree/main"),
        ("https://gitea.xa.example/x/y/", "src/branch/main", "_edit/main", "_upload/main"),
    ],
)
def test_links_in_each_dialect(url: str, file: str, edit: str, upload: str) -> None:
    forge = forge_at(url, "main")
    assert forge is not None
    base = url.rstrip("/").removesuffix(".git")
    assert forge.file(PATH, 3) == f"{base}/{file}/{CODED}#L3"
    assert forge.edit(PATH) == f"{base}/{edit}/{CODED}"
    assert forge.upload("evidence/1.1") == f"{base}/{upload}/evidence/1.1"
    assert forge.folder("evidence").startswith(base)


def test_a_token_in_the_address_is_never_passed_on() -> None:
    forge = forge_at("https://user:secret@git.example:8443/x/y.git", "main")
    assert forge is not None
    assert forge.edit("a.md") == "https://git.example:8443/x/y/edit/main/a.md"


@pytest.mark.parametrize("url", ["", "git@github.com:x/y.git", "javascript:alert(1)", "file:///x"])
def test_no_web_address_no_links(url: str) -> None:
    assert forge_at(url, "main") is None
