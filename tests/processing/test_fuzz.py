"""Whatever happened to a file, its reader gives a reading: no exception, no endless work."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.model.processed import FLAGS, State
from site_builder.processing.protocols import Reading, Settings
from site_builder.processing.registry import HANDLERS, handler_of
from tests.processing import handled
from tests.processing.makers.seeds import seeds
from tests.processing.mutations import mutated

NAMES = sorted(seeds())
# A mutated picture may decode for long; a worker would be ended after thirty seconds.
LIMITS = settings(
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
FEW = Settings(preview_pages=2, text_pages=5)


def check(reading: Reading) -> None:
    """What every reading must be, whatever it was read from."""
    assert reading.state is not State.FAILED
    assert bool(reading.why) == (reading.state is not State.READ) or reading.why == "markup"
    assert {flag.name for flag in reading.flags} <= FLAGS
    assert len({flag.name for flag in reading.flags}) == len(reading.flags)
    assert all(len(flag.details) <= 20 for flag in reading.flags)
    told = [*reading.pages, *(each.path for each in reading.members)]
    told += [each for flag in reading.flags for each in flag.details]
    if reading.excerpt is not None:
        told += [str(block) for block in reading.excerpt.blocks]
    # Half surrogates would make it fail where the facts are kept.
    json.dumps(told).encode()
    "".join(told).encode()
    assert all(len(each.path) <= 300 for each in reading.members)
    if reading.state in {State.DAMAGED, State.REFUSED, State.ENCRYPTED}:
        assert reading.pages == ()
        assert reading.previews == ()


@pytest.mark.parametrize("name", NAMES)
@LIMITS
@given(seed=st.integers(0, 1 << 32), other=st.sampled_from(NAMES))
def test_broken_files(name: str, seed: int, other: str, tmp_path_factory: object) -> None:
    assert isinstance(tmp_path_factory, pytest.TempPathFactory)
    kind, data = seeds()[name]
    broken = mutated(data, seeds()[other][1], seed)
    check(handled.read(tmp_path_factory.getbasetemp(), broken, kind=kind, settings=FEW))


@pytest.mark.parametrize("name", NAMES)
def test_sound_files(name: str, tmp_path: Path) -> None:
    kind, data = seeds()[name]
    reading = handled.read(tmp_path, data, kind=kind, settings=FEW)
    check(reading)
    assert reading.state in {State.READ, State.OPAQUE, State.ENCRYPTED, State.PARTIAL}


@pytest.mark.parametrize("handler", [each.name for each in HANDLERS])
def test_files_of_another_kind(handler: str, tmp_path: Path) -> None:
    """Every reader gets every seed: the sniffer may be wrong."""
    registered = next(each for each in HANDLERS if each.name == handler)
    for kind in registered.kinds.split()[:3]:
        assert handler_of(kind) is registered
        for _, data in seeds().values():
            check(handled.read(tmp_path, data[:20_000], kind=kind, settings=FEW))


@pytest.mark.parametrize("handler", [each.name for each in HANDLERS])
@pytest.mark.parametrize("data", [b"", b"\0", b"\xff" * 3000, b"PK\x05\x06" + bytes(18)])
def test_files_of_nothing(handler: str, data: bytes, tmp_path: Path) -> None:
    registered = next(each for each in HANDLERS if each.name == handler)
    for kind in registered.kinds.split()[:3]:
        check(handled.read(tmp_path, data, kind=kind, settings=FEW))
