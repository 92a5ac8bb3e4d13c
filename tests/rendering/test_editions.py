"""What an edition must not show is in no byte of it.

Every text of a rich commune gets a mark of its own. A field that somebody adds to the model is
planted too, so it is forbidden in the public edition until this list says otherwise.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from site_builder.model.editions import for_edition
from site_builder.model.finding import Check, Suppression
from site_builder.model.processed import SecrecyMark
from site_builder.model.results import Edition, Results
from site_builder.model.score import Step
from site_builder.model.site import Site
from tests.rendering import builders

_MARK = re.compile(r"zq(\d+)q")
# Ids, codes and hashes that other tables are looked up by.
_KEPT = re.compile(r"[0-9a-f]{40,64}\Z|\Z")


class Planter:
    """Gives every text its mark, the same one wherever the text stands."""

    def __init__(self) -> None:
        self.marks: dict[str, str] = {}

    def plant(self, value: Any) -> Any:
        if isinstance(value, str):
            return value if type(value) is not str or _KEPT.match(value) else self.mark(value)
        if isinstance(value, tuple):
            return tuple(self.plant(item) for item in value)
        if isinstance(value, Mapping):
            return {self.plant(key): self.plant(item) for key, item in value.items()}
        if (
            isinstance(value, Check | builders.GivenRule)
            or not dataclasses.is_dataclass(value)
            or isinstance(value, type)
        ):
            return value
        fields = {
            field.name: getattr(value, field.name)
            for field in dataclasses.fields(value)
            if field.init
        }
        planted = {name: self._field(value, name, item) for name, item in fields.items()}
        return dataclasses.replace(value, **planted)

    def _field(self, value: Any, name: str, item: Any) -> Any:
        if name == "params":
            # Their names are those of the catalogue's sentences.
            return {key: self.plant(param) for key, param in item.items()}
        key = (Step, "key"), (Suppression, "source")
        return item if (type(value), name) in key else self.plant(item)

    def mark(self, text: str) -> str:
        mark = self.marks.setdefault(text, f"zq{len(self.marks)}q")
        stem, dot, suffix = text.rpartition(".")
        # An extension stays one, and so does what a document is addressed by.
        return f"{stem}{mark}.{suffix}" if dot and suffix.isalpha() else f"{text}{mark}"


def bytes_of(site: Site) -> bytes:
    return repr((site.pages, site.nav, site.home, site.config, site.assets)).encode() + b"".join(
        f"{copy.address} {copy.download_name}".encode() for copy in site.evidence
    )


def planted() -> tuple[Results, dict[str, str]]:
    results = builders.rich()
    planter = Planter()
    snapshot = planter.plant(results.snapshot)
    made = dataclasses.replace(
        results,
        snapshot=snapshot,
        sheet=planter.plant(results.sheet),
        findings=planter.plant(results.findings),
        rules={planter.mark(id_): rule for id_, rule in results.rules.items()},  # type: ignore[attr-defined]
    )
    return made, planter.marks


def shown_in(results: Results, marks: Mapping[str, str], edition: Edition) -> set[str]:
    """The original texts whose marks are somewhere in the edition."""
    site = builders.site(for_edition(results, edition), repo_url="https://git.example/x/y")
    found = {f"zq{number}q" for number in _MARK.findall(bytes_of(site).decode())}
    return {text for text, mark in marks.items() if mark in found}


def texts_in(value: Any) -> Iterator[str]:
    if type(value) is str:
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_in(key)
            yield from texts_in(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_in(getattr(value, field.name))


def public_texts(results: Results) -> set[str]:
    """The set and the unit's name; of documents, what is marked public."""
    criteria, unit = results.snapshot.criteria, results.snapshot.unit
    assert criteria is not None
    assert unit is not None
    period = unit.period
    rounds = {text for each in period.rounds for text in (each.id, each.title)}
    return {
        *texts_in(criteria),
        unit.name,
        unit.parent,
        period.id,
        *rounds,
        *("03/KH", "Issuer", "Subject", "trang 3", "plan.pdf", "evidence/1.1/plan.pdf"),
    }


def test_the_public_edition_holds_nothing_that_is_not_marked_public() -> None:
    results, marks = planted()
    shown = shown_in(results, marks, Edition.PUBLIC)
    assert shown - public_texts(builders.rich()) == set()
    assert {"Commune", "Rule text", "03/KH", "Subject"} <= shown


