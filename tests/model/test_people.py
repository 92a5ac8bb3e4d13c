import pytest

from site_builder.model.people import names_someone


@pytest.mark.parametrize("author", ["Nguy\u1ec5n V\u0103n A", "nva", "A. Person", "So\u00e1i"])
def test_people(author: str) -> None:
    assert names_someone(author)


@pytest.mark.parametrize(
    "author",
    [
        "",
        " ",
        "Admin",
        "Windows  User",
        "HP",
        "UBND x\u00e3 M\u1eabu",
        "\u1ee6Y BAN NH\u00c2N D\u00c2N",
    ],
)
def test_offices_and_machines(author: str) -> None:
    assert not names_someone(author)
