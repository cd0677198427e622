"""Figures (C-08, C-09)."""

from tests.packages.broken.mistakes import SVG, Broken, append, edited, write
from tests.packages.copies import LESSON

FIGURES = [
    edited(
        "C-09 attribute of another format", SVG, "<rect ", '<rect xmlns:i="urn:x" i:label="a" ', "rect.label", "another"
    ),
    Broken("C-11 figure in Latin-1", write(SVG, "<svg>é</svg>".encode("latin-1")), SVG, "", "", "not UTF-8"),
    edited("C-09 too many parts inside each other", SVG, "<rect ", "<g>" * 60 + "<rect ", "", "too many parts"),
    Broken("C-09 a page instead of a drawing", write(SVG, "<html></html>"), SVG, "<html>", "", "no SVG drawing"),
    edited("C-09 script", SVG, '<text x="32"', '<script>alert(1)</script><text x="32"', "script", "refused"),
    edited("C-09 handler", SVG, "<rect ", '<rect onload="alert(1)" ', "rect.onload", "runs a script"),
    edited("C-09 foreign object", SVG, "<rect ", '<foreignObject width="1"/><rect ', "foreignObject", "refused"),
    edited("C-09 picture inside", SVG, "<rect ", '<image href="#a"/><rect ', "image", "refused"),
    edited(
        "C-09 use of another file",
        SVG,
        "<rect ",
        '<use href="https://example.org/a.svg#b"/><rect ',
        "use.href",
        "own parts",
    ),
    edited(
        "C-09 use by xlink",
        SVG,
        "<rect ",
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="a.svg#b"/><rect ',
        "use.href",
        "own parts",
    ),
    edited("C-09 link", SVG, "<rect ", '<a href="#x"/><rect ', "a", "refused"),
    edited(
        "C-09 style that loads",
        SVG,
        ".paper{fill:#f0efe3}",
        ".paper{fill:url(https://example.org/a)}",
        "style",
        "refused in <style>",
    ),
    edited("C-09 import in the style", SVG, ".paper{fill:#f0efe3}", "@import 'a.css';", "style", "refused in <style>"),
    edited(
        "C-09 escape in the style", SVG, ".paper{fill:#f0efe3}", ".paper{fill:\\75rl(a)}", "style", "refused in <style>"
    ),
    edited("C-09 fill that loads", SVG, "<rect ", '<rect fill="url(//example.org/a)" ', "rect.fill", "could load"),
    edited(
        "C-09 style attribute that loads", SVG, "<rect ", '<rect style="fill:url(a.svg)" ', "rect.style", "could load"
    ),
    edited("C-09 entity", SVG, "<svg ", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg ', "", "DOCTYPE"),
    edited("C-09 stylesheet instruction", SVG, "<svg ", '<?xml-stylesheet href="a.css"?><svg ', "", "xml-stylesheet"),
    edited("C-09 another format", SVG, "<rect ", '<h:p xmlns:h="http://www.w3.org/1999/xhtml"/><rect ', "p", "refused"),
    edited("C-09 not closed", SVG, "Crumb</text>", "Crumb", "", "not XML", at="</svg>"),
    edited("C-09 no drawing", SVG, 'viewBox="0 0 640 300"', "", "svg.viewBox", "viewBox", at="<svg"),
    edited("C-09 another encoding", SVG, "<svg ", '<?xml version="1.0" encoding="utf-16"?><svg ', "", "utf-16"),
    Broken("C-08 too large", append(SVG, f"<!-- {'a' * 210_000} -->"), SVG, "", "", "larger than 200 kB"),
    Broken(
        "C-08 wrong ending",
        lambda copy: copy.write(f"{LESSON}assets/photo.png", b"\x89PNG"),
        f"{LESSON}assets/photo.png",
        "",
        "",
        "not the name of a figure",
    ),
]
