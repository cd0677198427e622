"""The form of answers about calculators, field tasks and stories, and about a module, which has all of these."""

from rest_framework.serializers import BooleanField, CharField, DictField, FloatField, IntegerField, ListField

from api.addresses import api_url, page_url
from api.v1.content.serializers import (
    LessonLineSerializer,
    Licensed,
    Link,
    ModuleLineSerializer,
    Output,
    Paged,
    QuizSerializer,
    Spoken,
)


class PartLineSerializer(Spoken):
    key = CharField(help_text="Its name for ever.")
    programme = CharField(help_text="Key of its programme.")
    module = CharField(help_text="Key of its module.")
    lesson = CharField(allow_null=True, help_text="Key of the lesson that explains it; null: none does.")
    position = IntegerField(help_text="Its place among those of its sort in the module.")
    title = CharField(help_text="Its title.")
    summary = CharField(help_text="One or two sentences for lists.")
    digest = CharField(help_text="Changes with its words and numbers, in whatever language.")
    licence = CharField(source="licence.name", help_text="Identifier of the licence (SPDX).")


class PartSerializer(Licensed):
    languages = ListField(child=CharField(), help_text="The languages in which it exists.")


# --- Calculators ----------------------------------------------------------------------------------


class CalculatorLineSerializer(PartLineSerializer):
    url = Link(lambda calculator: api_url("calculator", calculator.key), help_text="Where it can be fetched.")
    page = Link(
        lambda calculator: page_url("farm:calculator", calculator.language, calculator.key),
        help_text="The page for people, which computes.",
    )


class CalculatorInputSerializer(Output):
    key = CharField(help_text="Its name in the formulas.")
    name = CharField(help_text="What one types in.")
    unit = CharField(help_text="Its unit; empty for a bare number.")
    low = FloatField(help_text="The lowest value that may be typed in.")
    high = FloatField(help_text="The highest one.")
    value = FloatField(help_text="The value to begin with.")
    note = CharField(help_text="Where to find the value; may be empty.")


class CalculatorOutputSerializer(Output):
    key = CharField(help_text="Its name in the formulas below it.")
    name = CharField(help_text="What is computed.")
    unit = CharField(help_text="Its unit; empty for a bare number.")
    decimals = IntegerField(help_text="To how many decimals it is shown; the next formula goes on unrounded.")
    formula = CharField(help_text="How it is computed from inputs and the outputs above it.")
    when = CharField(help_text="What must hold for it to have a value; empty: it always has one.")


class WorkedExampleSerializer(Output):
    text = CharField(help_text="The example in words.")
    inputs = DictField(child=FloatField(), help_text="By key: what is typed in.")
    outputs = DictField(child=FloatField(), help_text="By key: what it comes to, rounded; an output may have no value.")


class CalculatorSerializer(CalculatorLineSerializer, PartSerializer):
    inputs = CalculatorInputSerializer(many=True, help_text="In order.")
    outputs = CalculatorOutputSerializer(many=True, help_text="In order: each may need those above it.")
    example = WorkedExampleSerializer(help_text="A worked example, which the formulas give.")
    assumptions = ListField(child=CharField(), help_text="What it takes for granted. Show them beside the results.")
    explain = CharField(help_text="How to read the results.")
    facts = ListField(child=CharField(), help_text="Numbers of the facts that it rests on.")


# --- Field tasks ----------------------------------------------------------------------------------


class TaskLineSerializer(PartLineSerializer):
    minutes = IntegerField(help_text="Time of the work, in minutes.")
    url = Link(lambda task: api_url("task", task.key), help_text="Where it can be fetched.")
    page = Link(lambda task: page_url("farm:task", task.language, task.key), help_text="The page for people.")


class CriterionSerializer(Output):
    key = CharField(help_text="technique, data, reasoning or cooperation.")
    name = CharField(help_text="What is looked at.")
    levels = ListField(child=CharField(), help_text="Four: not yet, with help, alone, guides others.")


