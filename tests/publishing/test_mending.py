from site_builder.publishing.mending import mend

DIALOG = '<div class="md-search" data-md-component="search" role="dialog">'
BOX = '<input name="query" aria-label="T\u00ecm ki\u1ebfm">'


def test_the_search_dialog_gets_the_name_of_its_box() -> None:
    html = f"<p>x</p>{DIALOG}<form>{BOX}</form></div>"
    named = DIALOG.replace(">", ' aria-label="T\u00ecm ki\u1ebfm">')
    assert mend(html.encode()).decode() == html.replace(DIALOG, named)


def test_a_dialog_that_has_a_name_keeps_it() -> None:
    html = DIALOG.replace(">", ' aria-label="x">') + BOX
    assert mend(html.encode()).decode() == html


def test_a_page_without_search_stays_as_it_is() -> None:
    for html in (b"<p>x</p>", DIALOG.encode()):
        assert mend(html) == html
