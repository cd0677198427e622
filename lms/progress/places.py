"""Where a calculator, a field task or a story stands in the course, for whoever may see it."""

from dataclasses import dataclass
from datetime import datetime

from lms.people.models import User
from lms.progress.availability import require_open
from lms.progress.course import LessonEntry, course
from lms.shared.languages import Said, said
from lms.shared.refusals import NotHere
from modules.review import awaits_review
from modules.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Place:
    """`lesson`: None when it belongs to none, or to one that is no longer in the course.

    `awaits` is the language whose text waits for its native editor, or empty.
    """

    module: str
    module_title: Said
    licence: str
    lesson: LessonEntry | None
    awaits: str


def place_of(
    *, module: int, lesson: int | None, title: Said, learner: User | None, now: datetime, language: str, shelf: Shelf
) -> Place:
    """Module and lesson by their ids; `title` as it is shown. One query for who is signed in, none for others.

    Raises NotHere and NotOpen.
    """
    shown = course(language, shelf)
    found = next((each for each in shown.modules if each.pk == module), None)
    if found is None:
        raise NotHere
    require_open(learner=learner, module=found, now=now)
    programme = found.programme
    return Place(
        module=found.key,
        module_title=said(found.title, language, programme.source_language),
        licence=programme.licence,
        lesson=next((each for each in shown.lessons.get(module, ()) if each.id == lesson), None),
        awaits=awaits_review(programme.review, title.language),
    )
