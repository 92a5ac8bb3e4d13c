import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_builder.publishing.swap import BusyError, locked, put_in_place, recover, remove

HOLD = """
import sys, time
from pathlib import Path
from site_builder.publishing.swap import locked
with locked(Path(sys.argv[1]), 0):
    print("held", flush=True)
    time.sleep(60)
"""


def _folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(text)
    return path


def test_the_new_takes_the_place_of_the_old(tmp_path: Path) -> None:
    place = _folder(tmp_path / "site", "old")
    put_in_place(_folder(tmp_path / "new", "new"), place)
    assert (place / "index.html").read_text() == "new"
    assert list(tmp_path.iterdir()) == [tmp_path / "site"]


def test_the_first_site_needs_no_old_one(tmp_path: Path) -> None:
    put_in_place(_folder(tmp_path / "new", "new"), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"


def test_the_old_comes_back_when_the_new_cannot_be_moved(tmp_path: Path) -> None:
    place = _folder(tmp_path / "site", "old")
    with pytest.raises(OSError, match="none"):
        put_in_place(tmp_path / "none", place)
    assert (place / "index.html").read_text() == "old"


def test_the_old_comes_back_after_a_kill_between_the_renames(tmp_path: Path) -> None:
    _folder(tmp_path / ".site.old", "old")
    recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "old"


def test_a_left_over_old_one_is_removed(tmp_path: Path) -> None:
    _folder(tmp_path / ".site.old", "older")
    place = _folder(tmp_path / "site", "old")
    put_in_place(_folder(tmp_path / "new", "new"), place)
    assert list(tmp_path.iterdir()) == [tmp_path / "site"]


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights there")
def test_removing_a_link_leaves_what_it_leads_to(tmp_path: Path) -> None:
    target = _folder(tmp_path / "target", "kept")
    (tmp_path / "link").symlink_to(target)
    remove(tmp_path / "link")
    assert (target / "index.html").is_file()
    assert not (tmp_path / "link").is_symlink()


def test_two_processes_do_not_hold_one_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(lock)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(BusyError), locked(lock, 0.2):
            pass
    finally:
        holder.kill()
        holder.communicate()
    # The system freed it with the process.
    with locked(lock, 5):
        pass


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    brief = HOLD.replace("60", "0.5")
    holder = subprocess.Popen([sys.executable, "-c", brief, str(lock)], stdout=subprocess.PIPE)
    assert holder.stdout
    holder.stdout.readline()
    start = time.monotonic()
    with locked(lock, 30):
        assert time.monotonic() - start > 0.1
    holder.communicate()
