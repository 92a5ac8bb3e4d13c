"""Facts in, findings out: every check is listed here by hand, by grain."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import ModuleType

from site_builder.checks import (
    app001_approval_outdated,
    app002_other_approval,
    cri001_duplicate_id,
    cri002_clashing_id,
    cri003_id_too_long,
    cri004_field_without_criteria,
    cri005_sums_do_not_add_up,
    cri006_child_above_parent,
    cri007_leaf_without_rule,
    cri008_leaf_without_rule_text,
    cri009_impossible_maximum,
    cri010_classes_out_of_order,
    cri011_duplicate_slot,
    cri012_slot_window_reversed,
    cri013_unverified_notes,
    cri014_unmatched_known_slip,
    cri015_illustrative_without_notice,
    doc001_draft,
    doc002_number_differs,
    doc003_date_differs,
    doc004_read_date_outside_period,
    doc005_other_issuer,
    doc006_other_type,
    doc007_alike,
    evi001_required_document,
    evi003_no_explanation,
    evi005_which_slot,
    evi006_number_and_date,
    evi008_date_outside_period,
    evi009_numbers,
    evi011_duplicate_file,
    evi012_file_size,
    evi013_pointer,
    evi016_total_size,
    evi018_file_type,
    exp010_inputs_absent,
    exp011_template_untouched,
    exp012_unusable_inputs,
    exp015_figures_impossible,
    exp016_unasked_inputs,
    exp018_figure_differs,
    exp019_inputs_while_not_applicable,
    exp020_proposal,
    exp023_not_applicable,
    exp025_inputs_not_self_scored,
    exp026_improbable_day,
    exp030_entry_target,
    exp031_listed_file,
    exp032_cited_document,
    exp033_unknown_slot,
    exp034_web_address,
    exp040_body,
    exp090_answer_to_nothing,
    exp091_answer_refused,
    fil001_mislabelled,
    fil002_damaged,
    fil003_encrypted,
    fil004_blank,
    fil005_low_resolution,
    fil006_reader_lost,
    fil007_refused,
    fil008_active_content,
    fil009_macros,
    fil010_hidden_content,
    fil011_archive_members,
    fil012_kept_not_shown,
    fil013_no_text_layer,
    fil014_partly_readable,
    hos001_public_repository,
    hos002_host,
    pri001_personal_data,
    pri002_hidden_public,
    pri003_state_secret,
    pri004_metadata_public,
    pri005_not_inspected,
    pri006_internal_mark,
    rec010_result_for_unknown_leaf,
    rec011_result_above_maximum,
    rec012_result_for_self_scored_leaf,
    sig001_signature_not_whole,
    suppression,
    tim001_window,
    tim004_milestone,
    tim005_office,
    tim006_publish_early,
    tre010_folder_without_criterion,
    tre011_leaf_without_folder,
    tre012_two_folders_for_one_criterion,
    tre013_misplaced_folder,
    tre014_misnamed_folder,
    tre015_slug_far_from_title,
    tre016_stray_file,
    tre017_case_twins,
    tre018_name_not_portable,
    tre019_unicode_twins,
    tre020_path_too_long,
    tre021_name_too_long,
    tre022_noise,
    tre023_nested_too_deep,
    uni001_dates_out_of_order,
    uni002_improbable_date,
    uni003_unknown_office,
    uni004_assignment_without_criterion,
    uni005_unassigned,
    uni006_office_may_not_contribute,
    uni007_set_not_named,
    uni008_set_changed,
    uni009_unmatched_exception,
    uni010_exception_refused,
    uni011_bad_exception,
    uni012_publish_incomplete,
    uni013_period_id,
    uni014_shared_email,
    uni015_role_without_office,
    uni016_duplicate_round,
    uni017_bad_email,
    ver001_other_unit,
    ver002_unknown_round,
    ver003_unknown_leaf,
    ver004_verdict_above_maximum,
    ver005_verdict_without_reason,
    ver006_verdict_twice,
    ver007_stale_verdict,
    ver008_open_verdict,
    ver009_bad_settlement,
    ver010_mixed_sheet,
)
from site_builder.checks.protocols import (
    AnswerCheck,
    ContentCheck,
    DossierCheck,
    Facts,
    FileCheck,
    SnapshotCheck,
)
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import Role

SNAPSHOT_CHECKS: tuple[SnapshotCheck, ...] = (
    cri001_duplicate_id,
    cri002_clashing_id,
    cri003_id_too_long,
    cri004_field_without_criteria,
    cri005_sums_do_not_add_up,
    cri006_child_above_parent,
    cri007_leaf_without_rule,
    cri008_leaf_without_rule_text,
    cri009_impossible_maximum,
    cri010_classes_out_of_order,
    cri011_duplicate_slot,
    cri012_slot_window_reversed,
    cri013_unverified_notes,
    cri015_illustrative_without_notice,
    uni001_dates_out_of_order,
    uni002_improbable_date,
    uni003_unknown_office,
    uni004_assignment_without_criterion,
    uni005_unassigned,
    uni006_office_may_not_contribute,
    uni007_set_not_named,
    uni008_set_changed,
    uni011_bad_exception,
    uni012_publish_incomplete,
    uni013_period_id,
    uni014_shared_email,
    uni015_role_without_office,
    uni016_duplicate_round,
    uni017_bad_email,
    tre010_folder_without_criterion,
    tre011_leaf_without_folder,
    tre012_two_folders_for_one_criterion,
    tre013_misplaced_folder,
    tre014_misnamed_folder,
    tre015_slug_far_from_title,
    tre016_stray_file,
    tre017_case_twins,
    tre018_name_not_portable,
    tre019_unicode_twins,
    tre020_path_too_long,
    tre021_name_too_long,
    tre022_noise,
    rec010_result_for_unknown_leaf,
    rec011_result_above_maximum,
    rec012_result_for_self_scored_leaf,
    app001_approval_outdated,
    app002_other_approval,
    ver001_other_unit,
    ver002_unknown_round,
    ver003_unknown_leaf,
    ver004_verdict_above_maximum,
    ver005_verdict_without_reason,
    ver006_verdict_twice,
    ver007_stale_verdict,
    ver008_open_verdict,
    ver009_bad_settlement,
    ver010_mixed_sheet,
    exp018_figure_differs,
    exp032_cited_document,
    evi009_numbers,
    evi016_total_size,
    fil013_no_text_layer,
    doc007_alike,
    pri004_metadata_public,
    hos001_public_repository,
    hos002_host,
    tim001_window,
    tim004_milestone,
    tim005_office,
    tim006_publish_early,
)

DOSSIER_CHECKS: tuple[DossierCheck, ...] = (
    tre023_nested_too_deep,
    exp010_inputs_absent,
    exp011_template_untouched,
    exp012_unusable_inputs,
    exp015_figures_impossible,
    exp016_unasked_inputs,
    exp019_inputs_while_not_applicable,
    exp020_proposal,
    exp023_not_applicable,
    exp025_inputs_not_self_scored,
    exp026_improbable_day,
    exp030_entry_target,
    exp031_listed_file,
    exp033_unknown_slot,
    exp034_web_address,
    exp040_body,
    evi001_required_document,
    evi003_no_explanation,
    evi005_which_slot,
    evi006_number_and_date,
    evi008_date_outside_period,
    evi011_duplicate_file,
    doc001_draft,
    doc002_number_differs,
    doc003_date_differs,
    doc004_read_date_outside_period,
    doc005_other_issuer,
    doc006_other_type,
)

FILE_CHECKS: tuple[FileCheck, ...] = (
    evi012_file_size,
    evi013_pointer,
    evi018_file_type,
)

# Of files that were read.
CONTENT_CHECKS: tuple[ContentCheck, ...] = (
    fil001_mislabelled,
    fil002_damaged,
    fil003_encrypted,
    fil004_blank,
    fil005_low_resolution,
    fil006_reader_lost,
    fil007_refused,
    fil008_active_content,
    fil009_macros,
    fil010_hidden_content,
    fil011_archive_members,
    fil012_kept_not_shown,
    fil014_partly_readable,
    pri001_personal_data,
    pri002_hidden_public,
    pri003_state_secret,
    pri005_not_inspected,
    pri006_internal_mark,
    sig001_signature_not_whole,
)

# After exceptions and answers were applied.
ANSWER_CHECKS: tuple[AnswerCheck, ...] = (
    cri014_unmatched_known_slip,
    uni009_unmatched_exception,
    uni010_exception_refused,
    exp090_answer_to_nothing,
    exp091_answer_refused,
)


def run(facts: Facts) -> tuple[Finding, ...]:
    """Everything there is to say about the content, the suppressed findings marked.

    Each finding once (by id), with the office that answers for it, in the order: severity,
    criterion as printed in the set, path, line, code.
    """
    once = _once((*facts.loaded, *_judge(facts)))
    answered = suppression.apply(once, facts.snapshot)
    late = (finding for check in ANSWER_CHECKS for finding in check.run(answered, facts))
    offices = _Offices(facts.snapshot)
    return _sorted(map(offices.fill, _once((*answered.findings, *late))), facts.snapshot)


def check_constants() -> tuple[Check, ...]:
    """Every check that this stage can report, in the order of the tuples above."""
    return tuple(check for module in check_modules() for check in constants_of(module))


def check_modules() -> tuple[ModuleType, ...]:
    """Every check's module, whatever its grain."""
    grains = (
        *SNAPSHOT_CHECKS,
        *DOSSIER_CHECKS,
        *FILE_CHECKS,
        *CONTENT_CHECKS,
        *ANSWER_CHECKS,
    )
    return tuple(module for module in grains if isinstance(module, ModuleType))


