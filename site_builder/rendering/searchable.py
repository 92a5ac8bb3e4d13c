"""What the search finds: criteria, explanations, documents with the text read out of them.

All of it comes from the results of the edition, from which everything else was taken before.
"""

import re
from collections.abc import Iterable, Iterator

from site_builder.model.criteria import Criterion
from site_builder.model.dossier import Document, DocumentKind, Explanation
from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import Family
from site_builder.model.search import SearchEntry, SearchKind, SearchPart
from site_builder.model.text import clean
from site_builder.rendering.context import Context, label
from site_builder.rendering.pictures import anchor

# Of markdown, what would only disturb a line or two of a result.
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_SIGNS = re.compile(r"(?m)^[ \t]*(?:#{1,6}|>|[-+*])[ \t]+|\*\*|__|`+|[ \t]*\|[ \t]*(?:[-:| ]*\|)?")
_COUNTED = {Family.PDF: "page", Family.SHEET: "sheet", Family.SLIDES: "slide"}


def entries(context: Context) -> tuple[SearchEntry, ...]:
    """Everything that can be found, criteria first, each document once."""
    criteria = tuple(context.own(context.criteria.walk()))
    return (
        *(_criterion(context, each) for each in criteria),
        *(entry for each in criteria for entry in _explanations(context, each)),
        *_documents(context, criteria),
    )


def _criterion(context: Context, criterion: Criterion) -> SearchEntry:
    notes = (criterion.deadline, criterion.minimum)
    asked = (slot.title for slot in criterion.slots)
    rule = (
        criterion.rule_text,
        *(note.text for note in notes if note is not None),
        criterion.not_applicable_when,
    )
    return SearchEntry(
        kind=SearchKind.CRITERION,
        title=label(criterion),
        address=context.addresses.pages[criterion.id],
        criteria=(criterion.id,),
        parts=(
            *_part(rule, "quy-dinh" if criterion.is_leaf else ""),
            *_part(asked, "tai-lieu"),
        ),
    )


def _explanations(context: Context, criterion: Criterion) -> Iterator[SearchEntry]:
    if not criterion.is_leaf:
        return
    dossier = context.dossier(criterion.id)
    parts = list(_part((_words(dossier.explanation),), "giai-trinh"))
    for each in dossier.supplements:
        parts += _part(
            (*_reply(each.explanation), _words(each.explanation)), f"bo-sung-{each.number}"
        )
    if parts:
        yield SearchEntry(
            kind=SearchKind.EXPLANATION,
            title=context.word("search", "explanation", title=criterion.title),
            address=f"{context.addresses.pages[criterion.id]}#{parts[0].anchor}",
            criteria=(criterion.id,),
            place=label(criterion),
            parts=tuple(parts),
        )


def _reply(explanation: Explanation | None) -> tuple[str, ...]:
    return () if explanation is None else (explanation.opinion, explanation.reply)


def _words(explanation: Explanation | None) -> str:
    if explanation is None or not explanation.has_text:
        return ""
    return _SIGNS.sub(" ", _LINK.sub(r"\1", explanation.body))


def _part(texts: Iterable[str], name: str) -> tuple[SearchPart, ...]:
    text = "\n".join(filter(None, texts))
    return (SearchPart(text=clean(text), anchor=name),) if text.strip() else ()


def _documents(context: Context, criteria: Iterable[Criterion]) -> Iterator[SearchEntry]:
    found: dict[str | None, list[tuple[Criterion, Document]]] = {}
    for criterion in criteria:
        for document in context.dossier(criterion.id).documents:
            if document.kind is DocumentKind.LINK:
                found.setdefault(document.path, []).append((criterion, document))
            for file in document.files:
                if file.path in context.addresses.evidence:
                    found.setdefault(file.sha256, []).append((criterion, document))
    files = {file.sha256: file for file in reversed(tuple(context.files.values()))}
    for key, uses in found.items():
        yield _document(context, files[key], uses) if key in files else _link(context, uses)
    yield from _supplements(context, criteria, found)