class TaskSerializer(TaskLineSerializer, PartSerializer):
    safety = CharField(help_text="Show it before everything else.")
    season = CharField(help_text="When it can be done, in words.")
    tools = ListField(child=CharField(), help_text="What to take along.")
    steps = ListField(child=CharField(), help_text="What to do, in order.")
    evidence = ListField(child=CharField(), help_text="What to bring back.")
    criteria = CriterionSerializer(many=True, help_text="How a trainer judges it; in every task the same four.")
    observe = ListField(child=CharField(), help_text="For the trainer: what to watch.")
    debrief = ListField(child=CharField(), help_text="For the trainer: what to ask afterwards.")
    facts = ListField(child=CharField(), help_text="Numbers of the facts that it rests on.")


# --- Stories --------------------------------------------------------------------------------------


class StoryLineSerializer(PartLineSerializer):
    minutes = IntegerField(help_text="Time for one way through it, in minutes.")
    url = Link(lambda story: api_url("story", story.key), help_text="Where it can be fetched.")
    page = Link(lambda story: page_url("stories:story", story.language, story.key), help_text="The page for people.")


class SpeakerSerializer(Output):
    key = CharField(help_text="Its name in the scenes.")
    name = CharField(help_text="Who it is.")
    role = CharField(help_text="What they do there.")


class EffectsSerializer(Output):
    people = IntegerField(help_text="-2 to 2.")
    nature = IntegerField(help_text="-2 to 2.")
    money = IntegerField(help_text="-2 to 2.")


class SceneChoiceSerializer(Output):
    key = CharField(help_text="Its name within the scene.")
    text = CharField(help_text="What one decides.")
    to = CharField(help_text="Key of the scene that follows.")
    effects = EffectsSerializer(allow_null=True, help_text="What it changes; null: it merely goes on.")
    because = CharField(help_text="What came of it, to be shown with the next scene; empty: it merely goes on.")


class SceneSerializer(Output):
    key = CharField(help_text="Its name within the story.")
    speaker = CharField(allow_null=True, help_text="Key of the one who speaks; null: the narrator.")
    text = CharField(help_text="What is said, as plain text; blank lines part paragraphs.")
    ending = BooleanField(help_text="Whether the story ends here.")
    title = CharField(help_text="The name of the ending; empty in other scenes.")
    reflect = CharField(help_text="A question to end with; empty in other scenes.")
    choices = SceneChoiceSerializer(many=True, help_text="One to three; an ending has none.")


class StorySerializer(StoryLineSerializer, PartSerializer):
    speakers = SpeakerSerializer(many=True, help_text="Who speaks, besides the narrator.")
    scenes = SceneSerializer(many=True, help_text="It begins with the first. No way leads back.")


# --- The module that holds them -------------------------------------------------------------------


class ModuleSerializer(ModuleLineSerializer, Licensed):
    languages = ListField(child=CharField(), help_text="The languages of its programme.")
    outcomes = ListField(child=CharField(), help_text="What a learner can do afterwards.")
    lessons = LessonLineSerializer(many=True, help_text="In order.")
    calculators = CalculatorLineSerializer(many=True, help_text="In order; each as in the list of calculators.")
    tasks = TaskLineSerializer(many=True, help_text="Its field tasks, likewise.")
    stories = StoryLineSerializer(many=True, help_text="Likewise.")
    quizzes = QuizSerializer(many=True, help_text="That they exist; their questions are on their pages.")


# --- Lists ----------------------------------------------------------------------------------------


class CalculatorPageSerializer(Paged):
    results = CalculatorLineSerializer(many=True, help_text="What is on this page of the list.")


class TaskPageSerializer(Paged):
    results = TaskLineSerializer(many=True, help_text="What is on this page of the list.")


class StoryPageSerializer(Paged):
    results = StoryLineSerializer(many=True, help_text="What is on this page of the list.")
