"""Stories that do not lead where they should."""

from tests.packages.broken.mistakes import STORY, STORY_BG, Broken, edited
from tests.packages.copies import Copy

SCENES = "scenes"
TWO_MORE = "".join(
    f"      - {{key: more-{n}, text: More, to: talk, effects: {{money: 1}}, because: So.}}\n" for n in (1, 2)
)


def seven_scenes(copy: Copy) -> None:
    text = copy.read(STORY)
    copy.edit(STORY, text[text.index("  - key: at-the-hole") : text.index("  - key: first-round")], "")
    copy.edit(STORY, "to: at-the-hole,", "to: talk,")


STORIES = [
    edited("a speaker nobody knows", STORY, "speaker: mira", "speaker: mara", "scenes[2].speaker", "“mira”"),
    edited("a scene that is not there", STORY, "to: ruts}", "to: rats}", "scenes[5].choices[1].to", "“ruts”"),
    edited(
        "two scenes with one key",
        STORY,
        "- key: evening\n",
        "- key: talk  # again\n",
        "scenes[5].key",
        "stands twice here",
    ),
    edited(
        "two choices with one key",
        STORY,
        "{key: drive, text",
        "{key: look, text",
        "scenes[1].choices[2].key",
        "stands twice here",
        at="{key: look, text: Drive",
    ),
    edited(
        "a fourth choice",
        STORY,
        "    choices:\n      - {key: look",
        f"    choices:\n{TWO_MORE}      - {{key: look",
        "scenes[1].choices",
        "4 choices",
        at="    choices:",
    ),
    edited(
        "four endings",
        STORY,
        "  - key: evening\n",
        "  - key: evening\n    ending: true\n    title: E\n    reflect: R\n",
        SCENES,
        "4 scenes are endings",
        at="scenes:",
    ),
    edited(
        "an ending with choices",
        STORY,
        "    title: Ruts\n",
        "    title: Ruts\n    choices: [{key: on, text: On, to: talk}]\n",
        "scenes[8].choices",
        "no choices",
        at="    choices: [{key: on",
    ),
    edited(
        "a scene with a title",
        STORY,
        "  - key: talk\n",
        "  - key: talk\n    title: Talk\n",
        "scenes[4].title",
        "Only an ending",
        at="    title: Talk",
    ),
    edited(
        "an effect of three",
        STORY,
        'nature: -2, money: 1}, because: "Stoyan',
        'nature: -3, money: 1}, because: "Stoyan',
        "scenes[1].choices[2].effects.nature",
        "-2 to 2",
        at="nature: -3",
    ),
    edited(
        "an effect on something else",
        STORY,
        "{people: 0, nature: 1,",
        "{peple: 0, nature: 1,",
        "scenes[1].choices[1].effects.peple",
        "“people”",
    ),
    edited(
        "an effect without a reason",
        STORY,
        ', because: "You know how wet it is below."',
        "",
        "scenes[1].choices[1].because",
        "missing",
        at="{key: look",
    ),
    edited(
        "a reason without an effect",
        STORY,
        "to: at-the-hole, effects: {people: 0, nature: 1, money: 0}",
        "to: at-the-hole",
        "scenes[1].choices[1].because",
        "no “effects”",
    ),
    edited(
        "one of several choices without effects",
        STORY,
        ', effects: {people: 0, nature: 1, money: 0}, because: "You know how wet it is below."',
        "",
        "scenes[1].choices[1].effects",
        "no effects",
        at="{key: look",
    ),
    edited("a way back", STORY, "to: ruts}", "to: first-round}", "scenes[3].key", "leads back", at="key: first-round"),
    edited(
        "a scene that nobody reaches",
        STORY,
        "to: at-the-hole,",
        "to: talk,",
        "scenes[2].key",
        "No way leads",
        at="key: at-the-hole",
    ),
    edited(
        "a scene without an end",
        STORY,
        "    choices:\n      - {key: go-on, text: Go home, to: ruts}\n",
        "",
        "scenes[5].choices",
        "missing",
        at="key: evening",
    ),
    edited("C-13 story field", STORY, "minutes: 6", "minuts: 6", "minuts", "“minutes”"),
    edited(
        "a translation that changes an effect",
        STORY_BG,
        "look: {text: Изкопайте",
        "look: {effects: {money: 2}, text: Изкопайте",
        "scenes.morning.choices.look.effects",
        "words only",
    ),
    edited("words of a scene that is not there", STORY_BG, "  evening:\n", "  dusk:\n", "scenes.dusk", "no “dusk”"),
    edited(
        "words of a choice that is not there",
        STORY_BG,
        "choices: {go-on: {text: Приберете",
        "choices: {go: {text: Приберете",
        "scenes.evening.choices.go",
        "no “go”",
    ),
    edited("the key of a quiz on a story", STORY, "key: wet-field", "key: soil-check", "key", "already taken"),
    Broken("seven scenes", seven_scenes, STORY, "scenes:", "scenes", "7 scenes"),
]
