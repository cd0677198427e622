"""From a checked package into rows: modules, lessons, texts, parts, terms, facts. Called by lms.publishing alone.

Names are kept, texts are added, `is_live` moves. What the package no longer has is retired, never deleted.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q

from modules.changes import Action, Change, Comparison, Run, Step, action_for, differing, naming, retire, taken
from modules.importing_guide import guide_changes, pages_to_render
from modules.importing_parts import found_parts
from modules.markdown import Rendered, render
from modules.models import Asset, Fact, GlossaryTerm, Lesson, LessonRevision, Module, Programme, Release
from modules.package.linking import Targets, surroundings_of, targets_of
from modules.package.problems import PackageProblem
from modules.package.schema import LessonSource, LessonText, ModuleSource, Package, TermSource

Found = Iterator[Step | PackageProblem]


def compare_modules(package: Package) -> Comparison:
    """What import_modules would do. Reads a handful of queries, writes nothing."""
    return Comparison.of(_found(package))


def import_modules(
    package: Package, *, release: Release, now: datetime, pages: dict[str, Rendered] | None = None
) -> list[Change]:
    """Write what differs, in the caller's transaction. Returns what was done."""
    return compare_modules(package).carry_out(Run(release, now, pages or {}))


def render_new(package: Package) -> dict[str, Rendered]:
    """Texts that the database does not have yet, rendered, by digest. Nobody waits for it."""
    texts = [text for module in package.modules for lesson in module.lessons for text in lesson.texts.values()]
    known = set(
        LessonRevision.objects.filter(digest__in=[text.digest for text in texts]).values_list("digest", flat=True)
    )
    targets = targets_of(package)
    new = {text.digest: _rendered(text, targets) for text in texts if text.digest not in known}
    return new | pages_to_render(package, targets)


def programme_for(package: Package) -> Programme:
    """The programme's row, locked until the end of the transaction: a second import waits here (C-16)."""
    Programme.objects.get_or_create(key=package.key, defaults=_programme_fields(package))
    return Programme.objects.select_for_update().get(key=package.key)


def _found(package: Package) -> Found:
    yield from _programme(package)
    yield from _modules(package)
    yield from _lessons(package)
    yield from _texts(package)
    yield from found_parts(package)
    yield from _terms(package)
    yield from _facts(package)
    yield from guide_changes(package)


# --- Programme and modules -----------------------------------------------------------------------------------------


def _programme_fields(package: Package) -> dict[str, Any]:
    return {
        "title": dict(package.title),
        "summary": dict(package.summary),
        "languages": list(package.languages),
        "source_language": package.source_language,
        "licence": package.licence,
        "credits": dict(package.credits),
        "review": dict(package.review),
    }


def _programme(package: Package) -> Found:
    row, fields = Programme.objects.filter(key=package.key).first(), _programme_fields(package)
    if row is None or not row.releases.exists():
        # programme_for() makes the row just before its first release, so a row alone does not mean that it was there.
        yield Step(Change(Action.NEW, "programme", package.key), _nothing)
    elif names := differing(row, fields):
        change = Change(Action.CHANGED, "programme", package.key, naming(names))
        yield Step(change, lambda run: _set(run.release.programme, fields))


def _module_fields(module: ModuleSource) -> dict[str, Any]:
    return {
        "position": module.position,
        "title": dict(module.title),
        "summary": dict(module.summary),
        "outcomes": [dict(outcome) for outcome in module.outcomes],
        "hours": module.hours,
        "field_hours": module.field_hours,
        "competences": list(module.competences),
        "sdgs": list(module.sdgs),
        "eqf": module.eqf,
        "esco": [asdict(label) for label in module.esco],
        "digest": module.digest,
        "retired_at": None,
    }


