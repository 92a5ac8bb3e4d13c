"""mkdocs.yml: settings of the site engine, which could name programs for the engine to run.

An engine imports hooks, plugins and extensions by name, builds any object that a tag names and
puts texts into pages as they are. So only the settings listed here pass; a file with any other
is reported and the builder's own settings are used instead of the whole file.
"""

import re
from collections.abc import Iterator

from site_builder.loading import problems
from site_builder.loading.yaml_events import Undecodable, decode, read_mapping
from site_builder.model.finding import Finding
from site_builder.model.node import MappingNode, Node, ScalarNode, SequenceNode
from site_builder.reading.fields import Report

SETTINGS_PATH = "mkdocs.yml"

# By path, with the names of plugins and extensions as the last part.
_HARMLESS = re.compile(
    r"site_(?:name|url)|repo_(?:url|name)|use_directory_urls|strict"
    r"|extra\.generator"
    r"|theme\.(?:language|features|palette(?:\.\w+)*)"
    r"|plugins\.(?:search(?:\.(?:lang|separator))?|offline)"
    r"|markdown_extensions\.(?:attr_list|tables|toc)"
    r"|validation(?:\.\w+)*",
    re.ASCII,
)
_ONLY = {"theme": "material", "theme.name": "material", "theme.font": "false"}
# Lists of names that are imported.
_NAMES = ("plugins", "markdown_extensions")
# An expression for the search, which no page holds as text.
_EXPRESSION = "plugins.search.separator"
_MARKUP = re.compile("[<>\"'`{}\\\\]")


def read_site_settings(data: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """The settings for the engine, b"" when the file may not be used, and why."""
    report = Report(SETTINGS_PATH)
    root = read_mapping(data, SETTINGS_PATH, report)
    if root is None or report.findings:
        return b"", tuple(report.findings)
    lines: dict[str, int] = {}
    for path, node in _settings(root):
        if not _harmless(path, node):
            lines[path] = min(node.line, lines.get(path, node.line))
    refused = tuple(
        problems.SETTING_REFUSED.at(SETTINGS_PATH, line=line, subject=path, key=path[:80])
        for path, line in lines.items()
    )
    try:
        # As it was read: no engine is to find another encoding in it.
        return (b"" if refused else decode(data).encode()), refused
    except (Undecodable, UnicodeEncodeError):  # pragma: no cover - read_mapping reported it
        return b"", refused


def _harmless(path: str, node: Node) -> bool:
    text = node.text if isinstance(node, ScalarNode) else ""
    if path in _ONLY:
        return text == _ONLY[path]
    if _HARMLESS.fullmatch(path) is None:
        return False
    return path == _EXPRESSION or _MARKUP.search(text) is None


def _settings(root: MappingNode) -> Iterator[tuple[str, Node]]:
    """Every value that holds no others, with the path to it."""
    waiting: list[tuple[str, Node]] = [("", root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, MappingNode) and node.entries:
            beginning = f"{path}." if path else ""
            waiting.extend((beginning + key.text, value) for key, value in node.entries)
        elif isinstance(node, SequenceNode) and node.items:
            waiting.extend(_item(path, item) for item in node.items)
        else:
            yield path, node


def _item(path: str, item: Node) -> tuple[str, Node]:
    named = path in _NAMES and isinstance(item, ScalarNode)
    return (f"{path}.{item.text}" if named and isinstance(item, ScalarNode) else path), item
