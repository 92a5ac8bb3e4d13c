"""Pictures made from evidence files, and where a page shows them."""

from dataclasses import dataclass

from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import Family, FileFacts, Preview
from site_builder.rendering.addresses import relative
from site_builder.rendering.context import Context

_HASH_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture with what is said of it to those who do not see it.

    Attributes:
        full: the larger picture or the original that it leads to; "" for none.
    """

    src: str
    width: int
    height: int
    alt: str
    full: str = ""


def anchor(file: EvidenceFile) -> str:
    """The id of a file's block on the page of its criterion."""
    return f"xem-{(file.sha256 or '')[:_HASH_DIGITS]}"


def thumbnail(context: Context, address: str, file: EvidenceFile) -> Picture | None:
    """The small picture of a file; None when there is none."""
    facts = context.results.processed.of(file.sha256)
    if facts is None or facts.thumbnail is None:
        return None
    src = picture_href(context, address, facts, facts.thumbnail)
    if not src:
        return None
    large = facts.previews[0] if facts.previews else facts.public_copy
    return Picture(
        src=src,
        width=facts.thumbnail.width,
        height=facts.thumbnail.height,
        alt=file.name,
        full=picture_href(context, address, facts, large) if facts.family is Family.IMAGE else "",
    )


def picture_href(context: Context, address: str, facts: FileFacts, preview: Preview | None) -> str:
    """The link from a page to a picture; "" when there is none."""
    published = context.addresses.preview(facts, preview)
    return relative(address, published) if published else ""
