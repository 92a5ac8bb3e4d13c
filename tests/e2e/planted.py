"""A commune whose every corner holds a word of its own, so that a leak tells where it comes from.

Three kinds of words: what no public page may show, what is public (so that the eyes are known to
be open), and what belongs to a state secret.
"""

import dataclasses
import hashlib
import io
import json
import os
import random
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pillow_heif
import xlsxwriter
from docx import Document
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.e2e.conftest import COMMIT, copy_of
from tests.processing.makers import images, office, pdf

_CONSONANTS = "bcdfghjkmnpqrstvwxz"
_VOWELS = "\u1ebf\u1eef\u1ee3\u1ea1\u0111\u1ed9"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The structure is valid; nobody has the numbers.
CITIZEN_ID = "001090012345"
EXCEPTED_ID = "001090054321"
_EXCEPTED = "ngoai-le.docx"
_STAMP = "M\u1eacT"


@dataclass
class Words:
    """Words of one kind: two halves that every word has, and a code of its own between them."""

    seed: int
    places: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        made = random.Random(self.seed)  # noqa: S311 - no secret
        self.plain = "zq" + "".join(made.choice(_CONSONANTS) for _ in range(6))
        self.marked = "".join(made.choice(_CONSONANTS) + made.choice(_VOWELS) for _ in range(5))

    def __call__(self, place: str) -> str:
        """The word for a place; "-" does not occur in it."""
        return self.ascii(place) + self.marked

    def ascii(self, place: str) -> str:
        """The same for places that take only letters of the English alphabet."""
        number = list(self.places).index(place) if place in self.places else len(self.places)
        code = _LETTERS[number // len(_LETTERS)] + _LETTERS[number % len(_LETTERS)]
        self.places[place] = code
        return self.plain + code

    @property
    def halves(self) -> tuple[str, str]:
        return self.plain, self.marked


# --- files


def pdf_file(words: Words, *, notes: bool) -> bytes:
    """An official document; words in its text, its properties, its outline, its packet.

    Args:
        words: of the file.
        notes: also attachments and comments, which keep a file from the public.
    """

    def edit(made: pikepdf.Pdf) -> None:
        made.docinfo["/Title"] = words("pdf title")
        made.docinfo["/Author"] = words("pdf author")
        made.docinfo["/Keywords"] = words("pdf keywords")
        packet = (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/'
            '22-rdf-syntax-ns#"><rdf:Description xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/">'
            f"<pdfx:Source>{words('pdf xmp')}</pdfx:Source></rdf:Description></rdf:RDF></x:xmpmeta>"
        )
        made.Root.Metadata = made.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
        with made.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(words("pdf bookmark"), 0))
        if notes:
            attached = pikepdf.AttachedFileSpec(
                made, words("pdf attachment").encode(), filename=words("pdf attachment name")
            )
            made.attachments[words("pdf attachment key")] = attached
            note = Dictionary(
                Type=Name.Annot,
                Subtype=Name.Text,
                Contents=String(words("pdf comment")),
                T=String(words("pdf comment author")),
                Rect=Array([10, 10, 40, 40]),
            )
            made.pages[0].obj.Annots = Array([made.make_indirect(note)])

    sample = dataclasses.replace(
        pdf.SAMPLE,
        subject=words("pdf subject"),
        issuer=words("pdf issuer"),
        signer=words("pdf signer"),
        body=(words("pdf text"),),
        number="731",
        symbol=words.ascii("pdf symbol").upper(),
    )
    return pdf.edited(pdf.official(sample), edit)


