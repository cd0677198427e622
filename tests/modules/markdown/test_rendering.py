"""What a lesson's Markdown becomes."""

import pytest

from modules.markdown import MarkdownRefused, render
from modules.markdown.callouts import KINDS
from modules.markdown.words import WORDS, words_for
from tests.modules.markdown.pages import DIGEST, html, page, surroundings

# --- Callouts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_becomes_a_section_with_a_title_that_is_no_heading(kind: str) -> None:
    expected = (
        f'<section class="callout callout-{kind}">\n<p class="callout-title">A title</p>\n<p>Text.</p>\n</section>'
    )
    assert html(f'!!! {kind} "A title"\n    Text.') == expected


def test_an_answer_unfolds_without_a_script() -> None:
    expected = '<details class="answer">\n<summary>Show</summary>\n<p>21&nbsp;mm</p>\n</details>'
    assert html('??? answer "Show"\n    21 mm') == expected


def test_blocks_hold_lists_tables_and_answers() -> None:
    table = "    | a |\n    | --- |\n    | b |\n\n"
    text = f'!!! try "Try"\n    1. one\n    2. two\n\n{table}    ??? answer "Show"\n        Yes.\n\nAfter.'
    made = html(text)
    assert made.index("<ol>") < made.index("<table>") < made.index("<details") < made.index("</section>")
    assert made.endswith("<p>After.</p>")


def test_an_answer_can_hold_a_block() -> None:
    made = html('??? answer "Show"\n    !!! safety "Care"\n        Gloves.')
    assert made.startswith("<details")
    assert '<section class="callout callout-safety">' in made


def test_a_block_inside_a_list_stays_in_it() -> None:
    assert "<li>\n<p>one</p>\n<section" in html('1. one\n\n    !!! farm "Farm"\n        Two.')


def test_a_block_with_an_empty_title_is_named_as_a_mistake() -> None:
    troubles = page('!!! farm ""\n    Text.').troubles
    assert [trouble.line for trouble in troubles] == [1, 1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('!!! answer "A"\n    x', "“!!! answer” is not a kind"),
        ('??? farm "A"\n    x', "“??? farm” is not a kind"),
        ('!!!farm "A"\n    x', "not complete"),
        ("!!! farm A title\n    x", "not complete"),
        ('!!! Farm "A"\n    x', "not complete"),
    ],
)
def test_a_block_that_is_written_wrongly_is_named(text: str, says: str) -> None:
    troubles = page(f"Before.\n\n{text}").troubles
    assert [(trouble.line, trouble.is_error) for trouble in troubles] == [(3, True)]
    assert says in troubles[0].what


# --- Facts -----------------------------------------------------------------------------------------------------------


def test_facts_are_numbered_in_order_of_first_citation() -> None:
    made = page("One [F42]. Two [F1].\n\nAgain [F42].")
    assert made.facts == ["F42", "F1"]
    assert '<a aria-label="Source 1" href="#fact-F42" id="cite-F42-1">1</a>' in made.html
    assert '<a aria-label="Source 2" href="#fact-F1" id="cite-F1-1">2</a>' in made.html
    assert '<a aria-label="Source 1" href="#fact-F42" id="cite-F42-2">1</a>' in made.html


def test_order_is_that_of_the_page_whatever_the_nesting() -> None:
    text = '| a [F2] |\n| --- |\n| b [F1] |\n\n!!! farm "T [F42]"\n    x [F1]'
    assert page(text).facts == ["F2", "F1", "F42"]


def test_a_citation_stays_on_the_line_of_its_statement() -> None:
    assert html("Poor [F1].").startswith('<p>Poor\u202f<sup class="cite">')
    assert "<strong>Poor</strong>\u202f<sup" in html("**Poor** [F1].")


def test_the_word_source_is_in_the_language_of_the_page() -> None:
    assert 'aria-label="Източник 1"' in html("Лошо [F1].", language="bg")


def test_a_caption_may_cite() -> None:
    made = page('![Alt](soil.svg "Soil [F1], and [F2]")')
    assert made.facts == ["F1", "F2"]
    assert "<figcaption>Soil\u202f<sup" in made.html


def test_code_cites_nothing() -> None:
    assert page("`[F1]`").facts == []


def test_a_fact_that_may_not_be_cited_is_named_with_its_line() -> None:
    (trouble,) = page("One.\n\nTwo [F9].").troubles
    assert (trouble.line, trouble.what.split(" ")[0]) == (3, "F9")


# --- Terms, links ----------------------------------------------------------------------------------------------------


def test_a_term_links_to_the_glossary_of_its_language() -> None:
    expected = '<p><a class="term" data-term="humus" href="/bg/glossary/#humus">хумусът</a></p>'
    assert html("[[humus|хумусът]]", language="bg") == expected


def test_a_bare_term_shows_its_name() -> None:
    made = page("[[humus]] and [[soil-crumb|crumbs]]")
    assert ">Humus</a>" in made.html
    assert (made.terms, made.bare_terms) == (["humus", "soil-crumb"], ["humus"])


def test_a_term_that_is_unknown_leaves_its_words() -> None:
    made = page("See [[humous|the dark part]].")
    assert made.html.strip() == "<p>See the dark part.</p>"
    assert "humous" in made.troubles[0].what


