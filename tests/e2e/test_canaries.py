"""Nothing leaks: words planted in every corner are in no byte of an edition without them.

The words are new in every run; a failure shows them, and for each the corner it comes from.
"""

import functools
import random
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import build
from tests.e2e.looking import Eyes, digests
from tests.e2e.planted import CITIZEN_ID, Planted, plant, sha256_of

pytestmark = pytest.mark.engine

ENGINES = ("mkdocs", "zensical")
# Words of an environment that no page may repeat.
VARIABLES = ("USER", "LOGNAME", "HOSTNAME", "COMPUTERNAME", "GITHUB_ACTOR", "CI_COMMIT_AUTHOR")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return plant(tmp_path_factory.mktemp("canaries"), random.SystemRandom().randrange(1 << 30))


@pytest.fixture(scope="module")
def edition(planted: Planted) -> Iterator[Callable[[str, str], Path]]:
    patched = pytest.MonkeyPatch()
    for name in VARIABLES:
        patched.setenv(name, planted.kitchen.ascii(f"variable {name}"))

    @functools.cache
    def get(name: str, engine: str) -> Path:
        return build(planted.root, engine, name).rename(planted.root.parent / f"{name}-{engine}")

    yield get
    patched.undo()


def _told(planted: Planted) -> str:
    kinds = (planted.hidden, planted.shown, planted.secret, planted.photos, planted.kitchen)
    return "\n".join(
        f"{words.plain}{code}: {place}" for words in kinds for place, code in words.places.items()
    )


def _nothing(planted: Planted, eyes: Eyes, folder: Path) -> None:
    found = eyes.in_folder(folder)
    codes = "\n".join(found)
    known = [line for line in _told(planted).splitlines() if line.partition(":")[0] in codes]
    assert found == [], "\n".join([*found[:20], *known])


def _own_machine(planted: Planted) -> tuple[str, ...]:
    host = socket.gethostname()
    return (str(planted.root), *([host] if len(host) > 8 else []))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_public_edition_holds_nothing_else(
    planted: Planted, edition: Callable[[str, str], Path], engine: str
) -> None:
    words = (
        *planted.hidden.halves,
        *planted.secret.halves,
        *planted.photos.halves,
        *planted.kitchen.halves,
        *_own_machine(planted),
        CITIZEN_ID,
    )
    contents = {**planted.contents, **planted.secrets}
    eyes = Eyes(words, exact=digests(contents, sha256_of(contents)))
    _nothing(planted, eyes, edition("public", engine))


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_public_is_found(
    planted: Planted, edition: Callable[[str, str], Path], engine: str
) -> None:
    """The other tests can fail: the same channels of what is public are seen."""
    text = "\n".join(Eyes(planted.shown.halves).in_folder(edition("public", engine)))
    unseen = [
        place
        for place, code in planted.shown.places.items()
        if planted.shown.plain + code not in text.lower()
    ]
    assert unseen == [], unseen


def test_the_assessors_edition_holds_no_kitchen(
    planted: Planted, edition: Callable[[str, str], Path]
) -> None:
    words = (*planted.kitchen.halves, *planted.secret.halves, *_own_machine(planted))
    eyes = Eyes(words, exact=digests(planted.secrets, sha256_of(planted.secrets)))
    folder = edition("assessor", "mkdocs")
    _nothing(planted, eyes, folder)
    # Of personal data that was found, not even that it was.
    found = f"{CITIZEN_ID[:3]}\u2026{CITIZEN_ID[-2:]}"
    assert [page for page in folder.rglob("*.html") if found in page.read_text("utf-8")] == []


def test_a_state_secret_is_in_no_edition(
    planted: Planted, edition: Callable[[str, str], Path]
) -> None:
    eyes = Eyes(planted.secret.halves, exact=digests(planted.secrets, sha256_of(planted.secrets)))
    _nothing(planted, eyes, edition("working", "mkdocs"))