def constants_of(module: ModuleType) -> tuple[Check, ...]:
    """What a check's module can report: its ``CHECKS``, or its one ``CHECK``."""
    several: tuple[Check, ...] | None = getattr(module, "CHECKS", None)
    return (module.CHECK,) if several is None else several


def _judge(facts: Facts) -> Iterator[Finding]:
    dossiers = tuple(facts.snapshot.dossiers.values())
    files = tuple((file, dossier) for dossier in dossiers for file in _files(dossier))
    read = tuple(
        (known, file, dossier)
        for file, dossier in files
        if (known := facts.processed.of(file.sha256)) is not None
    )
    # Each check goes through the repository on its own: to look up what to call for every file
    # and check anew was a tenth of the time.
    for check in SNAPSHOT_CHECKS:
        yield from check.run(facts)
    for check_dossier in DOSSIER_CHECKS:
        judge_dossier = check_dossier.run
        for dossier in dossiers:
            yield from judge_dossier(dossier, facts)
    for check_file in FILE_CHECKS:
        judge_file = check_file.run
        for file, dossier in files:
            yield from judge_file(file, dossier, facts)
    for check_content in CONTENT_CHECKS:
        judge_content = check_content.run
        for known, file, dossier in read:
            yield from judge_content(known, file, dossier, facts)


