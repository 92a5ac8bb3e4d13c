"""Worked examples of every shape: points with the steps to them, or the reason for none."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from site_builder import scoring
from site_builder.messages import Catalogue, read_catalogue
from site_builder.model.score import Awarded, Unscored
from site_builder.reading.inputs import problems_of
from site_builder.scoring import SCORING_RULES
from tests.scoring import written

SHAPES = Path(__file__).parent / "shapes"


def examples() -> Iterator[Any]:
    for path in sorted(SHAPES.glob("*.yml")):
        for block in written.read(path):
            for number, example in enumerate(block["examples"], start=1):
                yield pytest.param(block, example, id=f"{path.stem}-{number}")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue("scoring")


def text_of(value: str) -> str:
    """Figures with the no-break spaces that pages have."""
    return value.replace("\u00a0", " ")


@pytest.mark.parametrize(("block", "example"), list(examples()))
def test_example(block: dict[str, Any], example: dict[str, Any], catalogue: Catalogue) -> None:
    rule, findings = written.bound(
        block["rule"], block["max_points"], block.get("scored_by", "self")
    )
    slips = block.get("slip", [])
    assert {finding.check.code for finding in findings} == {
        *([slips] if isinstance(slips, str) else slips)
    }
    assert rule is not None
    given = example.get("given")
    explanation = written.explanation(None if given in (None, "null", "") else given)
    decided = example.get("result")
    result = written.result(None if decided in (None, "null", "") else decided)
    score = rule.score(explanation, Decimal(block["max_points"]), 2, result)
    if "reason" in example:
        assert isinstance(score, Unscored), score
        assert score.reason == example["reason"]
        said = text_of(catalogue.reason(score))
        assert said == example.get("says", said)
        assert catalogue.steps(score) == ()
    else:
        assert isinstance(score, Awarded), score
        assert score.points == Decimal(example["points"])
        steps = [text_of(step) for step in catalogue.steps(score)]
        assert steps == example.get("steps", steps)
        assert catalogue.reason(score) == ""
    specs = rule.inputs(explanation)
    if "needs" in example:
        assert [spec.id for spec in specs if spec.needed] == example["needs"]
    # A figure that scores is not reported, one that is reported does not score.
    known = result.figures if result and result.figures else {}
    if problems_of(specs, explanation, known):
        assert isinstance(score, Unscored)


def test_every_shape_has_examples() -> None:
    assert {path.stem for path in SHAPES.glob("*.yml")} == {shape.shape for shape in SCORING_RULES}


def test_every_rule_fits_its_schema() -> None:
    schema = scoring.rule_schema(lambda record, key: f"{record}.{key}")
    found = [alternative["properties"]["shape"]["const"] for alternative in schema["oneOf"]]
    assert found == [shape.shape for shape in SCORING_RULES]
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/rule", "$defs": {"rule": schema}})
    for path in sorted(SHAPES.glob("*.yml")):
        # Editors see a date as text.
        blocks = json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str)
        for block in json.loads(blocks):
            assert [error.message for error in validator.iter_errors(block["rule"])] == []
    assert not validator.is_valid({"shape": "gate", "require": [], "then": {"shape": "none"}})
