"""JSON Schemas for editors, made from the same tables that read the files.

They complete keys and explain them while one types; what is right is decided by ``check``,
which tolerates more spellings than a schema can say.
"""

from collections.abc import Callable, Mapping
from typing import Any

from site_builder import scoring
from site_builder.loading.criteria import CRITERIA_RECORD, CRITERION_RECORD
from site_builder.loading.explanation import EXPLANATION_RECORD
from site_builder.loading.records import APPROVALS_RECORD, PURGED_RECORD, RESULTS_RECORD
from site_builder.loading.unit import UNIT_RECORD
from site_builder.loading.verdicts import COUNCIL_RECORD, VERDICTS_RECORD
from site_builder.messages import Catalogue
from site_builder.model.finding import Kind, Severity
from site_builder.reading.fields import Describe

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_POINTS = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}
_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_FLAG = {"type": "boolean"}


def _criteria(describe: Describe) -> dict[str, Any]:
    criterion = CRITERION_RECORD.schema(describe)
    criterion["properties"]["rule"] = {
        "$ref": "#/$defs/rule",
        "description": describe("criterion", "rule"),
    }
    return {
        **CRITERIA_RECORD.schema(describe),
        "$defs": {"criterion": criterion, "rule": scoring.rule_schema(describe)},
    }


def _findings(_describe: Describe) -> dict[str, Any]:
    suppressed = _closed({"reason": _TEXT, "office": _TEXT_OR_NULL})
    location = _closed(
        {
            "path": _TEXT,
            "line": {"type": ["integer", "null"], "minimum": 1},
            "column": {"type": ["integer", "null"], "minimum": 1},
            "page": {"type": ["integer", "null"], "minimum": 1},
            "cell": _TEXT_OR_NULL,
        }
    )
    finding = _closed(
        {
            "id": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "code": {"type": "string", "pattern": "^[A-Z]{3}[0-9]{3}$"},
            "name": _TEXT,
            "severity": {"enum": [severity.word for severity in Severity]},
            "kind": {"enum": [kind.value for kind in Kind]},
            "criterion": _TEXT_OR_NULL,
            "office": _TEXT_OR_NULL,
            "location": location,
            "params": {"type": "object"},
            "message": _TEXT,
            "hint": _TEXT,
            "suppressed": {"anyOf": [{"type": "null"}, suppressed]},
        }
    )
    return {
        "type": "object",
        "required": ["version", "findings"],
        "properties": {
            "version": {"const": 1},
            "findings": {"type": "array", "items": finding},
        },
    }


def _scores(_describe: Describe) -> dict[str, Any]:
    node = _closed(
        {
            **dict.fromkeys(
                (
                    "max_points",
                    "applicable_max",
                    "self_max",
                    "pending_max",
                    "claimed",
                    "at_risk",
                    "decided",
                    "computed",
                    "appraised",
                    "appraised_max",
                    "final",
                    "final_max",
                    "low",
                    "high",
                ),
                _POINTS,
            ),
            "unscored": {"type": "array", "items": _TEXT},
        }
    )
    by_rule = {
        "type": "object",
        "required": ["points", "because"],
        "properties": {
            "points": _POINTS,
            "reason": _TEXT,
            "because": {"type": "array", "items": _TEXT},
        },
        "additionalProperties": False,
    }
    leaf = _closed(
        {
            "max_points": _POINTS,
            "counted_max": _POINTS,
            "by_rule": by_rule,
            "proposed": _POINTS,
            "claimed": _POINTS,
            "at_risk": _POINTS,
            "not_applicable": _FLAG,
            "decided": _POINTS,
            "appraised": {"type": "object", "additionalProperties": _POINTS},
            "final": _POINTS,
        }
    )
    criteria_set = _closed({"id": _TEXT, "digest": _TEXT})
    return _closed(
        {
            "version": {"const": 1},
            "criteria_set": {"anyOf": [{"type": "null"}, criteria_set]},
            "period": _TEXT_OR_NULL,
            "commit": _TEXT_OR_NULL,
            "draft": _FLAG,
            "set_changed": _FLAG,
            "total": node,
            "bonus": _POINTS,
            "percent": _POINTS,
            "class": _TEXT_OR_NULL,
            "class_is_estimate": _FLAG,
            "nodes": {"type": "object", "additionalProperties": node},
            "leaves": {"type": "object", "additionalProperties": leaf},
        }
    )


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


SCHEMAS: Mapping[str, Callable[[Describe], dict[str, Any]]] = {
    "criteria": _criteria,
    "unit": UNIT_RECORD.schema,
    "explanation": EXPLANATION_RECORD.schema,
    "results": RESULTS_RECORD.schema,
    "purged": PURGED_RECORD.schema,
    "verdicts": VERDICTS_RECORD.schema,
    "council": COUNCIL_RECORD.schema,
    "approval": APPROVALS_RECORD.schema,
    "findings": _findings,
    "scores": _scores,
}


def schema_of(name: str, texts: Catalogue) -> dict[str, Any]:
    """The schema of one kind of file; descriptions in Vietnamese.

    Args:
        name: a key of ``SCHEMAS``.
        texts: with the part ``fields``.
    """

    def describe(record: str, key: str) -> str:
        return texts.text("fields", record, key)

    return {"$schema": DIALECT, "title": name, **SCHEMAS[name](describe)}