def _files(dossier: Dossier) -> tuple[EvidenceFile, ...]:
    """Files of a criterion and of its supplements."""
    if not dossier.supplements:
        return dossier.files
    added = (file for supplement in dossier.supplements for file in supplement.files)
    return (*dossier.files, *added)


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    found: dict[str, Finding] = {}
    for finding in findings:
        found.setdefault(finding.id, finding)
    return tuple(found.values())


class _Offices:
    """Who answers for a finding: the office of its criterion, else the coordinator."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._dossiers = snapshot.dossiers
        offices = snapshot.unit.offices.values() if snapshot.unit else ()
        self._coordinator = next(
            (office.key for office in offices if office.role is Role.COORDINATOR), None
        )

    def fill(self, finding: Finding) -> Finding:
        if finding.office is not None:
            return finding
        office = self._of(finding)
        return finding if office is None else replace(finding, office=office)

    def _of(self, finding: Finding) -> str | None:
        # The issued set and the commune's own file are nobody's leaf, whatever leaf a line of
        # them is about; the officer of that leaf cannot mend them.
        if finding.criterion is None or not finding.location.path.startswith("evidence"):
            return self._coordinator
        dossier = self._dossiers.get(finding.criterion)
        return self._coordinator if dossier is None else dossier.responsible


def _sorted(findings: Iterable[Finding], snapshot: Snapshot) -> tuple[Finding, ...]:
    order = snapshot.criteria.order if snapshot.criteria else {}
    last = len(order)

    def key(finding: Finding) -> tuple[int, int, str, int, str, str]:
        criterion = finding.criterion
        return (
            -finding.check.severity,
            -1 if criterion is None else order.get(criterion, last),
            finding.location.path,
            finding.location.line or 0,
            finding.check.code,
            finding.subject,
        )

    return tuple(sorted(findings, key=key))
