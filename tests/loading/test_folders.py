import pytest

from site_builder.loading.folders import FolderMap, IdIndex, folder_name, map_folders
from tests.loading.builders import criteria, entries

SET = criteria(
    "1 First field",
    "1.1 Plans",
    "1.1.1 Plan of the year",
    "1.1.2 Quality",
    "1.1.10 Tenth",
    "1.2 Reports",
    "2 Second field",
    "2.1 Rules",
)
F1 = "1-first-field"
F11 = f"{F1}/1.1-plans"
F111 = f"{F11}/1.1.1-plan-of-the-year"
F112 = f"{F11}/1.1.2-quality"
F12 = f"{F1}/1.2-reports"


def mapped(*paths: str) -> FolderMap:
    return map_folders(entries(*paths), SET)


def matches(*paths: str) -> dict[str, tuple[str | None, str]]:
    return {
        match.path.removeprefix("evidence/"): (
            match.criterion,
            match.expected.removeprefix("evidence/"),
        )
        for match in mapped(*paths).matches
    }


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("1.1.1-plan", "1.1.1"),
        ("1.1.1_plan", "1.1.1"),
        ("1.1.1 plan", "1.1.1"),
        ("1.1.1. plan", "1.1.1"),
        ("1.1.1.plan", "1.1.1"),
        ("1.1.1", "1.1.1"),
        (" 1.1.1 ", "1.1.1"),
        ("1.1.10-x", "1.1.10"),
        ("1.1.9-x", None),
        ("1.1.1.1-x", None),
        ("1.1.11", None),
        ("1.1-2023", "1.1"),
        ("1. Photos", "1"),
        ("1.", "1"),
        ("1", "1"),
        ("10", None),
        ("1a-x", None),
        ("plan-1.1.1", None),
        ("", None),
        ("-", None),
    ],
)
def test_what_a_name_begins_with(name: str, found: str | None) -> None:
    assert IdIndex(SET.by_id).match(name) == found


def test_other_letters() -> None:
    index = IdIndex(["3\u0111", "II-2", "II", "a"])
    assert index.match("3\u0110-x") == "3\u0111"
    assert index.match("ii-2-x") == "II-2"
    assert index.match("II-3-x") == "II"
    assert index.match("A_x") == "a"
    assert index.match("\u0103-x") is None


def test_as_it_should_be() -> None:
    assert matches(f"{F111}/a.pdf", f"{F12}/b.pdf") == {
        F1: ("1", F1),
        F11: ("1.1", F11),
        F111: ("1.1.1", F111),
        F12: ("1.2", F12),
    }


def test_where_absent_folders_belong() -> None:
    found = mapped(f"1-x/{'1.1-y'}/")
    assert found.main == {"1": "evidence/1-x", "1.1": "evidence/1-x/1.1-y"}
    assert found.expected["1.1.2"] == "evidence/1-x/1.1-y/1.1.2-quality"
    assert found.expected["2.1"] == "evidence/2-second-field/2.1-rules"


def test_any_words_behind_the_id_are_a_good_name() -> None:
    assert matches("1-K\u1ebf ho\u1ea1ch (1)/")["1-K\u1ebf ho\u1ea1ch (1)"] == (
        "1",
        "1-K\u1ebf ho\u1ea1ch (1)",
    )


@pytest.mark.parametrize("name", ["1.1.1", "1.1.1_plan", "1.1.1 plan", "1.1.1-"])
def test_a_name_to_mend(name: str) -> None:
    assert matches(f"{F11}/{name}/")[f"{F11}/{name}"] == ("1.1.1", F111)


@pytest.mark.parametrize("place", ["", f"{F12}x/", "2-second-field/", "anything/deep/"])
def test_a_folder_counts_wherever_it_lies(place: str) -> None:
    found = mapped(f"{F11}/", f"{place}1.1.1-plan/a.pdf")
    path = f"evidence/{place}1.1.1-plan"
    assert found.main["1.1.1"] == path
    assert [each.expected for each in found.matches if each.path == path] == [
        f"evidence/{F11}/1.1.1-plan"
    ]
    assert found.homes[path].criterion == "1.1.1"


def test_the_well_placed_of_two_is_the_folder() -> None:
    found = mapped("1.1.1-a/x", f"{F11}/1.1.1-b/y")
    assert found.main["1.1.1"] == f"evidence/{F11}/1.1.1-b"
    assert {each.path for each in found.matches if each.criterion == "1.1.1"} == {
        "evidence/1.1.1-a",
        f"evidence/{F11}/1.1.1-b",
    }


def test_a_branch_that_moved_is_reported_once() -> None:
    found = matches("1.1-plans/1.1.1-plan/x")
    assert found["1.1-plans"] == ("1.1", "1-first-field/1.1-plans")
    assert found["1.1-plans/1.1.1-plan"] == ("1.1.1", "1.1-plans/1.1.1-plan")


def test_folders_of_nobody() -> None:
    found = mapped("papers/old/x.pdf", f"{F1}/shared/y.pdf", f"{F1}/z.pdf")
    assert [match.path for match in found.matches if match.criterion is None] == [
        "evidence/1-first-field/shared",
        "evidence/papers",
    ]
    assert set(found.homes) == {f"evidence/{F1}"}


def test_folders_below_a_leaf_are_papers() -> None:
    found = mapped(f"{F111}/photos/spring/a.jpg", f"{F111}/1. Meeting/b.jpg")
    assert f"evidence/{F111}/photos" not in {match.path for match in found.matches}
    homes = {path: home.criterion for path, home in found.homes.items()}
    assert homes[f"evidence/{F111}/photos/spring"] == "1.1.1"
    assert homes[f"evidence/{F111}/1. Meeting"] == "1.1.1"


def test_a_leaf_below_another_counts_when_it_has_no_folder() -> None:
    found = mapped(f"{F111}/1.1.2-quality/a.pdf")
    path = f"evidence/{F111}/1.1.2-quality"
    assert found.main["1.1.2"] == path
    assert found.homes[path].folder == path
    assert [each.expected for each in found.matches if each.path == path] == [f"evidence/{F112}"]


def test_a_leaf_below_another_is_papers_when_it_has_a_folder() -> None:
    found = mapped(f"{F111}/1.1.2 Meeting/a.jpg", f"{F112}/b.pdf")
    assert found.main["1.1.2"] == f"evidence/{F112}"
    assert found.homes[f"evidence/{F111}/1.1.2 Meeting"].criterion == "1.1.1"


def test_a_leaf_two_folders_below_another() -> None:
    found = mapped(f"{F111}/1.1-plans/1.1.2-quality/a.pdf")
    assert found.main["1.1.2"] == f"evidence/{F111}/1.1-plans/1.1.2-quality"


def test_noise_is_no_folder() -> None:
    noisy = tuple(
        type(each)(each.path, each.raw, each.parent, each.kind, noise=True)
        for each in entries("1.1-x/")
    )
    assert map_folders(noisy, SET).matches == ()


def test_clashing_ids_break_nothing() -> None:
    clashing = criteria("1 a", "1.1 b", "1.1 c")
    found = map_folders(entries("1-a/1.1-b/x"), clashing)
    assert found.main == {"1": "evidence/1-a", "1.1": "evidence/1-a/1.1-b"}


def test_a_title_without_letters() -> None:
    (node,) = criteria("1 !!!").fields
    assert folder_name(node) == "1"