def docx_file(words: Words, *, notes: bool, stamp: str = "", body: str = "") -> bytes:
    """A text; words in paragraphs, tables, headers and properties; tracked changes as notes."""
    document = Document()
    properties = document.core_properties
    for name in ("author", "title", "subject", "keywords", "comments", "category"):
        setattr(properties, name, words(f"docx {name}"))
    properties.last_modified_by = words("docx changed by")
    document.sections[0].header.paragraphs[0].text = words("docx header")
    if stamp:
        document.add_paragraph(stamp)
    document.add_heading(words("docx heading"), level=1)
    document.add_paragraph(f"{words('docx text')} {body}")
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = words("docx table")
    out = io.BytesIO()
    document.save(out)
    data = out.getvalue()
    if not notes:
        return data
    text = office.parts_of(data)["word/document.xml"]
    assert isinstance(text, bytes)
    tracked = (
        f'<w:p><w:del w:id="1" w:author="{words("docx reviewer")}"><w:r><w:delText>'
        f"{words('docx deleted')}</w:delText></w:r></w:del>"
        f'<w:ins w:id="2" w:author="x"><w:r><w:t>{words("docx inserted")}</w:t></w:r></w:ins></w:p>'
    )
    comments = (
        f'<w:comments xmlns:w="{_WORD}"><w:comment w:id="0" w:author="{words("docx commenter")}">'
        f"<w:p><w:r><w:t>{words('docx comment')}</w:t></w:r></w:p></w:comment></w:comments>"
    )
    return office.with_parts(
        data,
        {
            "word/document.xml": text.replace(b"</w:body>", tracked.encode() + b"</w:body>", 1),
            "word/comments.xml": comments,
            "word/media/image1.jpg": jpeg_file(words),
        },
    )