def _supplements(
    context: Context, criteria: Iterable[Criterion], known: Iterable[str | None]
) -> Iterator[SearchEntry]:
    """Files of answers to remarks that are no documents of their criterion."""
    seen = set(known)
    for criterion in criteria:
        for supplement in context.dossier(criterion.id).supplements:
            for file in supplement.files:
                if file.path not in context.addresses.evidence or file.sha256 in seen:
                    continue
                seen.add(file.sha256)
                address = context.addresses.pages[criterion.id]
                yield _entry(
                    context,
                    file,
                    title=file.name,
                    address=f"{address}#bo-sung-{supplement.number}",
                    used=(criterion,),
                )


def _document(
    context: Context, file: EvidenceFile, uses: list[tuple[Criterion, Document]]
) -> SearchEntry:
    # Whoever described the document more fully speaks for it.
    single = [each for _, each in uses if len(each.files) == 1]
    own = next((each for _, each in uses if each.kind is not DocumentKind.REFERENCE), None)
    told = max(single, key=lambda each: (bool(each.number), bool(each.subject)), default=None)
    subject = told.subject if told else ""
    number = told.number if told else ""
    issuer = told.issuer if told else ""
    facts = context.results.processed.of(file.sha256)
    first = next((each for each, document in uses if document is own), uses[0][0])
    block = "tai-lieu"
    if own is not None and facts is not None and first.is_leaf:
        # One block shows all photos of a folder.
        block = anchor(own.files[0])
    return _entry(
        context,
        file,
        title=subject or file.name,
        address=f"{context.addresses.pages[first.id]}#{block}",
        used=_used(uses),
        names=tuple(filter(None, (file.name if subject else "", issuer))),
        numbers=(number,) if number else (),
    )


def _entry(  # noqa: PLR0913 - what a file does not say itself, by name
    context: Context,
    file: EvidenceFile,
    *,
    title: str,
    address: str,
    used: tuple[Criterion, ...],
    names: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
) -> SearchEntry:
    digest = file.sha256 or ""
    facts = context.results.processed.of(digest)
    counted = _COUNTED.get(facts.family, "") if facts else ""
    texts = context.results.processed.texts.get(digest, ())
    published = context.addresses.original(file.path)
    opens = counted == "page" and published.endswith(".pdf")
    return SearchEntry(
        kind=SearchKind.DOCUMENT,
        title=clean(title),
        address=context.addresses.documents.get(digest) or address,
        names=tuple(map(clean, names)),
        numbers=tuple(map(clean, numbers)),
        criteria=tuple(each.id for each in used),
        place=_place(context, used),
        parts=tuple(
            SearchPart(text=clean(text), page=page if counted else 0)
            for page, text in enumerate(texts, 1)
            if text.strip()
        ),
        counted=counted,
        file=published if opens else "",
        sha256=digest,
    )


def _link(context: Context, uses: list[tuple[Criterion, Document]]) -> SearchEntry:
    criterion, document = uses[0]
    address = context.addresses.pages[criterion.id]
    return SearchEntry(
        kind=SearchKind.DOCUMENT,
        title=clean(document.subject or document.title),
        address=f"{address}#tai-lieu",
        names=(clean(document.path),),
        numbers=(clean(document.number),) if document.number else (),
        criteria=tuple(each.id for each in _used(uses)),
        place=_place(context, _used(uses)),
    )


def _used(uses: Iterable[tuple[Criterion, Document]]) -> tuple[Criterion, ...]:
    """The criteria, each once."""
    return tuple({criterion.id: criterion for criterion, _ in uses}.values())


def _place(context: Context, used: tuple[Criterion, ...]) -> str:
    """The first criterion that a document proves, and how many more."""
    more = len(used) - 1
    if not more:
        return label(used[0])
    return context.word("search", "and_more", place=label(used[0]), count=more)
