"""Findings as people read them on a page."""

from dataclasses import dataclass

from site_builder.model.finding import Finding
from site_builder.rendering.context import Context

_TEXT_FILES = (".md", ".yml", ".yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One finding.

    Attributes:
        tone: ``error``, ``warning`` or ``notice``.
        where: path and line; "" where a page does not say.
        edit: where the forge opens the file; "" for none.
        about: criterion it concerns, with a link to its page.
        reason, answered_by: why it does not count, and who says so; "" for an open one.
    """

    tone: str
    severity: str
    code: str
    code_href: str
    message: str
    hint: str
    where: str
    edit: str
    about: str
    about_href: str
    reason: str = ""
    answered_by: str = ""


def remark(context: Context, address: str, finding: Finding) -> Remark:
    """A finding on the page at ``address``."""
    word = finding.check.severity.word
    location = finding.location
    where = _where(context, finding)
    suppressed = finding.suppressed
    reference = context.addresses.page("danh-muc-kiem-tra")
    return Remark(
        tone=word,
        severity=context.word("severity", word),
        code=finding.check.code,
        code_href=context.href(address, reference, finding.check.code.lower())
        if context.working
        else "",
        message=context.texts.message(finding),
        hint="" if suppressed else context.texts.hint(finding),
        where=where,
        edit=_edit(context, location.path),
        about=finding.criterion or "",
        about_href=context.page_href(address, finding.criterion) if finding.criterion else "",
        reason=suppressed.reason if suppressed else "",
        answered_by=_answered_by(context, finding),
    )


def _where(context: Context, finding: Finding) -> str:
    """Path and line; inside the criterion's own folder the folder goes without saying."""
    path, line = finding.location.path, finding.location.line
    if finding.criterion:
        folder = context.dossier(finding.criterion).folder
        path = path.removeprefix(f"{folder}/") if folder else path
    return context.word("findings", "line", path=path, line=line) if path and line else path


def _edit(context: Context, path: str) -> str:
    if context.forge is None or not path.endswith(_TEXT_FILES):
        return ""
    return context.forge.edit(path)


def _answered_by(context: Context, finding: Finding) -> str:
    suppressed = finding.suppressed
    if suppressed is None:
        return ""
    office = context.office(suppressed.office or finding.office)
    return context.word("suppressed_by", suppressed.source, office=office).strip(" ,")
