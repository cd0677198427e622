"""Files that are no proper YAML, or no proper text (C-01, C-02, C-11, T7)."""

from functools import partial

from tests.packages.broken.mistakes import (
    BG,
    CHECK,
    CHECK_BG,
    EN,
    FACTS,
    GLOSSARY,
    MODULE,
    PACKAGE,
    Broken,
    append,
    edited,
    recode,
    write,
)

YAML_FORM = [
    edited(
        "C-01 fields of a translated lesson",
        BG,
        "title: Жива почва",
        "title: [Жива почва",
        "",
        "not YAML",
        at="edition",
    ),
    edited("C-01 facts that cannot be read", FACTS, "F1:", "F1: [", "", "not YAML", at="value: 60"),
    edited("C-01 glossary that cannot be read", GLOSSARY, "humus:", "humus: [", "", "not YAML", at="en: {term: Humus"),
    edited("C-01 quiz that cannot be read", CHECK, "key: soil-check", "key: [soil-check", "", "not YAML", at="title"),
    edited("C-01 fields of a lesson", EN, "title: Living soil", "title: 'Living soil", "", "not closed"),
    edited(
        "C-01 translated quiz", CHECK_BG, "title: Проверете се", "title: [Проверете се", "", "not YAML", at="questions:"
    ),
    edited("C-01 tab", MODULE, "\nhours: 1.5", "\nhours:\t1.5", "", "tab", at="hours:"),
    edited("C-01 tab as indentation", MODULE, "  - {en: Do a spade", "\t- {en: Do a spade", "", "tab", at="Do a spade"),
    edited("C-01 unclosed quote", MODULE, "final_quiz: soil-final", 'final_quiz: "soil-final', "", "not closed"),
    edited("C-01 unclosed bracket", MODULE, "sdgs: [6, 15]", "sdgs: [6, 15", "", "not YAML", at="eqf: 3"),
    Broken("C-01 byte order mark", partial(recode, MODULE, "utf-8-sig"), MODULE, "key: soil", "", "byte order mark"),
    Broken("C-01 nested brackets", append(PACKAGE, "extra: " + "[" * 5000), PACKAGE, "extra:", "", "inside each"),
    Broken("C-01 nested braces", append(PACKAGE, "extra: " + "{a: " * 5000), PACKAGE, "extra:", "", "inside each"),
    Broken("C-01 empty file", write(MODULE, ""), MODULE, "", "", "empty"),
    Broken("C-01 comments only", write(MODULE, "# nothing yet\n"), MODULE, "", "", "empty"),
    Broken("C-01 scalar instead of a map", write(MODULE, "just words\n"), MODULE, "just words", "", "field: value"),
    Broken(
        "C-01 list instead of a map", write(PACKAGE, "- format\n- version\n"), PACKAGE, "format", "", "field: value"
    ),
    edited("C-01 two documents", MODULE, "hours: 1.5", "---\nhours: 1.5", "", "second document"),
    Broken(
        "C-01 directive",
        lambda copy: copy.write(MODULE, "%YAML 1.1\n---\n" + copy.read(MODULE)),
        MODULE,
        "%YAML",
        "",
        "“%”",
    ),
    edited("C-01 colon in an unquoted text", MODULE, "final_quiz: soil-final", "final_quiz: soil: final", "", "quotes"),
    edited("C-01 wrong indentation", MODULE, "hours: 1.5", " hours: 1.5", "", "not YAML"),
    edited("C-01 control character", MODULE, "hours: 1.5", "hours: 1\x075", "", "U+0007"),
    edited("C-01 escaped NUL", MODULE, "{en: Soil, bg: Почва}", '{en: "So\\0il", bg: Почва}', "", "U+0000"),
    edited("C-01 lone surrogate", MODULE, "{en: Soil, bg: Почва}", '{en: "\\ud800", bg: Почва}', "", "U+D800"),
    edited("C-02 anchor", MODULE, "title: {en: Soil", "title: &a {en: Soil", "", "anchor"),
    edited("C-02 alias", MODULE, "final_quiz: soil-final", "final_quiz: *a", "", "alias"),
    edited("C-02 merge key", MODULE, "hours: 1.5", "<<: {hours: 1.5}", "", "merge key"),
    edited("C-02 tag", MODULE, "hours: 1.5", "hours: !!python/object:os.system 1.5", "", "tag"),
    edited("C-02 local tag", MODULE, "hours: 1.5", "hours: !hours 1.5", "", "tag"),
    Broken("C-02 a line of 10 MB", append(PACKAGE, "x: " + "a" * 10_000_000), PACKAGE, "", "", "larger than 1000 kB"),
    Broken(
        "C-02 alias bomb",
        append(PACKAGE, "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
        PACKAGE,
        "a: &a",
        "",
        "anchor",
    ),
    edited("C-03 the same field twice", MODULE, "hours: 1.5", "hours: 1.5\nhours: 2", "hours", "twice", at="hours: 2"),
    edited("C-03 a field differing by case", MODULE, "eqf: 3", "Hours: 2\neqf: 3", "Hours", "only by case"),
    Broken("C-11 Latin-1", write(EN, b"---\nkey: living-soil\ntitle: Gr\xfcn\n---\n"), EN, "Gr", "", "not UTF-8"),
    Broken("C-11 UTF-16", partial(recode, MODULE, "utf-16"), MODULE, "k\x00e", "", "not UTF-8"),
    Broken("C-11 NUL in a lesson", append(EN, "a\x00b\n"), EN, "a\x00b", "", "NUL"),
]