def _modules(package: Package) -> Found:
    keys = [module.key for module in package.modules]
    own = Q(programme__key=package.key)
    rows = {row.key: row for row in Module.objects.filter(own | Q(key__in=keys)).select_related("programme")}
    for module in package.modules:
        row, fields = rows.get(module.key), _module_fields(module)
        if row and row.programme.key != package.key:
            yield taken(module.file, module.line, "module", module.key, row.programme.key)
        elif action := action_for(row, fields):
            detail = naming(differing(row, fields)) if row and action is Action.CHANGED else ""
            yield Step(Change(action, "module", module.key, detail), partial(_write_module, module.key, fields))
    for row in rows.values():
        if row.programme.key == package.key and row.key not in keys and row.retired_at is None:
            yield Step(Change(Action.RETIRED, "module", row.key), partial(retire, row))


def _write_module(key: str, fields: dict[str, Any], run: Run) -> None:
    Module.objects.update_or_create(key=key, defaults={**fields, "programme": run.release.programme})


# --- Lessons ---------------------------------------------------------------------------------------------------------


def _lessons(package: Package) -> Found:
    sources = {lesson.key: (lesson, module.key) for module in package.modules for lesson in module.lessons}
    own = Q(module__programme__key=package.key)
    found = Lesson.objects.filter(own | Q(key__in=sources)).select_related("module__programme")
    rows = {row.key: row for row in found}
    for key, (lesson, module) in sources.items():
        row = rows.get(key)
        if row and row.module.programme.key != package.key:
            yield taken(lesson.file, lesson.line, "lesson", key, row.module.programme.key)
        elif row and row.edition > lesson.edition:
            what = f"The lesson is at edition {row.edition}; the package says {lesson.edition}."
            hint = "An edition never goes down: learners finished that one. Write the same or a higher one."
            yield PackageProblem(lesson.file, lesson.line, "edition", what, hint)
        else:
            yield from _lesson(lesson, module, row)
    for row in rows.values():
        if row.module.programme.key == package.key and row.key not in sources and row.retired_at is None:
            yield Step(Change(Action.RETIRED, "lesson", row.key), partial(retire, row))


def _lesson(lesson: LessonSource, module: str, row: Lesson | None) -> Found:
    position, edition, minutes = lesson.position, lesson.edition, lesson.minutes
    fields = {"position": position, "edition": edition, "minutes": minutes, "retired_at": None}
    moved = row is not None and row.module.key != module
    action = action_for(row, fields) or (Action.CHANGED if moved else None)
    if action is None:
        return
    words = []
    if row and row.edition != edition:
        words.append(f"edition {row.edition} → {edition}: people who finished it are told")
    if row and moved:
        words.append(f"from {row.module.key} to {module}")
    if row and action is Action.CHANGED and (names := set(differing(row, fields)) - {"edition"}):
        words.append(naming(sorted(names)))
    change = Change(action, "lesson", lesson.key, "; ".join(words))
    yield Step(change, partial(_write_lesson, lesson.key, module, fields))


def _write_lesson(key: str, module: str, fields: dict[str, Any], run: Run) -> None:
    Lesson.objects.update_or_create(key=key, defaults={**fields, "module": Module.objects.get(key=module)})


# --- Texts: revisions and their pictures -----------------------------------------------------------------------------


def _texts(package: Package) -> Found:
    lessons = {lesson.key: lesson for module in package.modules for lesson in module.lessons}
    rows = LessonRevision.objects.filter(lesson__key__in=lessons, lesson__module__programme__key=package.key)
    known = {
        (key, language, digest): is_live
        for key, language, digest, is_live in rows.values_list("lesson__key", "language", "digest", "is_live")
    }
    live = {(key, language) for (key, language, _), is_live in known.items() if is_live}
    targets = targets_of(package)
    for lesson in lessons.values():
        for text in lesson.texts.values():
            is_live = known.get((lesson.key, text.language, text.digest))
            if not is_live:
                before = (lesson.key, text.language) in live
                action = Action.RESTORED if is_live is False else Action.CHANGED if before else Action.NEW
                change = Change(action, "text", lesson.key, language=text.language)
                yield Step(change, partial(_write_text, lesson.key, text, targets))
        for key, language in sorted(live):
            if key == lesson.key and language not in lesson.texts:
                yield Step(Change(Action.RETIRED, "text", key, language=language), partial(_withdraw, key, language))