def xlsx_file(words: Words, *, notes: bool) -> bytes:
    """A workbook; words in cells, names of sheets and ranges; hidden sheets as notes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": words("xlsx title"), "author": words("xlsx author")})
    sheet = book.add_worksheet(words("xlsx sheet"))
    sheet.write(0, 0, words("xlsx cell"))
    sheet.write(1, 0, words("xlsx second cell"))
    sheet.write(1, 1, 5)
    if notes:
        book.define_name(words.ascii("xlsx range"), "=$A$1")
        sheet.write_comment(0, 0, words("xlsx comment"), {"author": words("xlsx commenter")})
        for name, hide in (("hidden", "hide"), ("very hidden", "very_hidden")):
            hidden = book.add_worksheet(words(f"xlsx {name} sheet"))
            hidden.write(0, 0, words(f"xlsx {name} cell"))
            getattr(hidden, hide)()
    book.close()
    return out.getvalue()


def _exif(words: Words) -> Image.Exif:
    made = images.exif(orientation=6)
    made[0x010E] = words.ascii("exif description")
    made[0x013B] = words.ascii("exif artist")
    made[0x8298] = words.ascii("exif copyright")
    return made


def _xmp(words: Words) -> bytes:
    return images.XMP.replace(b"CANARY-XMP", words("xmp creator").encode())


def jpeg_file(words: Words) -> bytes:
    return images.saved(
        _noise(words),
        "JPEG",
        exif=_exif(words),
        xmp=_xmp(words),
        comment=words("jpeg comment").encode(),
    )


def _noise(words: Words) -> Image.Image:
    """A picture that only these words have."""
    made = random.Random(words.seed + len(words.places))  # noqa: S311 - no secret
    return images.scene(640, 480).rotate(made.randrange(360))


def png_file(words: Words) -> bytes:
    told = PngInfo()
    told.add_text("Author", words("png text"))
    told.add_text("Comment", words("png packed text"), zip=True)
    told.add_itxt("Description", words("png international text"))
    return images.saved(_noise(words), "PNG", pnginfo=told, exif=_exif(words))


def webp_file(words: Words) -> bytes:
    return images.saved(_noise(words), "WEBP", exif=_exif(words), xmp=_xmp(words))


def heic_file(words: Words) -> bytes:
    pillow_heif.register_heif_opener()
    return images.saved(_noise(words), "HEIF", exif=_exif(words), xmp=_xmp(words))


def zip_file(words: Words) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = words("zip comment").encode()
        archive.writestr(f"{words('zip folder')}/{words('zip member')}.txt", words("zip content"))
    return out.getvalue()


def svg_file(words: Words) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        f"<title>{words('svg title')}</title><text>{words('svg text')}</text>"
        f"<script>{words('svg script')}</script></svg>"
    ).encode()


def html_file(words: Words) -> bytes:
    return f"<!doctype html><title>{words('html title')}</title><p>{words('html text')}".encode()


def csv_file(words: Words) -> bytes:
    return f"a,b\n{words('csv cell')},1\n".encode()


def txt_file(words: Words) -> bytes:
    return f"{words('txt text')}\n".encode()


def unknown_file(words: Words) -> bytes:
    return b"\0\1\2\3" + words("binary").encode()


_PHOTOS: Mapping[str, Callable[[Words], bytes]] = {
    "jpg": jpeg_file,
    "png": png_file,
    "webp": webp_file,
    "heic": heic_file,
}
_OTHERS: Mapping[str, Callable[[Words], bytes]] = {
    "svg": svg_file,
    "html": html_file,
    "csv": csv_file,
    "txt": txt_file,
}


def files(words: Words, *, notes: bool, photos: Words | None = None) -> dict[str, bytes]:
    """One file of every kind by name; the names hold words too.

    Args:
        words: of the files.
        notes: also what keeps a file from the public.
        photos: other words for what stands inside pictures.
    """
    made = {
        "pdf": pdf_file(words, notes=notes),
        "docx": docx_file(words, notes=notes),
        "xlsx": xlsx_file(words, notes=notes),
        **{kind: make(photos or words) for kind, make in _PHOTOS.items()},
        **{kind: make(words) for kind, make in _OTHERS.items()},
    }
    if notes:
        made |= {"zip": zip_file(words), "bin": unknown_file(words)}
    return {f"{words(f'name of {kind}')} {kind}.{kind}": data for kind, data in made.items()}


# --- the commune


@dataclass(frozen=True)
class Planted:
    """What lies where.

    Attributes:
        hidden: words that are not public.
        shown: words that are public.
        secret: words of state secrets.
        photos: words that only photos hold of which a copy is public.
        kitchen: words that the assessors do not get either.
        contents: bytes of what is not public, by name.
    """

    root: Path
    hidden: Words
    shown: Words
    secret: Words
    photos: Words
    kitchen: Words
    contents: Mapping[str, bytes]
    secrets: Mapping[str, bytes]


def plant(base: Path, seed: int) -> Planted:
    """A commune of three leaves, in a repository of its own with a history."""
    hidden, shown, secret, photos, kitchen = (Words(seed + n) for n in range(5))
    root = copy_of("nho", base / kitchen.ascii("folder"))
    evidence = root / "evidence" / "1-cai-cach-hanh-chinh"
    public_leaf = evidence / "1.1-chi-dao-dieu-hanh" / "1.1.1-thoi-han-ban-hanh-ke-hoach"
    private_leaf = evidence / "1.1-chi-dao-dieu-hanh" / "1.1.2-muc-do-hoan-thanh-ke-hoach"
    contents = _private(private_leaf, hidden) | _public(public_leaf, hidden, shown, photos)
    # The same bytes where nobody answered for them: their name stays inside, and only that.
    twin = private_leaf / f"{hidden('name of an excepted twin')}.docx"
    twin.write_bytes((public_leaf / _EXCEPTED).read_bytes())
    secrets = _secret(private_leaf, public_leaf, secret)
    _records(root, hidden, kitchen)
    _history(root, kitchen)
    return Planted(root, hidden, shown, secret, photos, kitchen, contents, secrets)


def _put(folder: Path, made: Mapping[str, bytes]) -> dict[str, bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return dict(made)


def _listed(name: str, words: Words | None = None, *, public: bool = False, place: str = "") -> str:
    """An entry of the explanation; every field has a word."""
    fields: dict[str, object] = {"tep": name}
    if words is not None:
        fields |= {
            "so": f"{words.ascii(f'{place} number').upper()}/KH",
            "ngay": "10/01/2024",
            "co_quan": words(f"{place} issuer"),
            "trich_yeu": words(f"{place} subject"),
            "vi_tri": words(f"{place} place"),
        }
    if public:
        fields["cong_khai"] = True
    return "  - " + json.dumps(fields, ensure_ascii=False) + "\n"


def _private(leaf: Path, hidden: Words) -> dict[str, bytes]:
    """A leaf of which one file alone is public; its explanation is not."""
    contents = _put(leaf, files(hidden, notes=True))
    first, *_ = contents
    text = (
        f"---\n# {hidden('comment in the declarations')}\n"
        "so_lieu: {da-hoan-thanh: 9, theo-ke-hoach: 10}\n"
        f"de_nghi: {{diem: 3, ly_do: {hidden('proposal')}}}\n"
        f"bo_qua: {{EVI009: {hidden('answer')}}}\n"
        "tai_lieu:\n"
        + _listed(first, hidden, place="private document")
        + '  - {lien_ket: "https://x.example/'
        + f'{hidden.ascii("private link")}", trich_yeu: {hidden("subject of a private link")}}}\n'
        + f"---\n{hidden('private explanation')}\n\n# {hidden('private heading')}\n\n"
        f"![{hidden('alternative text')}](anh-hop.jpg) [{hidden('link text')}](anh-hop.jpg)\n"
    )
    (leaf / "giai-trinh.md").write_text(text, "utf-8")
    supplement = leaf / "bo-sung-1"
    contents |= _put(supplement, {f"{hidden('name in a supplement')}.txt": txt_file(hidden)})
    supplement.joinpath("giai-trinh.md").write_text(
        f"---\ntra_loi: {hidden('reply')}\n---\n{hidden('supplement')}\n", "utf-8"
    )
    return contents


def _public(leaf: Path, hidden: Words, shown: Words, photos: Words) -> dict[str, bytes]:
    """A leaf whose explanation is public, with files that are and files that are not."""
    # What stands in photos must not be published, though the photos are.
    published = files(shown, notes=False, photos=photos)
    blocked = {
        f"{hidden('name of blocked text')}.docx": docx_file(
            hidden, notes=False, body=f"CCCD: {CITIZEN_ID}"
        ),
        f"{hidden('name of blocked table')}.xlsx": xlsx_file(hidden, notes=True),
        f"{hidden('name of locked paper')}.pdf": pdf.encrypted(pdf_file(hidden, notes=False)),
        f"{hidden('name of damaged paper')}.pdf": pdf_file(hidden, notes=False)[:900],
        f"{hidden('name of an archive')}.zip": zip_file(hidden),
        f"{hidden('name of unknown archive')}.rar": b"Rar!\x1a\x07\x01\0" + txt_file(hidden),
    }
    # Somebody answers for it.
    published[_EXCEPTED] = docx_file(shown, notes=False, body=f"CCCD: {EXCEPTED_ID}")
    _put(leaf, published)
    beside = {
        f"{hidden('name beside')}.txt": txt_file(hidden),
        f"{hidden('name of listed')}.csv": csv_file(hidden),
        (unlisted := f"{hidden('name of a picture')}.jpg"): jpeg_file(hidden),
        # Equal to something public, under a name that is not.
        f"{hidden('name of a twin')}.txt": next(
            data for name, data in published.items() if name.endswith(".txt")
        ),
    }
    _put(leaf, blocked | beside)
    listed = [name for name in beside if name.endswith(".csv")]
    supplement = leaf / "bo-sung-1"
    inner = {f"{hidden('name in a public supplement')}.docx": docx_file(hidden, notes=False)}
    inner_blocked = {
        f"{hidden('name blocked in a supplement')}.docx": docx_file(
            hidden, notes=False, body=f"CCCD: {CITIZEN_ID}"
        )
    }
    inner_shown = {f"{shown('name in a supplement')}.txt": txt_file(shown) + b"2"}
    _put(supplement, inner | inner_blocked | inner_shown)
    supplement.joinpath("giai-trinh.md").write_text(
        f"---\ntra_loi: {shown('public reply')}\ncong_khai: true\ntai_lieu:\n"
        + "".join(_listed(name, public=True) for name in (*inner_blocked, *inner_shown))
        + f"---\n{shown('public supplement')}\n",
        "utf-8",
    )
    path = leaf / "giai-trinh.md"
    head, _, words = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    path.write_text(
        f"---\n# {hidden('comment in public declarations')}\n{head}\n"
        + "".join(
            _listed(name, shown, public=True, place=f"public {name.rpartition('.')[2]}")
            for name in published
        )
        + "".join(
            _listed(name, hidden, public=True, place=f"blocked {number}")
            for number, name in enumerate(blocked)
        )
        + "".join(_listed(name, hidden, place="listed") for name in listed)
        + f"bo_qua: {{EVI005: {hidden('answer in a public explanation')}}}\n"
        + f"---\n{words}\n{shown('public explanation')}\n\n<!-- {hidden('comment in words')} -->\n"
        + "".join(
            f"\n[{shown('link')}]({name})\n" for name in (*beside, *blocked) if " " not in name
        )
        + f"\n![{shown('picture')}]({unlisted})\n",
        "utf-8",
    )
    twins = [
        name for name in beside if name.endswith(".txt") and beside[name] in published.values()
    ]
    return {
        name: data
        for name, data in (blocked | beside | inner | inner_blocked).items()
        if name not in twins
    }


def _secret(private: Path, public: Path, secret: Words) -> dict[str, bytes]:
    """State secrets where they must not be, and marked as public at that."""
    stamped = docx_file(secret, notes=False, stamp=_STAMP)
    one = {f"{secret('name of a secret')}.docx": stamped}
    two = {
        f"{secret('name of a public secret')}.txt": f"UBND X\u00c3\n{_STAMP}\n".encode()
        + txt_file(secret)
    }
    _put(private, one)
    _put(public, two)
    for folder, made in ((private, one), (public, two)):
        path = folder / "giai-trinh.md"
        head, tail = path.read_text("utf-8").split("tai_lieu:\n", 1)
        entries = "".join(
            _listed(name, secret, public=True, place=f"secret in {folder.name[:5]}")
            for name in made
        )
        path.write_text(f"{head}tai_lieu:\n{entries}{tail}", "utf-8")
    return one | two


def _records(root: Path, hidden: Words, kitchen: Words) -> None:
    unit = root / "unit.yml"
    text = unit.read_text("utf-8")
    text = text.replace("vanphong@nho.example", f"{kitchen.ascii('office e-mail')}@nho.example")
    text = text.replace("period:\n", f"period:\n  # {kitchen('comment in unit.yml')}\n")
    text = text.replace(
        "offices:\n",
        f"  milestones: [{{date: 2024-12-20, title: {kitchen('milestone')}}}]\n\noffices:\n",
        1,
    ).replace("\n\n  milestones", "\n  milestones")
    text = text.replace("V\u0103n ph\u00f2ng UBND x\u00e3", hidden("title of an office"))
    text += (
        f"\nexceptions:\n  - {{code: PRI001, criterion: '1.1.1', subject: {_EXCEPTED}, reason: "
        f"{kitchen('reason of publishing')}, office: van-phong}}\n"
        f"  - {{code: EVI012, criterion: '1.1.2', office: van-phong, "
        f"reason: {kitchen('reason of an exception')}}}\n"
    )
    unit.write_text(text, "utf-8")
    records = root / "records"
    records.mkdir(exist_ok=True)
    (records / "results.yml").write_text(
        f'results:\n  "1.1.2":\n    diem: 3\n    so: {hidden("result number")}\n'
        f"    co_quan: {hidden('result issuer')}\n",
        "utf-8",
    )
    (records / "purged.yml").write_text(
        "purged:\n  - id: 0123456789abcdef\n    tieu_chi: '1.1.2'\n"
        f"    ly_do: {hidden('reason of a purge')}\n    bo_phan: van-phong\n    ngay: 05/12/2024\n",
        "utf-8",
    )
    settings = root / "mkdocs.yml"
    settings.write_text(
        f"# {kitchen('comment in mkdocs.yml')}\n"
        f"repo_url: https://forge.example/{kitchen.ascii('address of the repository')}\n"
        + settings.read_text("utf-8"),
        "utf-8",
    )


def _history(root: Path, kitchen: Words) -> None:
    git = ("git", "-C", str(root))
    for number in range(2):
        if number:
            path = root / "evidence" / "README-noi-bo.txt"
            path.write_text("x", "utf-8")
        environment = {
            **os.environ,
            **COMMIT,
            "GIT_AUTHOR_NAME": kitchen(f"author {number}"),
            "GIT_AUTHOR_EMAIL": f"{kitchen.ascii(f'author e-mail {number}')}@x.example",
            "GIT_COMMITTER_NAME": kitchen(f"committer {number}"),
            "GIT_COMMITTER_EMAIL": f"{kitchen.ascii(f'committer e-mail {number}')}@x.example",
        }
        subprocess.run([*git, "add", "-A"], check=True)
        message = f"{kitchen(f'subject {number}')}\n\n{kitchen(f'message {number}')}"
        subprocess.run([*git, "commit", "-q", "-m", message], check=True, env=environment)
    for arguments in (
        ("tag", kitchen.ascii("tag")),
        ("tag", "-a", "x", "-m", kitchen("message of a tag")),
        ("branch", kitchen.ascii("other branch")),
        ("checkout", "-q", "-b", kitchen.ascii("branch")),
        ("remote", "add", "origin", f"https://forge.example/{kitchen.ascii('remote')}.git"),
    ):
        subprocess.run([*git, *arguments], check=True, env={**os.environ, **COMMIT})


def sha256_of(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
