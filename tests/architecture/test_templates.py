"""Templates: parts name their inputs, nothing inline for the browser to run, no page that nobody shows."""

import ast
import re
from functools import cache
from pathlib import Path

from django.template.utils import get_app_template_dirs

from tests.architecture.floors import ROOT, short, sources

FOLDER = ROOT / "frontend_templates"
TEMPLATES = sorted(
    file for file in FOLDER.rglob("*") if file.suffix in {".html", ".txt"} and "static" not in file.parts
)
BY_CONVENTION = {"400.html", "403.html", "404.html", "500.html"}  # Django asks for these by itself
TAG = re.compile(r"\{%\s*(\w+)\s+(.*?)\s*%\}", re.S)


@cache
def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def name(file: Path) -> str:
    return str(file.relative_to(FOLDER))


def without_comments(source: str) -> str:
    return re.sub(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}", "", source, flags=re.S)


def includes(file: Path) -> list[tuple[str, str]]:
    """(template, what is passed) for each {% include %}, and for each {% kept %}, which is always an "only"."""
    endings = {"include": "", "kept": " only"}
    found = [rest + endings[tag] for tag, rest in TAG.findall(without_comments(text(file))) if tag in endings]
    return [(match[1], match[2]) for rest in found if (match := re.match(r"""["']([^"']+)["']\s*(.*)""", rest, re.S))]


def test_components_open_with_a_comment_that_names_their_inputs() -> None:
    silent = [
        name(file)
        for file in TEMPLATES
        if file.parent.name == "components"
        and not re.match(r"\{% comment %\}[^%]*Inputs: [^%]+\{% endcomment %\}", text(file))
    ]
    assert silent == []


def test_components_see_only_what_they_are_given() -> None:
    open_ones = [
        f"{name(file)} -> {part}"
        for file in TEMPLATES
        for part, passed in includes(file)
        if part.startswith("components/") and not re.search(r"\bonly$", passed.strip())
    ]
    assert open_ones == []


def test_what_is_passed_to_a_component_is_one_of_its_inputs() -> None:
    unknown = []
    for file in TEMPLATES:
        for part, passed in includes(file):
            if not part.startswith("components/"):
                continue
            comment = text(FOLDER / part).split("endcomment")[0]
            given = re.findall(r"\b(\w+)=", passed)
            unknown += [f"{name(file)} -> {part}: {one}" for one in given if not re.search(rf"\b{one}\b", comment)]
    assert unknown == []


def test_included_and_extended_templates_exist() -> None:
    missing = []
    for file in TEMPLATES:
        for tag, rest in TAG.findall(without_comments(text(file))):
            match = re.match(r"""["']([^"']+)["']""", rest)
            if tag in {"include", "kept", "extends"} and match and not (FOLDER / match[1]).exists():
                missing.append(f"{name(file)} -> {match[1]}")
    assert missing == []


def test_nothing_inline_for_the_browser_to_run() -> None:
    """S-13: the content security policy would refuse it, and should."""
    patterns = {
        "style attribute": r"<[^>]*\sstyle\s*=",
        "style element": r"<style\b",
        "handler": r"<[^>]*\son[a-z]+\s*=",
        "script without src or nonce": r"<script(?![^>]*\b(?:src|nonce)=)[^>]*>",
        "javascript: address": r"javascript:",
    }
    pages = [file for file in TEMPLATES if file.suffix == ".html" and "email" not in file.parts]
    found = [
        f"{name(file)}: {what}"
        for file in pages
        for what, pattern in patterns.items()
        if re.search(pattern, without_comments(text(file)), re.I)
    ]
    assert found == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    """P-11, S-13: no third party learns who reads a lesson."""
    pattern = re.compile(r"<(?:link|script|img|iframe|source|video|audio)\b[^>]*(?:src|href)=[\"'](?:https?:)?//", re.I)
    assert [name(file) for file in TEMPLATES if pattern.search(text(file))] == []


@cache
def named_in_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Names of templates in our Python files: whole ones, and patterns of those put together from parts."""
    whole, patterns = set(), []
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(p.value) if isinstance(p, ast.Constant) else "[^/]+" for p in node.values]
                patterns.append(re.compile("".join(map(str, parts))))
    return whole, [pattern for pattern in patterns if re.search(r"\\\.(html|txt)|^email/", pattern.pattern)]


def is_reachable(file: Path) -> bool:
    whole, patterns = named_in_code()
    if name(file) in whole | BY_CONVENTION or any(pattern.fullmatch(name(file)) for pattern in patterns):
        return True
    used = {part for other in TEMPLATES for part, _passed in includes(other)}
    used |= {m[1] for other in TEMPLATES for m in re.finditer(r"""\{% extends ["']([^"']+)["']""", text(other))}
    return name(file) in used or _replaces_a_library_template(file)


def _replaces_a_library_template(file: Path) -> bool:
    """allauth, the admin or Django itself has one of that name, which ours takes the place of."""
    return any((Path(folder) / name(file)).exists() for folder in get_app_template_dirs("templates"))


def test_every_template_is_shown_by_somebody() -> None:
    assert [name(file) for file in TEMPLATES if not is_reachable(file)] == []


def test_fragments_have_an_underscore_and_pages_have_not() -> None:
    """What extends a base is a page; a fragment is what a page includes and htmx swaps."""
    pages = [file for file in TEMPLATES if file.suffix == ".html" and "{% extends" in text(file)]
    bases = {m[1] for file in TEMPLATES for m in re.finditer(r"""\{% extends ["']([^"']+)["']""", text(file))}
    assert [name(file) for file in pages if file.name.startswith("_") and name(file) not in bases] == []


def test_filters_that_trust_their_input_are_rare_and_known() -> None:
    """S-13: |safe is for what our own code made: texts sanitised at import, and Django's help texts."""
    trusted = {short(file) for file in TEMPLATES if re.search(r"\|\s*safe\b|\{% autoescape off", text(file))}
    texts = {"learn/lesson.html", "train/guide_page.html", "train/guide_print.html"}
    allowed = {f"frontend_templates/{name}" for name in ("components/field.html", *texts)}
    assert {one for one in trusted if "/email/" not in one} - allowed == set()
