"""What is said of two states, as data and as properties."""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.comparing import compare
from site_builder.comparing.differences import by_digests
from site_builder.comparing.wording import text_change
from site_builder.model.change import (
    Entry,
    Fate,
    FileFate,
    LeafChange,
    LeafState,
    Piece,
    PieceKind,
    State,
)

CASES = yaml.load((Path(__file__).parent / "cases.yml").read_text("utf-8"), yaml.CSafeLoader)
LEAF = "1.1"
_SIGNS = {
    PieceKind.SAME: "",
    PieceKind.REMOVED: "-",
    PieceKind.ADDED: "+",
    PieceKind.GAP: "\N{HORIZONTAL ELLIPSIS}",
}


def digest(text: object) -> str:
    return sha256(repr(text).encode()).hexdigest()


def leaf(values: dict[str, Any]) -> LeafState:
    year = values.get("year", False)
    entries = {
        (key.partition(" ")[0], key.partition(" ")[2]): Entry(title="", value=value)
        for key, value in values.get("entries", {}).items()
    }
    text = values.get("text", "")
    return LeafState(
        title=values.get("title", "T"),
        digest=digest(values),
        files=tuple(sorted((name, digest(of)) for name, of in values.get("files", {}).items())),
        texts=None if year else ({"": text} if text else {}),
        entries=None if year else entries,
        forms=(values["form"],) if "form" in values else (),
        criterion=None if year else values.get("criterion", {"title": values.get("title", "T")}),
        max_points=Decimal(values.get("max", 2)),
        points=number(values.get("points")),
        final=number(values.get("final")),
    )


def number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def state(**leaves: LeafState) -> State:
    return State(leaves={LEAF if name == "leaf" else name: each for name, each in leaves.items()})


def words(pieces: tuple[Piece, ...]) -> str:
    found: list[str] = []
    for piece in pieces:
        sign = _SIGNS[piece.kind]
        found.extend(f"{sign}{word}" for word in piece.text.split() or [""])
    return " ".join(found)


def said(change: LeafChange | None) -> list[str]:
    if change is None:
        return []
    found = [
        " ".join(filter(None, (file.fate.value, file.before, file.name or str(file.count))))
        for file in change.files
    ]
    for text in change.texts:
        found += [f"text {words(pieces)}" for pieces in (text.before, text.after) if pieces]
    found += [f"{each.key} {each.before or '-'} {each.after or '-'}" for each in change.entries]
    found += [f"criterion {part}" for part in change.criterion]
    for name, before, after in (
        ("max", change.max_before, change.max_after),
        ("points", change.points_before, change.points_after),
        ("final", change.final_before, change.final_after),
    ):
        if before != after:
            found.append(f"{name} {'-' if before is None else before} {after}")
    return found + (["form"] if change.form else [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any]) -> None:
    before, after = leaf(case["before"]), leaf(case["after"])
    changes = compare(state(leaf=before), state(leaf=after))
    assert sorted(said(changes.of(LEAF))) == sorted(case["said"])
    assert changes.count == bool(case["said"])


def test_leaves_that_came_and_went() -> None:
    one = leaf({"points": 1})
    changes = compare(State(leaves={"1": one, "2": one}), State(leaves={"2": one, "3": one}))
    assert [(id_, each.fate) for id_, each in changes.leaves.items()] == [
        ("3", Fate.ADDED),
        ("1", Fate.GONE),
    ]
    assert changes.leaves["3"].points_before is None
    assert changes.leaves["1"].points_after is None


def test_bytes_that_nothing_else_explains() -> None:
    one = leaf({})
    changes = compare(state(leaf=one), state(leaf=replace(one, digest="f" * 64)))
    assert said(changes.of(LEAF)) == ["form"]


