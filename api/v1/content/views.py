"""Programmes, modules, lessons and what else modules hold, terms and facts, and what changed."""

from typing import Any, ClassVar

from rest_framework.request import Request

from api.addresses import api_url, with_query
from api.parameters import CURSOR, LANGUAGE, LIMIT, MODULE, PROGRAMME, SINCE, Parameter, Place
from api.v1.content import examples
from api.v1.content import part_serializers as parts
from api.v1.content import serializers as forms
from api.v1.content.answers import Changes, Listing, ModuleWithQuizzes
from api.views import ContentView
from lms.shared.prepared import Beside
from modules.content import stamps as content_stamps
from modules.content import tree as content_tree
from modules.content.shapes import Page, grown
from quizzes.content_tree import quiz_lines, quiz_stamps


class ListView(ContentView):
    """A list, a page at a time."""

    name: ClassVar[str]

    def beside(self, request: Request) -> Beside:
        return content_stamps.shelf()

    def page(self, **how: Any) -> Page[Any]:
        raise NotImplementedError

    def answer(self, **kwargs: str) -> Listing:
        page = self.page(after=self.asked["cursor"], limit=self.asked["limit"], closed_too=self.closed_too)
        licences = dict.fromkeys(item.licence for item in page.items)
        return Listing(page.items, self.next_url(cursor=page.after), tuple(licences))

    def next_url(self, **place: int | None) -> str | None:
        """The address of the next page: the same question, from another place on. None without a place."""
        return None if None in place.values() else with_query(api_url(self.name), **{**self.asked, **place})

    def spoken_in(self, answer: Listing) -> list[str]:
        return sorted({item.language for item in answer.results}) or ["en"]


class Programmes(ListView):
    """All programmes."""

    name = "programmes"
    parameters: ClassVar[tuple[Parameter, ...]] = (LANGUAGE, LIMIT, CURSOR)
    serializer_class = forms.ProgrammePageSerializer
    example = examples.PROGRAMMES

    def page(self, **how: Any) -> Page[Any]:
        return content_tree.programmes(self.wanted, **how)


class ProgrammeDetail(ContentView):
    """One programme with its modules in order."""

    parameters = (LANGUAGE,)
    place = Place("key", "Key of the programme.", "green-skills")
    serializer_class = forms.ProgrammeSerializer
    example = examples.PROGRAMME

    def beside(self, request: Request) -> Beside:
        return content_stamps.programme(self.kwargs["key"])

    def answer(self, **kwargs: str) -> Any:
        return content_tree.programme_tree(kwargs["key"], self.wanted, closed_too=self.closed_too)


class Modules(ListView):
    """Modules, by programme and in order."""

    name = "modules"
    parameters = (LANGUAGE, PROGRAMME, LIMIT, CURSOR)
    serializer_class = forms.ModulePageSerializer
    example = examples.MODULES

    def page(self, **how: Any) -> Page[Any]:
        return content_tree.modules(self.wanted, programme=self.asked["programme"], **how)


def _module_stamps() -> dict[str, Any]:
    return {**content_stamps.module_stamp(), **quiz_stamps()}


class ModuleDetail(ContentView):
    """One module: outcomes, lessons in order, calculators, field tasks and stories, and which quizzes there are."""

    parameters = (LANGUAGE,)
    place = Place("key", "Key of the module.", "living-resources")
    serializer_class = parts.ModuleSerializer
    example = examples.MODULE
    stamps = ("stamp", "quizzes", "quiz_items")

    def beside(self, request: Request) -> Beside:
        return Beside(_module_stamps, texts={"key": self.kwargs["key"]})

    def answer(self, **kwargs: str) -> Any:
        module = content_tree.module_tree(kwargs["key"], self.wanted, closed_too=self.closed_too)
        return grown(ModuleWithQuizzes, module, quizzes=quiz_lines(module.id, self.wanted))


class Lessons(ListView):
    """Lessons without their texts, by module and in order."""

    name = "lessons"
    parameters = (LANGUAGE, MODULE, LIMIT, CURSOR)
    serializer_class = forms.LessonPageSerializer
    example = examples.LESSONS

    def page(self, **how: Any) -> Page[Any]:
        return content_tree.lessons(self.wanted, module=self.asked["module"], **how)


class LessonDetail(ContentView):
    """One lesson: its text as HTML, the facts that it cites with their sources, its pictures."""

    parameters = (LANGUAGE,)
    place = Place("key", "Key of the lesson.", "every-drop-counts")
    serializer_class = forms.LessonSerializer
    example = examples.LESSON

    def beside(self, request: Request) -> Beside:
        return content_stamps.lesson(self.kwargs["key"], self.languages(request))

    def answer(self, **kwargs: str) -> Any:
        return content_tree.lesson_tree(kwargs["key"], self.wanted, closed_too=self.closed_too)


