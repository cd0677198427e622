"""The trainer guide from a checked package into rows, rendered: a page view parses nothing."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from modules.changes import Action, Change, Run, Step, action_for, retire
from modules.markdown import Rendered, render
from modules.models import GuidePage, Module
from modules.package.linking import Targets, bare_surroundings_of, targets_of
from modules.package.problems import PackageProblem
from modules.package.schema import GuidePageSource, GuideText, Package


def pages_to_render(package: Package, targets: Targets) -> dict[str, Rendered]:
    """Texts of the guide that the database does not have yet, by digest."""
    texts = [text for page in package.guide for text in page.texts.values()]
    known = set(GuidePage.objects.filter(digest__in=[text.digest for text in texts]).values_list("digest", flat=True))
    return {text.digest: _rendered(text, targets) for text in texts if text.digest not in known}


def guide_changes(package: Package) -> Iterator[Step | PackageProblem]:
    found = GuidePage.objects.filter(programme__key=package.key).select_related("module").defer("html", "toc")
    rows = {(row.key, row.language): row for row in found.order_by("position", "pk")}
    wanted = {(page.key, language): page for page in package.guide for language in page.texts}
    targets = targets_of(package)
    for (key, language), page in wanted.items():
        row, fields = rows.get((key, language)), _fields(page, page.texts[language])
        moved = row is not None and (row.module.key if row.module else None) != page.module
        if action := action_for(row, fields) or (Action.CHANGED if moved else None):
            change = Change(action, "guide page", key, language=language)
            yield Step(change, partial(_write, page, page.texts[language], fields, targets))
    for (key, language), row in rows.items():
        if (key, language) not in wanted and row.retired_at is None:
            yield Step(Change(Action.RETIRED, "guide page", key, language=language), partial(retire, row))


def _fields(page: GuidePageSource, text: GuideText) -> dict[str, Any]:
    words = {"title": text.title, "summary": text.summary, "source": text.markdown}
    return {"position": page.position, **words, "digest": text.digest, "retired_at": None}


def _write(page: GuidePageSource, text: GuideText, fields: dict[str, Any], targets: Targets, run: Run) -> None:
    shown = run.pages.get(text.digest) or _rendered(text, targets)
    module = Module.objects.get(key=page.module) if page.module else None
    rendered = {"html": shown.html, "toc": shown.toc, "words": shown.words, "facts": shown.facts}
    GuidePage.objects.update_or_create(
        programme=run.release.programme,
        key=page.key,
        language=text.language,
        defaults={**fields, **rendered, "module": module},
    )


def _rendered(text: GuideText, targets: Targets) -> Rendered:
    return render(text.markdown, bare_surroundings_of(text.language, targets))
