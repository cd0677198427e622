"""Made-up requests: whatever comes in, the answer is one that the document tells of, and never 500 (G-12)."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.conditional import SCHEMA_FILE
from tests.api.conftest import Ask, Shelf

CASES = 1500
PATHS: dict[str, Any] = yaml.safe_load(SCHEMA_FILE.read_text(encoding="utf-8"))["paths"]
KEYS = st.sampled_from(
    ["soil", "soil-is-alive", "green-skills", "F42", "only-english", "SOIL", "F99999999999", "0", "_", "-"]
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
HEADER_TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60)
VALUES = {
    "language": st.sampled_from(["en", "bg", "bg-BG", "xx", "zh-Hant-TW", "*", ""]),
    "limit": st.integers(-5, 200).map(str),
    "cursor": st.integers(0, 50).map(str),
    "since": st.integers(0, 50).map(str),
    "module": KEYS,
    "programme": KEYS,
}
HEADERS = {
    "Accept": st.sampled_from(["application/json", "*/*", "text/html", "application/json;q=0", "a/b;c=d, */*;q=0.1"]),
    "Accept-Language": st.sampled_from(["bg", "en;q=0.1, bg", "*", "bg-BG,bg;q=0.9", "x" * 300]),
    "Accept-Encoding": st.sampled_from(["gzip", "gzip;q=0", "br", "*"]),
    "If-None-Match": st.sampled_from(["*", '"x"', 'W/"x"', '"']),
    "Range": st.just("bytes=0-5"),
    "X-HTTP-Method-Override": st.just("DELETE"),
}


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, str, str, dict[str, str]]:
    """The address as the document writes it, the real one, the method, the headers."""
    told = draw(st.sampled_from(sorted(PATHS)))
    name = draw(st.one_of(KEYS, KEYS, ANY_TEXT))
    path = told.replace("{key}", quote(name, safe="")).replace("{number}", quote(name, safe=""))
    names = draw(st.lists(st.one_of(st.sampled_from(sorted(VALUES)), ANY_TEXT), max_size=4))
    query = [
        (each, draw(st.one_of(VALUES.get(each, ANY_TEXT), VALUES.get(each, ANY_TEXT), ANY_TEXT))) for each in names
    ]
    chosen = draw(st.lists(st.sampled_from(sorted(HEADERS)), unique=True, max_size=4))
    headers = {each: draw(st.one_of(HEADERS[each], HEADERS[each], HEADER_TEXT)) for each in chosen}
    method = draw(st.sampled_from(["get", "get", "get", "get", "head", "options", "post", "put", "delete"]))
    return told, f"{path}?{urlencode(query)}" if query else path, method, headers


@pytest.mark.slow
def test_g12_made_up_requests_get_answers_that_the_document_tells_of(shelf: Shelf, ask: Ask, settings: Any) -> None:
    """G-12: 1,500 requests, the same ones each time."""
    settings.API_RATE = 0
    _run(ask)


def _run(ask: Ask) -> None:
    met: set[int] = set()

    @settings(
        max_examples=CASES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(requests())
    def answers_as_told(request: tuple[str, str, str, dict[str, str]]) -> None:
        told, address, method, headers = request
        answer = ask(address, method=method, headers=headers)
        met.add(answer.status_code)
        known = {int(status) for status in PATHS[told]["get"]["responses"]}
        # Besides what the document tells of an address: an address made of odd text that is another one, or none.
        assert answer.status_code in known | {301, 404} | ({204} if method == "options" else {405}), (address, headers)
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert method == "head" or answer.json()["status"] == answer.status_code
        elif (
            method == "get"
            and answer.status_code == 200
            and "schema" not in told
            and "Content-Encoding" not in answer.headers
        ):
            assert answer["Content-Type"] == "application/json"
            assert answer.json()

    answers_as_told()
    assert {200, 304, 400, 404, 405, 406} <= met
