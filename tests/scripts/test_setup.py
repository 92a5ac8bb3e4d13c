"""scripts/setup.py installs what the lock says, once."""

import shutil
from pathlib import Path

import pytest

from scripts import setup

ROOT = Path(__file__).resolve().parents[2]
COPIED = (setup.RUN, setup.DEV, setup.PROJECT, "site_builder/messages/vi/cli.toml")


class Machine:
    """A folder like the repository's, in which no command really runs."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.commands: list[str] = []
        self.failing = ""
        self.python_runs = True
        for path in COPIED:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, root / path)
        monkeypatch.setattr(setup, "ROOT", root)
        monkeypatch.setattr(setup, "VENV", root / ".venv")
        monkeypatch.setattr(setup, "STAMP", root / ".venv" / "stamp.json")
        monkeypatch.setattr(setup, "step", self.step)
        monkeypatch.setattr(setup, "runs", lambda *_: self.python_runs)

    def step(self, message: str, *command: str | Path) -> None:
        told = " ".join(map(str, command))
        if self.failing and self.failing in told:
            raise setup.SetupError(message)
        self.commands.append(told)
        (self.root / ".venv").mkdir(exist_ok=True)

    def run(self, *arguments: str) -> list[str]:
        """What a run executed, in short."""
        self.commands.clear()
        self.code = setup.main(arguments)
        words = {"venv --clear": "venv", "run.txt": "run", "dev.txt": "dev", "--editable": "self"}
        return [short for told in self.commands for word, short in words.items() if word in told]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path / "kho", monkeypatch)


def test_the_second_run_does_nothing(machine: Machine) -> None:
    assert machine.run() == ["venv", "run", "self"]
    assert all("--require-hashes" in told for told in machine.commands if "run.txt" in told)
    assert machine.run() == []
    assert machine.code == 0


def test_tests_add_to_what_building_needs(machine: Machine) -> None:
    machine.run()
    assert machine.run("--dev") == ["dev", "self"]
    assert machine.run("--dev") == []
    assert machine.run() == [], "dev.txt holds all of run.txt"


def test_a_changed_lock_is_installed(machine: Machine) -> None:
    machine.run()
    lock = machine.root / setup.RUN
    lock.write_bytes(lock.read_bytes() + b"# changed\n")
    assert machine.run() == ["run", "self"]


def test_a_changed_project_is_installed_without_its_dependencies(machine: Machine) -> None:
    machine.run()
    project = machine.root / setup.PROJECT
    project.write_bytes(project.read_bytes() + b"# changed\n")
    assert machine.run() == ["self"]
    assert "--no-deps --no-build-isolation" in machine.commands[0]


def test_line_ends_do_not_matter(machine: Machine) -> None:
    machine.run()
    lock = machine.root / setup.RUN
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert machine.run() == []


def test_a_moved_folder_is_set_up_anew(machine: Machine) -> None:
    machine.run()
    stamp = machine.root / ".venv" / "stamp.json"
    stamp.write_text(stamp.read_text("utf-8").replace(str(machine.root), "elsewhere"), "utf-8")
    assert machine.run() == ["venv", "run", "self"]


def test_an_interpreter_that_is_gone_is_replaced(machine: Machine) -> None:
    machine.run()
    machine.python_runs = False
    assert machine.run() == ["venv", "run", "self"]


@pytest.mark.parametrize("failing", ["venv --clear", "run.txt", "--editable"])
def test_a_failure_is_told_and_not_remembered(
    machine: Machine, failing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.failing = failing
    machine.run()
    assert machine.code == 1
    assert capsys.readouterr().out.count("\n") >= 2
    machine.failing = ""
    assert machine.run()[-1] == "self"
    assert machine.code == 0