def test_marks_of_internal_texts_do_show_in_the_working_edition() -> None:
    results, marks = planted()
    shown = shown_in(results, marks, Edition.WORKING)
    internal = {"Office", "Other office", "Reply", "Good reason", "7/TB", "evidence/1.1", "Gather"}
    assert internal <= shown
    assert "Author" not in shown
    assert "a@b.example" not in shown


def test_the_assessor_sees_reasons_and_documents_but_not_the_kitchen() -> None:
    results, marks = planted()
    shown = shown_in(results, marks, Edition.ASSESSOR)
    assert {"Office", "Reply", "Good reason", "7/TB", "03/KH"} <= shown
    assert not {"Author", "a@b.example", "T", "V", "Gather", "days-left"} & shown


def test_an_explanation_marked_public_shows_and_brings_its_steps() -> None:
    results = builders.rich()
    dossiers = dict(results.snapshot.dossiers)
    explanation = dossiers["1.1"].explanation
    assert explanation is not None
    dossiers["1.1"] = dataclasses.replace(
        dossiers["1.1"], explanation=dataclasses.replace(explanation, public=True)
    )
    results = dataclasses.replace(
        results, snapshot=dataclasses.replace(results.snapshot, dossiers=dossiers)
    )
    site = builders.site(for_edition(results, Edition.PUBLIC))
    text = builders.text_of(site, "2023/tc/1.1.md")
    assert "Because" in text
    assert "sb-steps" in text
    assert 'href="1.1/plan-' in text
    hidden = builders.site(for_edition(builders.rich(), Edition.PUBLIC))
    assert "sb-steps" not in builders.text_of(hidden, "2023/tc/1.1.md")


def test_a_reference_does_not_make_another_leaf_s_file_public() -> None:
    results = builders.rich()
    dossiers = dict(results.snapshot.dossiers)
    plan, *others = dossiers["1.1"].documents
    reference, *more = dossiers["1.2"].documents
    assert plan.listing is not None
    assert reference.listing is not None
    closed = dataclasses.replace(plan, listing=dataclasses.replace(plan.listing, public=False))
    opened = dataclasses.replace(
        reference, listing=dataclasses.replace(reference.listing, public=True)
    )
    dossiers["1.1"] = dataclasses.replace(dossiers["1.1"], documents=(closed, *others))
    dossiers["1.2"] = dataclasses.replace(dossiers["1.2"], documents=(opened, *more))
    results = dataclasses.replace(
        results, snapshot=dataclasses.replace(results.snapshot, dossiers=dossiers)
    )
    site = builders.site(for_edition(results, Edition.PUBLIC))
    assert site.evidence == ()


@pytest.mark.parametrize("edition", list(Edition))
def test_an_edition_is_marked_as_what_it_is(edition: Edition) -> None:
    results = for_edition(builders.rich(), edition)
    assert results.edition is edition
    badges = {
        Edition.WORKING: builders.texts().text("pages", "edition", "working"),
        Edition.ASSESSOR: builders.texts().text("pages", "edition", "preview"),
    }
    for page in builders.site(results).pages:
        for kind, badge in badges.items():
            assert (badge in page.text) is (kind is edition), page.path
        assert "Illustrative only" in page.text, page.path


def test_an_assessor_s_edition_from_a_submission_names_it() -> None:
    results = for_edition(builders.rich(), Edition.ASSESSOR)
    for page in builders.site(results, tag="nop/dot-1").pages:
        assert builders.texts().text("pages", "edition", "preview") not in page.text
        assert "nop/dot-1" in page.text


@pytest.mark.parametrize("edition", list(Edition))
def test_a_supplement_cites_no_state_secret(edition: Edition) -> None:
    results = builders.rich()
    (supplement,) = results.snapshot.dossiers["1.1"].supplements
    (cited,) = supplement.cited
    assert supplement.explanation is not None
    supplement = dataclasses.replace(
        supplement, explanation=dataclasses.replace(supplement.explanation, public=True)
    )
    dossiers = {
        **results.snapshot.dossiers,
        "1.1": dataclasses.replace(results.snapshot.dossiers["1.1"], supplements=(supplement,)),
    }
    results = dataclasses.replace(
        results,
        snapshot=dataclasses.replace(results.snapshot, dossiers=dossiers),
        processed=builders.processed(cited.files[0], secrecy=SecrecyMark(level="secret")),
    )
    shown = for_edition(results, edition).snapshot.dossiers["1.1"].supplements
    assert [each.cited for each in shown] == [()]
