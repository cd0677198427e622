"""Ways through a story: pure, for whatever stands in an address."""

import pytest

from modules.ways import walk
from tests.factories.modules import STORY


def test_a_story_begins_with_its_first_scene_and_nothing_changed() -> None:
    start = walk(STORY, "", "en", "en")
    assert start.scene.paragraphs == ("Puddles stand in the field.", "The seed is ordered.")
    assert [(choice.text, choice.way) for choice in start.scene.choices] == [
        ("Drive at once", "drive"),
        ("Wait two days", "wait"),
    ]
    assert {total.number for total in start.totals} == {"0"}
    assert (start.because, start.steps, start.is_cut) == ("", (), False)


def test_a_choice_leads_on_and_says_what_followed() -> None:
    there = walk(STORY, "drive", "en", "en")
    assert (there.scene.speaker, there.scene.role, there.because) == ("Mira", "apprentice", "The wheels leave ruts.")
    assert [(total.name, total.number, total.sign) for total in there.totals] == [
        ("people", "+1", "up"),
        ("nature", "−2", "down"),
        ("money", "0", "even"),
    ]
    assert there.scene.choices[0].way == "drive.go-on"


def test_an_ending_knows_the_whole_way_and_where_to_choose_differently() -> None:
    end = walk(STORY, "drive.go-on", "en", "en")
    assert (end.scene.is_ending, end.scene.title, end.scene.reflect) == (True, "Ruts", "What would you look at?")
    assert [(step.number, step.text, step.before, step.had_others) for step in end.steps] == [
        (1, "Drive at once", "", True),
        (2, "Go on", "drive", False),
    ]


def test_bars_grow_from_the_middle_and_stay_on_the_line() -> None:
    for way in ("", "drive", "wait", "drive.go-on"):
        for total in walk(STORY, way, "en", "en").totals:
            assert 0 <= total.start <= total.start + total.width <= 100
            assert total.value == 0 or 50 in {total.start, total.start + total.width}


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("fly", ""),
        ("drive.fly", "drive"),
        ("drive.go-on.go-on", "drive.go-on"),
        ("wait.", "wait"),
        (".drive", ""),
        ("drive..go-on", "drive"),
        ("<script>", ""),
        ("drive." * 5_000, "drive"),
    ],
)
def test_a_way_that_does_not_exist_is_followed_as_far_as_it_goes(asked: str, goes: str) -> None:
    there = walk(STORY, asked, "en", "en")
    assert (there.way, there.is_cut) == (goes, True)


def test_words_that_are_not_translated_say_so() -> None:
    end = walk(STORY, "drive.go-on", "bg", "en")
    assert (end.scene.title, end.scene.title.language) == ("Ruts", "en")
    assert end.steps[0].text.language == "bg"
