"""The trainer guide, the labels of ESCO, and the state of the review."""

from tests.packages.broken.mistakes import GUIDE, GUIDE_BG, MODULE, PACKAGE, Broken, edited, write

URI = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000001"

GUIDE_PAGES = [
    edited(
        "a page of the guide that is not there",
        PACKAGE,
        "02-guide-to-soil",
        "02-guide-to-sol",
        "guide",
        "02-guide-to-soil",
    ),
    edited("a module nobody knows", GUIDE, "module: soil", "module: sand", "module", "“sand” is not known"),
    edited("the key of a lesson on a page", GUIDE, "key: guide-to-soil", "key: living-soil", "key", "already taken"),
    edited("a page with the key print", GUIDE, "key: guide-to-soil", "key: print", "key", "addresses need"),
    edited(
        "a translated page with another key", GUIDE_BG, "key: guide-to-soil", "key: guide", "key", "“guide-to-soil”"
    ),
    edited(
        "a figure in the guide",
        GUIDE,
        "Let each pair",
        "![A crumb.](crumbs.svg)\n\nLet each pair",
        "text",
        "no figures",
    ),
    edited("a fact that may not be cited in the guide", GUIDE, "Let each pair", "Let each pair [F2]", "text", "F2"),
    edited(
        "a link to no lesson in the guide",
        GUIDE,
        "lesson:living-soil",
        "lesson:dead-soil",
        "text",
        "no lesson “dead-soil”",
    ),
    Broken("a page without fields", write(GUIDE, "Words\n"), GUIDE, "Words", "", "between two lines"),
    edited(
        "minutes on a page of the guide",
        GUIDE,
        "module: soil",
        "module: soil\nminutes: 4",
        "minutes",
        "not a field",
        at="minutes: 4",
    ),
    edited("a review of the source", PACKAGE, "review: {bg:", "review: {en:", "review.en", "not a translation"),
    edited("a review in an unknown state", PACKAGE, "{bg: awaiting}", "{bg: waiting}", "review.bg", "“awaiting”"),
    edited(
        "an address that is not one of ESCO",
        MODULE,
        URI,
        "http://data.europa.eu/esco/skill/1",
        "esco[1].uri",
        "not an address",
    ),
    edited("an address twice", MODULE, "00000002", "00000001", "esco[2].uri", "stands twice", at="think holistically"),
    edited("an unknown kind in ESCO", MODULE, "kind: knowledge", "kind: knowlege", "esco[1].kind", "“knowledge”"),
]
