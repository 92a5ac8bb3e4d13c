from site_builder.model.likeness import likeness

TEXT = tuple(range(0, 256, 2))


def test_the_same_and_another() -> None:
    assert likeness(TEXT, TEXT) == 1
    assert likeness(TEXT, tuple(each + 1 for each in TEXT)) == 0
    assert likeness(TEXT, ()) == 0


def test_a_part_in_common() -> None:
    # Nine tenths of the runs in common are 0.82 of all runs of both together.
    other = tuple(sorted({*TEXT[:115], *(each + 1 for each in TEXT[115:])}))
    assert 0.75 < likeness(TEXT, other) < 0.95
    assert likeness(TEXT, other) == likeness(other, TEXT)
