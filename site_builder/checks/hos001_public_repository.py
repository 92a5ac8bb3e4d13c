"""What is not for everyone does not lie in a repository that everyone can read."""

from collections.abc import Iterator

from site_builder.checks.listings import explanations
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("HOS001", "public-repository", Severity.ERROR, answerable=False)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding with the counts; only in CI, where the forge says who can read."""
    hosting = facts.snapshot.hosting
    if hosting is None or not hosting.public:
        return
    files: list[str] = []
    texts: list[str] = []
    for dossier in facts.snapshot.dossiers.values():
        files.extend(_internal_files(dossier))
        texts.extend(
            explanation.path
            for explanation in explanations(dossier)
            if explanation.has_text and not explanation.public
        )
    if files or texts:
        yield CHECK.at(
            "evidence",
            host=hosting.host,
            files=len(files),
            texts=len(texts),
            first=(files or texts)[0],
        )


def _internal_files(dossier: Dossier) -> Iterator[str]:
    shown = {
        file.path for document in dossier.documents if document.public for file in document.files
    }
    held = (
        *dossier.files,
        *(file for supplement in dossier.supplements for file in supplement.files),
    )
    return (file.path for file in held if file.path not in shown)
