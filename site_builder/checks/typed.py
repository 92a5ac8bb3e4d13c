"""Whether an explanation holds inputs at all, whatever the rule asks for."""

from site_builder.model.dossier import Explanation


def first_input(explanation: Explanation) -> tuple[str, int] | None:
    """Key and line of the input nearest the top; None when nothing was typed.

    Keys that the template leaves empty do not count; ``de_nghi`` does.
    """
    typed = [
        (written.line, key)
        for key, written in (
            *explanation.figures.items(),
            *explanation.choices.items(),
            ("da_dat", explanation.checked[0] if explanation.checked else None),
            ("muc", explanation.level),
            ("dat", explanation.achieved),
            ("ngay", explanation.on),
            ("diem", explanation.points),
        )
        if written is not None and written.text.strip()
    ]
    if explanation.proposal is not None:
        typed.append((explanation.proposal.line, "de_nghi"))
    if not typed:
        return None
    line, key = min(typed)
    return key, line