class Calculators(ListView):
    """Calculators without their formulas, by module and in order."""

    name = "calculators"
    parameters = (LANGUAGE, MODULE, LIMIT, CURSOR)
    serializer_class = parts.CalculatorPageSerializer
    example = examples.CALCULATORS

    def page(self, **how: Any) -> Page[Any]:
        return content_tree.calculators(self.wanted, module=self.asked["module"], **how)


class CalculatorDetail(ContentView):
    """One calculator: inputs with their ranges, formulas as text, a worked example, assumptions."""

    parameters = (LANGUAGE,)
    place = Place("key", "Key of the calculator.", "irrigation-need")
    serializer_class = parts.CalculatorSerializer
    example = examples.CALCULATOR

    def beside(self, request: Request) -> Beside:
        return content_stamps.calculator(self.kwargs["key"])

    def answer(self, **kwargs: str) -> Any:
        return content_tree.calculator_tree(kwargs["key"], self.wanted, closed_too=self.closed_too)


class Tasks(ListView):
    """Field tasks without their steps, by module and in order."""

    name = "tasks"
    parameters = (LANGUAGE, MODULE, LIMIT, CURSOR)
    serializer_class = parts.TaskPageSerializer
    example = examples.TASKS

    def page(self, **how: Any) -> Page[Any]:
        return content_tree.tasks(self.wanted, module=self.asked["module"], **how)


class TaskDetail(ContentView):
    """One field task: safety, tools, steps and evidence, the criteria with their levels, and the trainer's part."""

    parameters = (LANGUAGE,)
    place = Place("key", "Key of the field task.", "water-week")
    serializer_class = parts.TaskSerializer
    example = examples.TASK

    def beside(self, request: Request) -> Beside:
        return content_stamps.task(self.kwargs["key"])

    def answer(self, **kwargs: str) -> Any:
        return content_tree.task_tree(kwargs["key"], self.wanted, closed_too=self.closed_too)


class Stories(ListView):
    """Stories without their scenes, by module and in order."""

    name = "stories"
    parameters = (LANGUAGE, MODULE, LIMIT, CURSOR)
    serializer_class = parts.StoryPageSerializer
    example = examples.STORIES

    def page(self, **how: Any) -> Page[Any]:
        return content_tree.stories(self.wanted, module=self.asked["module"], **how)


class StoryDetail(ContentView):
    """One story: who speaks, and its scenes with choices, their effects and where they lead."""

    parameters = (LANGUAGE,)
    place = Place("key", "Key of the story.", "spray-or-wait")
    serializer_class = parts.StorySerializer
    example = examples.STORY

    def beside(self, request: Request) -> Beside:
        return content_stamps.story(self.kwargs["key"])

    def answer(self, **kwargs: str) -> Any:
        return content_tree.story_tree(kwargs["key"], self.wanted, closed_too=self.closed_too)


class Glossary(ListView):
    """Terms with definition and example, by key."""

    name = "glossary"
    parameters = (LANGUAGE, MODULE, LIMIT, CURSOR)
    serializer_class = forms.TermPageSerializer
    example = examples.GLOSSARY

    def page(self, **how: Any) -> Page[Any]:
        return content_tree.terms(self.wanted, module=self.asked["module"], **how)


class Facts(ListView):
    """The fact ledger: figures and statements with date and source."""

    name = "facts"
    parameters = (LANGUAGE, LIMIT, CURSOR)
    serializer_class = forms.FactPageSerializer
    example = examples.FACTS

    def page(self, **how: Any) -> Page[Any]:
        return content_tree.facts(self.wanted, **how)


class FactDetail(ContentView):
    """One fact with date and source."""

    parameters = (LANGUAGE,)
    place = Place("number", "Number of the fact.", "F51")
    serializer_class = forms.FactSerializer
    example = examples.FACT

    def beside(self, request: Request) -> Beside:
        return content_stamps.fact(self.kwargs["number"])

    def answer(self, **kwargs: str) -> Any:
        return content_tree.fact(kwargs["number"], self.wanted, closed_too=self.closed_too)


class ChangesSince(ListView):
    """What each release changed, oldest first: fetch what is named here, and you are in step."""

    name = "changes"
    parameters = (SINCE, LIMIT)
    serializer_class = forms.ChangesSerializer
    example = examples.CHANGES

    def answer(self, **kwargs: str) -> Any:
        since, limit = self.asked["since"], self.asked["limit"]
        page = content_tree.releases(after=since, limit=limit, closed_too=self.closed_too)
        last = page.items[-1].id if page.items else since
        return Changes(page.items, None if last is None else str(last), self.next_url(since=page.after))

    def languages(self, request: Request) -> tuple[str, ...]:
        return ()  # nothing in the answer is said in words

    def spoken_in(self, answer: Any) -> list[str]:
        return ["en"]
