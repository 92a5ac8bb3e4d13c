"""``new-unit DIR``: a content folder for another commune with the same set."""

import argparse
import shutil
from importlib.resources import files
from pathlib import Path

from site_builder import pipeline
from site_builder.commands.context import FINDINGS, OK, USAGE, Context, option
from site_builder.messages import Catalogue
from site_builder.scaffolding.new_unit import TEMPLATES, plan_unit
from site_builder.scaffolding.plan import plan_folders
from site_builder.scaffolding.writing import write_new

NAME = "new-unit"

# Copied byte by byte: the issued set is the same in every unit that uses it.
COPIED = ("criteria.yml", "mkdocs.yml")


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument("dir", type=Path, metavar="DIR", help=option(texts, "new_unit_dir"))
    parser.add_argument("--name", default="", metavar="NAME", help=option(texts, "new_unit_name"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Create the folder; refuses one that holds anything."""
    target: Path = arguments.dir
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        context.say("new_unit_exists", path=str(target))
        return USAGE
    today = context.today(None)
    source = pipeline.examine(_request(context.root, context))[0].snapshot
    if source.criteria is None or not source.criteria.fields:
        context.say("new_unit_needs_set", path=str(context.root))
        return FINDINGS
    target.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        if (context.root / name).is_file():
            shutil.copyfile(context.root / name, target / name)
    folder = files("site_builder.scaffolding") / "unit"
    templates = {name: (folder / name).read_text("utf-8") for name in TEMPLATES}
    name = " ".join(arguments.name.split())
    created = list(
        write_new(target, plan_unit(source.criteria, templates, name=name, year=today.year))
    )
    fresh = pipeline.examine(_request(target, context))[0]
    created += write_new(target, plan_folders(fresh.snapshot, fresh.rules, context.texts))
    context.say("new_unit_done", path=str(target), created=len(created) + len(COPIED))
    return OK


def _request(root: Path, context: Context) -> pipeline.Request:
    return pipeline.Request(
        root=root, today=context.today(None), environment=context.environment, fast=True
    )
