"""The text of a lesson (M-02, M-05, M-06)."""

from tests.packages.broken.mistakes import EN, WATER_EN, Broken, append, edit, edited

TEXTS = [
    Broken("M-06 256 kB of text", append(WATER_EN, "\n\nword" * 50_000), WATER_EN, "---  ", "", "256 kB"),
    edited(
        "M-02 script address",
        EN,
        "(lesson:water-in-soil)",
        "(javascript:alert(1))",
        "text",
        "not where a link may lead",
    ),
    edited(
        "M-02 address without a scheme", EN, "(lesson:water-in-soil)", "(//example.org)", "text", "not where a link"
    ),
    edited("M-02 data address", EN, "(lesson:water-in-soil)", "(data:text/html,x)", "text", "not where a link"),
    edited("M-05 remote picture", EN, "](crumbs.svg", "](https://example.org/a.png", "text", "not in this package"),
    edited("M-06 open brackets", EN, "## Crumbs", "[" * 20_000, "text", "in a row"),
    edited("M-06 deep list", EN, "## Crumbs", " " * 44 + "- deep", "text", "indented"),
    edited("M-06 nested quotations", EN, "## Crumbs", "> " * 20 + "deep", "text", "quotations"),
    edited("M-06 a paragraph of links", EN, "## Crumbs", "[a](b " * 400, "text", "in one paragraph"),
    Broken("M-06 100,000 rows", append(WATER_EN, "| 1 | 2 |\n" * 100_000), WATER_EN, "", "", "larger than 1000 kB"),
    edited(
        "picture without an alternative",
        EN,
        "![A crumb of soil with roots and gaps.]",
        "![]",
        "text",
        "no text alternative",
    ),
    edited("title of level one", EN, "## Crumbs", "# Crumbs", "text", "level one"),
    edited(
        "unknown kind of block", EN, '!!! farm "On your farm"', '!!! form "On your farm"', "text", "not a kind of block"
    ),
    edited("block without a title", EN, '!!! farm "On your farm"', "!!! farm", "text", "not complete"),
    edited("folded block that is no answer", WATER_EN, "??? answer", "??? secret", "text", "not a kind of block"),
    edited("two facts in one bracket", EN, "condition [F1]", "condition [F1, F3]", "text", "Several facts"),
    Broken("no end of the fields", edit(EN, "soil\n---\n", "soil\n"), EN, "---", "", "two lines"),
    Broken("no fields", edit(EN, "---\nkey", "key"), EN, "key: living-soil", "", "two lines"),
    Broken(
        "no text",
        lambda copy: copy.write(EN, copy.read(EN).split("---\nMost")[0] + "---  \n"),
        EN,
        "---  ",
        "",
        "no text after",
    ),
]
