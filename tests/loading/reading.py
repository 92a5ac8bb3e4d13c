"""What the tests of this folder share."""

from site_builder.loading.yaml_events import read_yaml
from site_builder.model.finding import Finding
from site_builder.model.node import MappingNode, Node, ScalarNode, SequenceNode
from site_builder.reading.fields import Report


def parse(data: bytes | str) -> tuple[Node | None, list[Finding]]:
    report = Report("x.yml")
    return read_yaml(data, "x.yml", report), report.findings


def plain(node: Node | None) -> object:
    """A node as bare lists, dictionaries and texts."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    if isinstance(node, MappingNode):
        return {key.text: plain(value) for key, value in node}
    return None


def codes(findings: object) -> list[str]:
    assert isinstance(findings, list | tuple)
    return [finding.check.code for finding in findings]


def places(findings: object) -> list[tuple[str, int | None, str]]:
    """Code, line and subject of each finding."""
    assert isinstance(findings, list | tuple)
    return [(each.check.code, each.location.line, each.subject) for each in findings]