def _withdraw(key: str, language: str, run: Run) -> None:
    LessonRevision.objects.filter(lesson__key=key, language=language, is_live=True).update(is_live=False)


def _write_text(key: str, text: LessonText, targets: Targets, run: Run) -> None:
    """Move `is_live`: to the revision that has this text already (an old one comes back), else to a new one."""
    _withdraw(key, text.language, run)
    lesson = Lesson.objects.get(key=key)
    if lesson.revisions.filter(language=text.language, digest=text.digest).update(is_live=True):
        return
    page = run.pages.get(text.digest) or _rendered(text, targets)
    revision = LessonRevision.objects.create(
        lesson=lesson,
        language=text.language,
        digest=text.digest,
        edition=text.edition,
        title=text.title,
        summary=text.summary,
        objectives=list(text.objectives),
        source=text.markdown,
        html=page.html,
        toc=page.toc,
        words=page.words,
        facts=page.facts,
        is_live=True,
        release=run.release,
    )
    revision.assets.set([_picture(asset) for asset in text.assets])


def _rendered(text: LessonText, targets: Targets) -> Rendered:
    return render(text.markdown, surroundings_of(text.language, {asset.name: asset for asset in text.assets}, targets))


def _picture(source: Any) -> Asset:
    fields = {
        "name": source.name,
        "media_type": source.media_type,
        "size": len(source.content),
        "content": source.content,
    }
    return Asset.objects.get_or_create(digest=source.digest, defaults=fields)[0]


# --- Terms and facts -------------------------------------------------------------------------------------------------


def _terms(package: Package) -> Found:
    found = GlossaryTerm.objects.filter(programme__key=package.key).select_related("module")
    rows = {(row.key, row.language): row for row in found}
    wanted = {(term.key, language): term for term in package.terms for language in term.texts}
    for (key, language), term in wanted.items():
        row, fields = rows.get((key, language)), _term_fields(term, language)
        moved = row is not None and row.module.key != term.module
        if action := action_for(row, fields) or (Action.CHANGED if moved else None):
            write = partial(_write_term, key, language, term.module, fields)
            yield Step(Change(action, "term", key, language=language), write)
    for (key, language), row in rows.items():
        if (key, language) not in wanted and row.retired_at is None:
            yield Step(Change(Action.RETIRED, "term", key, language=language), partial(retire, row))


def _term_fields(term: TermSource, language: str) -> dict[str, Any]:
    text = term.texts[language]
    words = {"term": text.term, "definition": text.definition, "example": text.example}
    return {**words, "related": list(term.related), "digest": text.digest, "retired_at": None}


def _write_term(key: str, language: str, module: str, fields: dict[str, Any], run: Run) -> None:
    defaults = {**fields, "module": Module.objects.get(key=module)}
    GlossaryTerm.objects.update_or_create(
        programme=run.release.programme, key=key, language=language, defaults=defaults
    )


def _facts(package: Package) -> Found:
    """Facts that may not be cited stay in the file."""
    rows = {row.number: row for row in Fact.objects.filter(programme__key=package.key).order_by("pk")}
    wanted = {fact.number: fact for fact in package.facts if fact.may_be_cited}
    for number, fact in wanted.items():
        fields = {
            "statement": dict(fact.statement),
            **{name: getattr(fact, name) for name in ("value", "unit", "as_of", "status", "source", "jurisdiction")},
            "digest": fact.digest,
            "retired_at": None,
        }
        if action := action_for(rows.get(number), fields):
            yield Step(Change(action, "fact", number), partial(_write_fact, number, fields))
    for number, row in rows.items():
        if number not in wanted and row.retired_at is None:
            yield Step(Change(Action.RETIRED, "fact", number), partial(retire, row))


def _write_fact(number: str, fields: dict[str, Any], run: Run) -> None:
    Fact.objects.update_or_create(programme=run.release.programme, number=number, defaults=fields)


# --- Shared --------------------------------------------------------------------------------------------------------


def _nothing(run: Run) -> None:
    pass


def _set(row: Programme, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
