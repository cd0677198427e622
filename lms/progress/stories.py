"""Stories for who wants to read them: open like the lessons of their module. Nothing of a way is kept."""

from dataclasses import dataclass
from datetime import datetime

from lms.people.models import User
from lms.progress.course import course
from lms.progress.places import Place, place_of
from lms.shared.languages import Said, said
from modules.shelf import Shelf
from modules.stories import StoryLine, stories, walk_through
from modules.ways import Walk


@dataclass(frozen=True, slots=True)
class ModuleStories:
    module: str
    title: Said
    stories: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True)
class StoryPage:
    story: StoryLine
    walk: Walk
    place: Place


def stories_by_module(language: str, shelf: Shelf) -> tuple[ModuleStories, ...]:
    """Modules that have stories, in the order of the course. No query when the content is known."""
    found = stories(language, shelf)
    groups = (
        ModuleStories(
            module.key,
            said(module.title, language, module.programme.source_language),
            tuple(story for story in found if story.module == module.pk),
        )
        for module in course(language, shelf).modules
    )
    return tuple(group for group in groups if group.stories)


def stories_of(module: int, language: str, shelf: Shelf) -> tuple[StoryLine, ...]:
    return tuple(story for story in stories(language, shelf) if story.module == module)


def story_page(*, learner: User | None, key: str, way: str, language: str, now: datetime, shelf: Shelf) -> StoryPage:
    """One scene of a story. One query for who is signed in, none for others. Raises NotHere and NotOpen."""
    story, walked = walk_through(key, way, language, shelf)
    place = place_of(
        module=story.module, lesson=None, title=story.title, learner=learner, now=now, language=language, shelf=shelf
    )
    return StoryPage(story, walked, place)
