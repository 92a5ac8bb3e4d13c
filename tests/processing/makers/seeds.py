"""One sound file and some awkward ones for every reader: what fuzzing starts from."""

from functools import cache

from tests.processing.makers import archives, images, office, pdf, text


@cache
def seeds() -> dict[str, tuple[str, bytes]]:
    """Kind and bytes by name; small ones, so that a mutation hits something."""
    small = images.scene(320, 240)
    return {
        "jpg": (
            "jpg",
            images.saved(small, "JPEG", exif=images.exif(orientation=6), xmp=images.XMP),
        ),
        "png": ("png", images.saved(small, "PNG")),
        "gif": ("gif", images.saved(small, "GIF")),
        "webp": ("webp", images.saved(small, "WEBP")),
        "bmp": ("bmp", images.saved(small.resize((64, 48)), "BMP")),
        "jp2": ("jp2", images.saved(small, "JPEG2000")),
        "heic": ("heic", images.small_heic()),
        "avif": ("avif", images.small_avif()),
        "tif": ("tif", images.small_tiff()),
        "docx": ("docx", office.official()),
        "docx-boxed": ("docx", office.boxed()),
        "docx-dde": ("docx", office.with_dde()),
        "doc": ("doc", office.old_document()),
        "xlsx": ("xlsx", office.workbook()),
        "xlsx-links": ("xlsx", office.workbook_with_links()),
        "xls": ("xls", office.old_workbook()),
        "ods": ("ods", office.open_workbook()),
        "odt": ("odt", office.open_text()),
        "odp": ("odp", office.open_slides()),
        "pptx": ("pptx", office.presentation()),
        "ooxml-encrypted": ("ooxml-encrypted", office.locked_package()),
        "rtf": ("rtf", text.rich()),
        "zip": ("zip", archives.simple()),
        "zip-nested": ("zip", archives.nested()),
        "pdf": ("pdf", pdf.with_blank_page()),
        "txt": ("txt", text.utf8()),
        "txt-utf16": ("txt", text.utf16()),
        "txt-tcvn3": ("txt", text.tcvn3()),
        "csv": ("txt", text.csv()),
        "html": ("html", text.html_table()),
        "svg": ("svg", text.svg()),
        "xml": ("xml", text.curious_xml()),
        "xml-excel2003": ("xml-excel2003", text.excel_2003()),
        "eml": ("eml", text.letter()),
        "mhtml": ("mhtml", text.web_archive()),
        "url": ("url", text.link()),
    }
