"""Keys and file names (C-03, C-06, C-12)."""

from tests.packages.broken.mistakes import (
    CHECK,
    EN,
    FACTS,
    FINAL,
    GLOSSARY,
    MODULE,
    WATER_EN,
    Broken,
    edit,
    edited,
)
from tests.packages.copies import LESSON, Copy


def _link(copy: Copy) -> None:
    (copy.path / f"{LESSON}assets/passwd.svg").symlink_to("/etc/passwd")


def _link_folder(copy: Copy) -> None:
    (copy.path / "modules/02-everything").symlink_to("/")


NAMES = [
    edited(
        "C-03 a term that is no key",
        GLOSSARY,
        "soil-crumb:\n",
        "Soil_crumb:\n",
        "Soil_crumb",
        "not a key",
        at="Soil_crumb:",
    ),
    edited("C-03 a fact without a number", FACTS, "F3:", "FAO:", "FAO", "not the number of a fact"),
    Broken(
        "C-03 lesson key twice",
        edit(WATER_EN, "key: water-in-soil", "key: living-soil"),
        WATER_EN,
        "key:",
        "key",
        "taken",
    ),
    Broken(
        "C-03 quiz key of a lesson", edit(CHECK, "key: soil-check", "key: living-soil"), CHECK, "key:", "key", "taken"
    ),
    Broken("C-03 quiz key of the module", edit(CHECK, "key: soil-check", "key: soil"), CHECK, "key:", "key", "taken"),
    edited("C-03 question key twice", FINAL, "key: signs", "key: holds-water  # again", "questions[2].key", "twice"),
    edited(
        "C-03 choice key twice",
        FINAL,
        "{key: sand,",
        "{key: salt,",
        "questions[1].choices[3].key",
        "twice",
        at="Coarse",
    ),
    edited("C-03 the same fact, written otherwise", FACTS, "F3:", "F01:", "F01", "same number"),
    edited("C-03 term twice", GLOSSARY, "soil-crumb:\n", "humus:  # again\n", "humus", "twice"),
    edited("C-03 key in capitals", EN, "key: living-soil", "key: Living-soil", "key", "not a key"),
    edited("C-03 key in another script", EN, "key: living-soil", "key: living-sоil", "key", "not a key"),
    edited("C-04 key with a point", FINAL, "{key: salt,", "{key: 1.10,", "questions[1].choices[2].key", "not a key"),
    edited("C-04 time as a key", FINAL, "{key: salt,", '{key: "12:30",', "questions[1].choices[2].key", "not a key"),
    edited("reserved word", MODULE, "key: soil\n", "key: search\n", "key", "addresses need", at="key: search"),
    edited("one letter is no key", FINAL, "{key: salt,", "{key: s,", "questions[1].choices[2].key", "not a key"),
    Broken(
        "C-11 a name that turns round",
        lambda copy: copy.write(f"{LESSON}assets/a\u202egvs.svg", "x"),
        f"{LESSON}assets/a\\u202egvs.svg",
        "",
        "",
        "file name",
    ),
    Broken(
        "C-12 names differing by case",
        lambda copy: copy.write(f"{LESSON}assets/Crumbs.svg", "x"),
        f"{LESSON}assets/crumbs.svg",
        "",
        "",
        "only by case",
    ),
    Broken(
        "C-12 a name of 200 characters",
        lambda copy: copy.write(f"{'a' * 200}.yaml", "x"),
        f"{'a' * 200}.yaml",
        "",
        "",
        "file name",
    ),
    Broken("C-06 link to a file", _link, f"{LESSON}assets/passwd.svg", "", "", "a link"),
    Broken("C-06 link to a folder", _link_folder, "modules/02-everything", "", "", "a link"),
]
