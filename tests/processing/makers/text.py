"""Texts of every awkward kind, made from nothing."""

from tests.processing.makers.words import words


def _plain(name: str) -> str:
    text = words()["plain"][name]
    assert isinstance(text, str)
    return text


def utf8() -> bytes:
    return _plain("unicode").encode()


def utf8_with_mark() -> bytes:
    return _plain("unicode").encode("utf-8-sig")


def utf16() -> bytes:
    return _plain("unicode").encode("utf-16")


def windows() -> bytes:
    """Windows 1258: tone marks stand alone after their vowel."""
    import unicodedata

    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    out = []
    for char in _plain("unicode"):
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(each for each in parts if each not in tones))
        out.append(base + "".join(each for each in parts if each in tones))
    return "".join(out).encode("cp1258")


def tcvn3() -> bytes:
    return _plain("tcvn3").encode("latin-1")


def vni() -> bytes:
    return _plain("vni").encode("cp1252")


def vni_in_utf8() -> bytes:
    return _plain("vni").encode()


def french() -> bytes:
    return _plain("french").encode("cp1252")


def markdown() -> bytes:
    return _plain("markdown").encode()


def csv() -> bytes:
    return _plain("csv").encode()


def link() -> bytes:
    return b"[InternetShortcut]\r\nIDList=\r\nURL=https://example.invalid/van-ban/15\r\n"


def pointer() -> bytes:
    return b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 1\n"


def html_table() -> bytes:
    """What exports of web systems are, under a name in .xls."""
    cells = words()["document"]["table"]
    rows = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) + "</tr>" for row in cells)
    return (
        "<html><head><meta charset='utf-8'><script>alert('CANARY')</script><style>a{}</style>"
        f"</head><body onload='x()'><h2>{words()['document']['title']}</h2><p>a &amp; b</p>"
        f"<table><tbody>{rows}</tbody></table><p>after</p></body></html>"
    ).encode()


def excel_2003() -> bytes:
    label = words()["sheet"]["label"]
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="{words()["sheet"]["name"]}"><Table><Row><Cell><Data ss:Type="String">'
        f'{label}</Data></Cell><Cell><Data ss:Type="Number">12</Data></Cell></Row></Table>'
        "</Worksheet></Workbook>"
    ).encode()


def svg() -> bytes:
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script>'
        b"<title>Plan</title><text x='1'>Hello</text></svg>"
    )


def laughing_xml() -> bytes:
    levels = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><x>&l9;</x>'.encode()


def curious_xml() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
        b"<x><p>before</p><p>&out;</p><p>after</p></x>"
    )


def letter() -> bytes:
    body = words()["document"]["subject"]
    return (
        "From: a@example.invalid\r\nSubject: Plan\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n--b\r\n"
        'Content-Type: application/pdf; name="a.pdf"\r\n'
        'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n%PDF\r\n--b--\r\n'
    ).encode()


def web_archive() -> bytes:
    return (
        b"MIME-Version: 1.0\r\nSubject: Page\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>inside</p>\r\n--b--\r\n"
    )


def rich() -> bytes:
    """Letters by code page, by number and with a tail for old readers; what must not show."""
    return (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times CANARY;}}{\info{\author CANARY}}"
        rb"{\*\generator CANARY;}\uc1 K\u7871?  ho\u7841\'3fch{\deleted gone}\par "
        rb"caf\'e9\tab x\~y\par{\pict 0102CANARY}{\field{\*\fldinst CANARY}{\fldrslt shown}}}"
    )
