"""Tables that a phone shows as cards are tables to a screen reader in any layout."""

from __future__ import annotations

from publish.table_roles import with_roles

TABLE = (
    '<table class="data {}"><caption>a</caption><thead>\n<tr><th scope="col" data-facet="b">c</th>'
    '</tr></thead><tbody><tr id="d" class="group"><th scope="rowgroup" colspan="2">e</th></tr>'
    '<tr><th scope="row">f</th><td data-label="c">g<br></td></tr></tbody></table>'
)
WITH_ROLES = (
    '<table role="table" class="data {}"><caption>a</caption><thead role="rowgroup">\n'
    '<tr role="row"><th role="columnheader" scope="col" data-facet="b">c</th>'
    '</tr></thead><tbody role="rowgroup"><tr role="row" id="d" class="group">'
    '<th role="rowheader" scope="rowgroup" colspan="2">e</th></tr>'
    '<tr role="row"><th role="rowheader" scope="row">f</th><td role="cell" data-label="c">g<br>'
    "</td></tr></tbody></table>"
)


def test_every_part_of_a_table_of_cards_has_its_role() -> None:
    for kind in ("stack", "stack sortable", "wide stack", "wide stack sortable"):
        assert with_roles(TABLE.format(kind)) == WITH_ROLES.format(kind)


def test_any_other_table_is_as_it_was() -> None:
    for kind in ("", "sortable", "stacked", "haystack"):
        assert with_roles(TABLE.format(kind)) == TABLE.format(kind)


def test_each_table_of_a_page_is_taken_by_itself() -> None:
    cards, other = TABLE.format("stack"), TABLE.format("sortable")

    found = with_roles(f"<p>{other}<tr>{cards}<td>{other}{cards}")

    with_role = WITH_ROLES.format("stack")
    assert found == f"<p>{other}<tr>{with_role}<td>{other}{with_role}"
