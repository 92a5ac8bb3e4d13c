"""What changed since an earlier state: finds that state, loads and scores it, compares.

A second, smaller flow beside ``pipeline``. Of the earlier state nothing is rendered and nothing
judged; its files are read only to know whose names must not be told.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from site_builder import comparing, loading, pipeline, processing, scoring
from site_builder.checks.protocols import Facts
from site_builder.comparing.differences import by_digests
from site_builder.comparing.references import Reference, References, approval_point
from site_builder.git import Git
from site_builder.model.approval import misfits
from site_builder.model.change import (
    NOT_COMPARED,
    Changes,
    LeafState,
    Point,
    State,
    WhyNot,
)
from site_builder.model.digest import digests
from site_builder.model.processed import Processed
from site_builder.model.publishable import is_secret
from site_builder.model.results import Edition
from site_builder.model.snapshot import Approval

# A commit never changes, and ``serve`` asks for the same one with every saved file.
_KNOWN: dict[tuple[str, str], State] = {}
_MOST_KNOWN = 4


class UnknownStateError(Exception):
    """Nothing goes by the name that was asked for; the name is the text."""


def changes(
    request: pipeline.Request,
    facts: Facts,
    store: processing.Store,
    edition: Edition,
    *,
    since: str = "",
) -> Changes:
    """What became of each leaf since an earlier state.

    Args:
        request: what the run works on.
        facts: of the content as it is.
        store: what was read out of files, the earlier ones' too.
        edition: who will read it; without ``since`` the working edition goes by the approval,
            else the last submission, the assessor's by the submission before this one.
        since: a commit, a tag or a closed period; "" for the usual one.

    Raises:
        UnknownStateError: ``since`` names nothing.
    """
    if edition is Edition.PUBLIC or facts.snapshot.criteria is None:
        return NOT_COMPARED
    asked = _Asked(request, facts, store)
    if since:
        return asked.since(since)
    if not facts.snapshot.revision.inside_git:
        return replace(NOT_COMPARED, why_not=WhyNot.NO_GIT)
    if edition is Edition.ASSESSOR:
        return asked.since_submission()
    return asked.since_approval()


def submission(request: pipeline.Request, facts: Facts) -> str:
    """The tag ``nop/...`` that holds exactly this content; "" for none."""
    revision = facts.snapshot.revision
    if not revision.commit or revision.dirty:
        return ""
    references = References(Git(request.root, request.environment))
    return next(
        (
            each.point.name
            for each in references.submissions()
            if each.commit == revision.commit
        ),
        "",
    )  # fmt: skip


def state_now(facts: Facts, point: Point | None = None) -> State:
    """The content as it is, as far as anybody may be told of it."""
    revision = facts.snapshot.revision
    here = Point(commit="" if revision.dirty else revision.commit, at=revision.at)
    return comparing.state_of(
        facts.snapshot,
        facts.rules,
        facts.sheet,
        facts.digests,
        point=point or here,
        untold=_secret(facts.processed),
    )


class _Asked:
    """One question, and what answers it."""

    def __init__(self, request: pipeline.Request, facts: Facts, store: processing.Store) -> None:
        self._request = request
        self._facts = facts
        self._store = store
        self._git = Git(request.root, request.environment)
        self._references = References(self._git)
        self._now = state_now(facts)

    def since(self, name: str) -> Changes:
        year = comparing.read_year(self._request.root, name)
        if year is not None:
            return comparing.compare(year, self._now)
        reference = self._references.named(name)
        if reference is None:
            raise UnknownStateError(name)
        return self._against(reference)

    def since_approval(self) -> Changes:
        approval = self._facts.snapshot.approval
        if approval is not None and not misfits(self._facts.snapshot):
            return self._approved(approval)
        return self._first(self._references.submissions(), WhyNot.NO_POINT)

    def since_submission(self) -> Changes:
        revision = self._facts.snapshot.revision
        submitted = tuple(self._references.submissions())
        here = [each for each in submitted if each.commit == revision.commit]
        if revision.dirty or not here:
            return replace(NOT_COMPARED, why_not=WhyNot.NO_SUBMISSION)
        earlier = (each for each in submitted if each.commit != revision.commit)
        return self._first(earlier, WhyNot.NO_EARLIER)

    def _first(self, references: Iterable[Reference], nothing: WhyNot) -> Changes:
        for reference in references:
            found = self._against(reference)
            # A submission of another year says nothing of this one unless somebody asks.
            return found if found.same_period else replace(NOT_COMPARED, why_not=nothing)
        return replace(NOT_COMPARED, why_not=nothing)

    def _approved(self, approval: Approval) -> Changes:
        for reference in self._references.approvals(approval):
            try:
                state = self._state(reference)
            except comparing.ExportRefusedError:
                continue
            if state.digest == approval.digest:
                return comparing.compare(replace(state, point=reference.point), self._now)
        known = State(
            point=approval_point(approval),
            period=self._now.period,
            leaves={
                id_: LeafState(title="", digest=digest) for id_, digest in approval.leaves.items()
            },
        )
        return by_digests(known, self._now)

    def _against(self, reference: Reference) -> Changes:
        try:
            state = self._state(reference)
        except comparing.ExportRefusedError as refused:
            why = WhyNot(str(refused))
            return replace(NOT_COMPARED, why_not=why)
        if not state.leaves:
            return replace(NOT_COMPARED, why_not=WhyNot.UNREADABLE)
        return comparing.compare(replace(state, point=reference.point), self._now)

    def _state(self, reference: Reference) -> State:
        key = (str(self._request.root.resolve()), reference.commit)
        known = _KNOWN.get(key)
        if known is None:
            with comparing.exported(self._git, reference.commit) as folder:
                known = self._load(folder, reference.point)
            if len(_KNOWN) >= _MOST_KNOWN:
                _KNOWN.clear()
            _KNOWN[key] = known
        return known

    def _load(self, folder: Path, point: Point) -> State:
        snapshot, _ = loading.load(
            folder,
            hash_all=True,
            authors=False,
            environment=self._request.environment,
        )
        rules, _ = scoring.bind(snapshot.criteria) if snapshot.criteria else ({}, ())
        request = replace(self._request, root=folder, pictures=False, on_progress=None)
        processed = pipeline.read_files(snapshot, request, self._store)
        return comparing.state_of(
            snapshot,
            rules,
            scoring.score(snapshot, rules),
            digests(snapshot),
            point=point,
            untold=_secret(processed),
        )


def _secret(processed: Processed) -> frozenset[str]:
    """Files whose very names must not be told."""
    return frozenset(sha256 for sha256, facts in processed.facts.items() if is_secret(facts))