def test_with_digests_alone_one_knows_which_but_not_what() -> None:
    one, other = leaf({"points": 1}), leaf({"points": 2})
    known = State(
        leaves={
            "1": LeafState(title="", digest=one.digest),
            "2": LeafState(title="", digest=one.digest),
            "4": LeafState(title="", digest=one.digest),
        }
    )
    changes = by_digests(known, State(leaves={"1": one, "2": other, "3": one}))
    assert {id_: each.fate for id_, each in changes.leaves.items()} == {
        "2": Fate.CHANGED,
        "3": Fate.ADDED,
        "4": Fate.GONE,
    }
    assert not changes.leaves["2"].compared
    assert not changes.leaves["2"].moved


NAMES = st.sampled_from(["a", "b", "c", "d"])
CONTENTS = st.sampled_from(["x", "y", "z"])
TEXTS = st.lists(st.sampled_from(["mot", "hai", "ba", "bon", "\n"]), max_size=12).map(" ".join)
VALUES = st.fixed_dictionaries(
    {
        "files": st.dictionaries(NAMES, CONTENTS, max_size=4),
        "text": TEXTS,
        "entries": st.dictionaries(
            st.sampled_from(["so_lieu a", "so_lieu b", "muc muc"]), st.sampled_from("123")
        ),
        "points": st.sampled_from([None, 0, 1]),
    }
)
STATES = st.dictionaries(st.sampled_from(["1", "2", "3"]), VALUES.map(leaf)).map(
    lambda leaves: State(leaves=leaves)
)


@given(STATES)
def test_nothing_changed_is_nothing_said(one: State) -> None:
    assert compare(one, one).leaves == {}


@given(STATES, STATES)
def test_what_came_one_way_went_the_other(one: State, other: State) -> None:
    there, back = compare(one, other), compare(other, one)
    assert there.leaves.keys() == back.leaves.keys()
    turned = {FileFate.ADDED: FileFate.REMOVED, FileFate.REMOVED: FileFate.ADDED}
    for id_, change in there.leaves.items():
        reverse = back.leaves[id_]
        # Of several files with equal bytes the one or the other is called the renamed one.
        assert sorted(turned.get(file.fate, file.fate).value for file in change.files) == sorted(
            file.fate.value for file in reverse.files
        )
        assert {(each.key, each.before, each.after) for each in change.entries} == {
            (each.key, each.after, each.before) for each in reverse.entries
        }
        assert (change.points_before, change.points_after) == (
            reverse.points_after,
            reverse.points_before,
        )


@given(VALUES, VALUES)
def test_files_add_up(one: dict[str, Any], other: dict[str, Any]) -> None:
    change = compare(state(leaf=leaf(one)), state(leaf=leaf(other))).of(LEAF)
    names = set(one["files"])
    for file in change.files if change else ():
        if file.fate is FileFate.ADDED:
            names.add(file.name)
        elif file.fate is FileFate.REMOVED:
            names.remove(file.name)
        elif file.fate is FileFate.RENAMED:
            assert one["files"][file.before] == other["files"][file.name]
            names = (names - {file.before}) | {file.name}
        else:
            assert one["files"][file.name] != other["files"][file.name]
    assert names == set(other["files"])


@given(TEXTS, TEXTS)
def test_short_texts_are_told_whole(one: str, other: str) -> None:
    change = text_change("", one, other)
    assert (change is None) == (one.split() == other.split())
    if change is not None:
        for pieces, text in ((change.before, one), (change.after, other)):
            assert " ".join(piece.text for piece in pieces).split() == text.split()


def test_of_long_texts_only_what_changed_and_what_is_near_it() -> None:
    many = [f"w{number}" for number in range(5000)]
    change = text_change("", " ".join(many), " ".join([*many[:2500], "new", *many[2501:]]))
    assert change is not None
    shown = words(change.after).split()
    assert "+new" in shown
    assert len(shown) < 60
    assert shown[0] == shown[-1] == _SIGNS[PieceKind.GAP]


def test_quite_other_long_texts_are_told_in_time_and_cut() -> None:
    old = " ".join(f"a{number % 977}" for number in range(20_000))
    new = " ".join(f"b{number % 991}" for number in range(20_000))
    change = text_change("", old, new)
    assert change is not None
    assert len(words(change.before).split()) < 200
