import pytest

from site_builder.model.naming import number_in_name


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("KH 12-UBND.pdf", "12/KH-UBND"),
        ("a/b.c/12-KH-UBND.pdf", "12/KH-UBND"),
        ("15_Q\u0110_UBND.signed.pdf", "15/Q\u0110-UBND"),
        ("KH so 12 UBND.pdf", "12/KH-UBND"),
        ("Bao cao 1248-BC-UBND ngay 3.12.pdf", "1248/BC-UBND"),
        ("7 nq h\u0111nd.docx", "7/NQ-H\u0110ND"),
    ],
)
def test_a_whole_number_is_told(name: str, number: str) -> None:
    assert number_in_name(name) == number


@pytest.mark.parametrize(
    "name",
    [
        "KH 12.pdf",
        "KH-UBND.pdf",
        "BC 2023-UBND.pdf",
        "KH 12-2023-UBND.pdf",
        "12-HD-UBND.pdf",
        "anh12kh ubnd.jpg",
        "bao-cao.pdf",
        "",
    ],
)
def test_half_a_number_is_not_guessed(name: str) -> None:
    assert number_in_name(name) == ""