def test_a_lesson_is_linked_by_its_key_alone() -> None:
    made = page("[On](lesson:water)", language="bg")
    assert made.html.strip() == '<p><a href="/bg/learn/soil/water/">On</a></p>'
    assert made.lessons == ["water"]


@pytest.mark.parametrize("text", ["[EEA](https://eea.europa.eu/x?a=1&b=2)", "<https://eea.europa.eu/x?a=1&b=2>"])
def test_a_link_to_the_web_tells_nothing_about_where_it_came_from(text: str) -> None:
    assert '<a href="https://eea.europa.eu/x?a=1&amp;b=2" rel="noopener noreferrer">' in html(text)


def test_an_address_for_mail_is_a_link() -> None:
    assert '<a href="mailto:farm@example.org">' in html("[Write](mailto:farm@example.org)")


# --- Figures ---------------------------------------------------------------------------------------------------------


def test_a_picture_alone_becomes_a_figure_of_known_size() -> None:
    made = html('![Three bars](soil.svg "Rain")')
    expected = (
        f'<figure><img alt="Three bars" decoding="async" height="300" loading="lazy" src="/assets/{DIGEST}/soil.svg" '
        'width="640"><figcaption>Rain</figcaption></figure>'
    )
    assert made == expected


def test_a_picture_in_a_line_of_text_stays_in_it() -> None:
    made = html("Like ![a bar](soil.svg) this.")
    assert made.startswith('<p>Like <img alt="a bar"')
    assert "figure" not in made


def test_a_picture_from_elsewhere_leaves_its_words() -> None:
    """M-05."""
    made = page("![A photo](https://example.org/a.png)")
    assert made.html.strip() == "<p>A photo</p>"
    assert made.pictures == []
    assert made.troubles[0].is_error


# --- Tables, headings, numbers ---------------------------------------------------------------------------------------


def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches() -> None:
    made = html("| a | b |\n| :-- | --: |\n| 1 | 2 |\n\nText.\n\n| c |\n| --- |\n| 3 |")
    assert '<div aria-label="Table 1" class="scroll" role="region" tabindex="0"><table>' in made
    assert 'aria-label="Table 2"' in made
    assert '<th class="to-right" scope="col">b</th>' in made
    assert '<td class="to-left">1</td>' in made
    assert "style" not in made


def test_tables_are_numbered_from_the_top_of_the_page() -> None:
    made = html('!!! example "E"\n    | a |\n    | --- |\n    | 1 |\n\n| b |\n| --- |\n| 2 |')
    assert made.index("Table 1") < made.index('<th scope="col">a') < made.index("Table 2") < made.index(">b</th>")


def test_headings_become_the_table_of_contents() -> None:
    made = page("## How much? [F1]\n\n### Почва & вода\n\n## How much?")
    assert made.toc == [
        {"id": "s-how-much", "title": "How much?", "level": 2},
        {"id": "s-почва-вода", "title": "Почва & вода", "level": 3},
        {"id": "s-how-much-2", "title": "How much?", "level": 2},
    ]
    for entry in made.toc:
        assert f'<h{entry["level"]} id="{entry["id"]}">' in made.html


@pytest.mark.parametrize("name", ["main", "id", "cite-F1-1", "fact-F1", "__proto__"])
def test_no_heading_takes_the_id_of_something_else(name: str) -> None:
    """M-03."""
    assert str(page(f"## {name}").toc[0]["id"]).startswith("s-")


@pytest.mark.parametrize(
    ("text", "line", "is_error"),
    [("# One", 1, True), ("## A\n\n#### B", 3, False), ("##### E", 1, True), ("One\n===", 1, True)],
)
def test_headings_out_of_order_are_named(text: str, line: int, is_error: bool) -> None:
    (trouble,) = page(text).troubles
    assert (trouble.line, trouble.is_error) == (line, is_error)


def test_words_are_counted_and_minutes_follow() -> None:
    made = page("word " * 300 + "\n\n## Two words")
    assert (made.words, made.minutes) == (302, 3)
    assert page("x").minutes == 1


def test_code_is_shown_as_it_is() -> None:
    made = html("```html\n<script>x</script> [[humus]] [F1]\n```\n\nand `<b>`")
    assert "<pre><code>&lt;script&gt;x&lt;/script&gt; [[humus]] [F1]\n</code></pre>" in made
    assert "<code>&lt;b&gt;</code>" in made
    assert page("```\n<b>x</b>\n```\n\n`<i>`").troubles == []


def test_every_language_has_the_words_of_english() -> None:
    assert all(set(words) == set(WORDS["en"]) for words in WORDS.values())
    assert words_for("de-AT") == WORDS["en"]
    assert words_for("bg-BG") == WORDS["bg"]


def test_the_same_text_gives_the_same_page() -> None:
    text = "## A [F1]\n\n[[humus]] ![x](soil.svg)\n\n| a |\n| --- |\n| 1 |\n"
    assert render(text, surroundings()) == render(text, surroundings())


def test_an_empty_text_is_an_empty_page() -> None:
    assert page("").html.strip() == ""


def test_a_refusal_says_why() -> None:
    with pytest.raises(MarkdownRefused, match="in a row"):
        page("[" * 100)
