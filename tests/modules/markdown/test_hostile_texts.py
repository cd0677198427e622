"""Whatever an author writes, only what is allowed reaches a page, and soon (M-01 to M-06, T6)."""

import contextlib
import json
import os
import random
from dataclasses import asdict
from html.parser import HTMLParser

import pytest

from modules.markdown import MarkdownRefused, child, rendering
from modules.markdown.child import RenderingFailed, render_in_child
from modules.markdown.engine import convert
from modules.markdown.guard import is_suspicious, too_hard
from modules.markdown.sanitise import ATTRIBUTES, CLASSES, TAGS, sanitise
from tests.modules.markdown.pages import DIGEST, html, page, surroundings
from tests.modules.markdown.payloads import ADDRESSES, FORMS, HARD, SCRIPTS


class _Allowed(HTMLParser):
    """Fails on the first tag, attribute or address that may not be on a page."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            if name == "class":
                assert set((value or "").split()) <= CLASSES[tag]
                continue
            assert name in ATTRIBUTES.get(tag, set()), (tag, name)
            if name == "src":
                assert value == f"/assets/{DIGEST}/soil.svg"
            if name == "href":
                assert (value or "").startswith(
                    ("https://", "http://", "#fact-F", "/en/glossary/#", "/en/learn/", "mailto:")
                )
                assert "javascript" not in (value or "").lower()

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def _assert_allowed(made: str) -> None:
    parser = _Allowed()
    parser.feed(made)
    parser.close()


@pytest.mark.parametrize("payload", SCRIPTS)
def test_html_in_a_text_is_shown_as_text(payload: str) -> None:
    """M-01, M-03."""
    for text in (payload, f"Text {payload} text", f"- {payload}", f"    {payload}", f"## {payload}", f"**{payload}**"):
        made = page(text)
        _assert_allowed(made.html)
        assert "<img" not in made.html


@pytest.mark.parametrize("payload", SCRIPTS)
def test_the_sanitiser_alone_lets_no_script_through(payload: str) -> None:
    """M-01, M-03: even if the parser let HTML pass."""
    made = sanitise(payload)
    _assert_allowed(made)
    assert sanitise(made) == made


@pytest.mark.parametrize("address", ADDRESSES)
def test_links_lead_nowhere_but_to_pages_lessons_and_mail(address: str) -> None:
    """M-02, M-04."""
    for form in FORMS:
        made = html(form.replace("{}", address))
        _assert_allowed(made)
        assert "href=" not in made or "/en/glossary/#humus" in made
    _assert_allowed(sanitise(f'<a href="{address}">x</a><img src="{address}">'))
    assert "href=" not in sanitise(f'<a href="{address}">x</a>')


@pytest.mark.parametrize("payload", SCRIPTS)
def test_html_in_a_place_for_words_stays_words(payload: str) -> None:
    """M-04: titles, captions, table cells, languages of code, names of terms."""
    for form in FORMS:
        _assert_allowed(page(form.replace("{}", payload.replace("\n", " "))).html)
    _assert_allowed(html("[[humus]]", terms={"humus": payload}))
    _assert_allowed(html("[F1]", words={"source": payload, "table": payload}))


@pytest.mark.parametrize(
    "given",
    [
        '<img src="https://example.org/a.png" alt="x">',
        '<img src="//example.org/a.png" alt="x">',
        '<img src="/assets/../admin" alt="x">',
        f'<img src="/assets/{DIGEST}/../../admin" alt="x">',
        f'<img src="/assets/{DIGEST}/a.svg?x=1" alt="x">',
    ],
)
def test_remote_pictures_have_no_way_through(given: str) -> None:
    """M-02, M-05."""
    assert sanitise(given) == '<img alt="x">'


@pytest.mark.parametrize(
    "given",
    [
        '<div tabindex="5">x</div>',
        '<div role="alert">x</div>',
        '<p class="btn">x</p>',
        '<section class="callout card">x</section>',
        '<h2 id="main">x</h2>',
        '<a id="cite-F1">x</a>',
        '<a data-term="HUMUS()">x</a>',
        '<a target="_blank">x</a>',
        '<td colspan="9999">x</td>',
        '<ol start="x"></ol>',
    ],
)
def test_attributes_keep_only_the_values_that_we_write(given: str) -> None:
    """M-03."""
    made = sanitise(given)
    assert not any(
        bad in made for bad in ("tabindex", "role", "btn", "card", "id=", "data-term", "target", "colspan", "start")
    )


@pytest.mark.parametrize("text", ["{{ settings.SECRET_KEY }}", "{% debug %}", "%s %(x)s", "{0}"])
def test_template_syntax_is_shown_as_it_is(text: str) -> None:
    """M-08."""
    assert html(text) == f"<p>{text}</p>"


def test_two_thousand_random_mixtures_keep_to_the_list() -> None:
    """M-01 to M-04: payloads cut and put together."""
    draw = random.Random(7)
    pieces = [
        *SCRIPTS,
        *ADDRESSES,
        *FORMS,
        "[F1]",
        "[[humus]]",
        "\n\n",
        '!!! farm "',
        "??? answer",
        "    ",
        "|",
        "`",
        "*",
        "<",
        "&",
    ]
    for _ in range(2_000):
        text = "".join(draw.choice(pieces) for _ in range(draw.randint(2, 8)))
        cut = text[draw.randint(0, 5) : draw.randint(20, 400)]
        try:
            _assert_allowed(convert(cut, surroundings()).html)
        except AssertionError as error:
            raise AssertionError(f"{cut!r}") from error


def _seconds() -> float:
    """Work done by this process and its children; a busy machine does not count."""
    return sum(os.times()[:4])


# --- The parser ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HARD)
def test_no_text_keeps_the_parser_busy(name: str) -> None:
    """M-06, T6: refused, or rendered in about a second."""
    start = _seconds()
    with contextlib.suppress(MarkdownRefused):
        page(HARD[name])
    assert _seconds() - start < 2


@pytest.mark.parametrize("name", ["open brackets", "open pictures", "half links", "500 list levels", "quotations"])
def test_what_python_markdown_hangs_or_breaks_on_is_refused(name: str) -> None:
    """M-06, T6."""
    with pytest.raises(MarkdownRefused):
        page(HARD[name])


@pytest.mark.parametrize(
    "piece", ["[", "![", "<a ", "[a](", "[a][", "[[x|", "*a **b ", "_a", "`a", "(", "> ", "- ", "# ", "&", "|a"]
)
def test_the_densest_text_that_is_rendered_here_takes_no_second(piece: str) -> None:
    """T6: whatever passes as harmless is harmless. Each piece as often as it may be, in many paragraphs."""
    lines = [piece * times for times in range(60, 0, -1)]
    harmless = [line for line in lines if not too_hard(line) and not is_suspicious(line)]
    text = harmless[0]
    while len(text) < 30_000 and not is_suspicious(f"{text}\n\n{harmless[0]}"):
        text += f"\n\n{harmless[0]}"
    start = _seconds()
    convert(text, surroundings())
    assert _seconds() - start < 1


def test_a_dense_text_is_rendered_where_it_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "[a](lesson:water) " * 100
    assert is_suspicious(text)
    asked: list[str] = []

    def render_elsewhere(given: str, around: object) -> object:
        asked.append(given)
        return render_in_child(given, around)  # type: ignore[arg-type]

    monkeypatch.setattr(rendering, "render_in_child", render_elsewhere)
    assert page(text) == convert(text, surroundings())
    assert asked == [text]


def test_the_process_answers_what_this_one_would() -> None:
    text, around = "## A\n\n[[humus]] [F1] ![x](soil.svg)\n\n[y](lesson:nothing)", surroundings()
    order = json.dumps([text, {**asdict(around), "facts": sorted(around.facts)}])
    assert json.loads(child.answer(order)) == asdict(convert(text, around))


def test_a_text_that_takes_too_long_is_stopped_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """T6: the process is killed; a thread could not be."""
    with pytest.raises(RenderingFailed, match="longer than"):
        render_in_child("[" * 30_000, surroundings(), seconds=0.5)
    monkeypatch.setattr(rendering, "too_hard", lambda text: [])
    monkeypatch.setattr(child, "SECONDS", 0.5)
    monkeypatch.setattr(rendering, "render_in_child", lambda text, around: render_in_child(text, around, seconds=0.5))
    with pytest.raises(MarkdownRefused, match="longer than"):
        page("[" * 30_000)


def test_a_parser_that_breaks_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "too_hard", lambda text: [])
    monkeypatch.setattr(rendering, "is_suspicious", lambda text: False)
    with pytest.raises(MarkdownRefused, match="nested too deeply"):
        page(HARD["500 list levels"])
    with pytest.raises(RenderingFailed, match="broke"):
        render_in_child(HARD["500 list levels"], surroundings(), seconds=60)
