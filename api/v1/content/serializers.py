"""The form of every answer about content. A field may be added; none changes its meaning or goes away within v1."""

import re
from collections.abc import Callable
from typing import Any

from rest_framework import serializers
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    DictField,
    FloatField,
    IntegerField,
    ListField,
)

from api.addresses import api_url, asset_url, page_url, with_full_addresses

FETCHED = {"programme", "module", "lesson", "calculator", "task", "story", "fact"}  # one by one, at its address
SPOKEN = ("language", "requested_language", "fallback")
CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-(\d\.\d)")


class Link(serializers.URLField):
    """An address made from the whole thing."""

    def __init__(self, build: Callable[[Any], str | None], **options: Any) -> None:
        super().__init__(source="*", **options)
        self.build = build

    def to_representation(self, value: Any) -> Any:
        return self.build(value)


class Html(CharField):
    def to_representation(self, value: str) -> str:
        return with_full_addresses(value)


def licence_url(name: str) -> str | None:
    """Where a Creative Commons licence can be read; None for others."""
    known = CREATIVE_COMMONS.fullmatch(name)
    return f"https://creativecommons.org/licenses/{known[1].lower()}/{known[2]}/" if known else None


class Output(serializers.Serializer[Any]):
    """Serializers here only write."""


class Spoken(Output):
    """Says in which language it is."""

    language = CharField(help_text="The language of the words in this answer.")
    requested_language = CharField(
        allow_null=True, help_text="The language that was wanted most; null: none was named."
    )
    fallback = BooleanField(help_text="True when there is no text in the requested language, and another one answers.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """What the thing is comes before the language of its words."""
        fields = super().get_fields()
        return {name: fields[name] for name in sorted(fields, key=lambda name: name in SPOKEN)}


class LicenceSerializer(Output):
    """The terms on which the content of one programme may be used."""

    programme = CharField(help_text="Key of the programme.")
    licence = CharField(source="name", help_text="Identifier of the licence (SPDX).")
    licence_url = Link(lambda licence: licence_url(licence.name), allow_null=True, help_text="Where it can be read.")
    credits = CharField(help_text="Who is to be named, in words to be shown beside the content.")


class Licensed(Output):
    """For answers about one thing: the terms, flat."""

    licence_url = Link(
        lambda thing: licence_url(thing.licence.name), allow_null=True, help_text="Where the licence can be read."
    )
    credits = CharField(
        source="licence.credits", help_text="Who is to be named, in words to be shown beside the content."
    )


class ProgrammeLineSerializer(Spoken):
    key = CharField(help_text="Its name for ever.")
    title = CharField(help_text="Its title.")
    summary = CharField(help_text="One or two sentences for lists.")
    languages = ListField(child=CharField(), help_text="The languages in which it exists.")
    source_language = CharField(help_text="The language in which it was written.")
    review = DictField(
        child=ChoiceField(choices=["awaiting", "done"]),
        help_text="By language: whether the native editor has seen the translation.",
    )
    version = IntegerField(allow_null=True, help_text="The author's number of the newest release.")
    updated_at = DateTimeField(allow_null=True, help_text="When the newest release was brought in.")
    licence = CharField(source="licence.name", help_text="Identifier of the licence (SPDX).")
    url = Link(lambda programme: api_url("programme", programme.key), help_text="Where it can be fetched.")
    page = Link(lambda programme: page_url("public:home", programme.language), help_text="The page for people.")


class EscoSerializer(Output):
    label = CharField(help_text="The official English label.")  # type: ignore[assignment]  # DRF collects it
    uri = serializers.URLField(help_text="Its address in ESCO, the European classification.")
    kind = CharField(help_text="knowledge, skill or transversal.")


class ModuleLineSerializer(Spoken):
    key = CharField(help_text="Its name for ever.")
    programme = CharField(help_text="Key of its programme.")
    position = IntegerField(help_text="Its place in the programme.")
    title = CharField(help_text="Its title.")
    summary = CharField(help_text="One or two sentences for lists.")
    hours = FloatField(help_text="Learner's time in hours, without the work on the farm.")
    field_hours = FloatField(help_text="Time of the work on the farm, in hours.")
    minutes = IntegerField(help_text="Time of its lessons, in minutes.")
    lesson_count = IntegerField(help_text="How many lessons it has.")
    competences = ListField(
        child=CharField(), help_text="What it builds, as framework:number; greencomp is GreenComp (2022)."
    )
    sdgs = ListField(child=IntegerField(), help_text="Numbers of the UN's Sustainable Development Goals.")
    eqf = IntegerField(allow_null=True, help_text="Level of the European Qualifications Framework.")
    esco = EscoSerializer(many=True, help_text="Skills and knowledge that it builds, as in ESCO.")
    updated_at = DateTimeField(allow_null=True, help_text="When the newest release of the programme was brought in.")
    licence = CharField(source="licence.name", help_text="Identifier of the licence (SPDX).")
    url = Link(lambda module: api_url("module", module.key), help_text="Where it can be fetched.")
    page = Link(lambda module: page_url("learn:module", module.language, module.key), help_text="The page for people.")


class LessonLineSerializer(Spoken):
    key = CharField(help_text="Its name for ever.")
    programme = CharField(help_text="Key of its programme.")
    module = CharField(help_text="Key of its module.")
    position = IntegerField(help_text="Its place in the module.")
    title = CharField(help_text="Its title.")
    summary = CharField(help_text="One or two sentences for lists.")
    minutes = IntegerField(help_text="Time of study, in minutes.")
    required = BooleanField(  # type: ignore[assignment]  # no attribute of the class: DRF collects it
        help_text="Whether the module needs it to be complete."
    )
    edition = IntegerField(help_text="Edition of this text. Authors raise it when people who finished should know.")
    source_edition = IntegerField(help_text="Edition of the lesson. Above `edition`: the translation is behind.")
    digest = CharField(help_text="Changes with the text, and only with it.")
    updated_at = DateTimeField(help_text="When this text was brought in.")
    licence = CharField(source="licence.name", help_text="Identifier of the licence (SPDX).")
    url = Link(lambda lesson: api_url("lesson", lesson.key), help_text="Where it can be fetched.")
    page = Link(
        lambda lesson: page_url("learn:lesson", lesson.language, lesson.module, lesson.key),
        help_text="The page for people.",
    )


class QuizSerializer(Spoken):
    """That a quiz exists. Its questions are on its page, for people; they are not part of this API."""

    key = CharField(help_text="Its name for ever.")
    title = CharField(help_text="Its title.")
    purpose = ChoiceField(
        choices=["practice", "final"], help_text="final: passing it is part of completing the module."
    )
    lesson = CharField(allow_null=True, help_text="Key of the lesson it belongs to; null: the whole module.")
    question_count = IntegerField(help_text="How many questions it has.")
    page = Link(lambda quiz: page_url("quizzes:quiz", quiz.language, quiz.key), help_text="The page for people.")


class FactLineSerializer(Spoken):
    number = CharField(help_text="Its name within the programme, for example F42.")
    programme = CharField(help_text="Key of its programme.")
    statement = CharField(help_text="The fact in a sentence.")
    value = CharField(help_text="The figure as it is to be printed; empty for statements without one.")
    unit = CharField(help_text="The unit of the figure; may be empty.")
    as_of = CharField(help_text="The time it holds for, in words.")
    status = ChoiceField(choices=["V", "S"], help_text="V: read in the primary source. S: in a secondary one.")
    source = CharField(help_text="Where it comes from.")  # type: ignore[assignment]  # likewise
    jurisdiction = CharField(help_text="Where it holds; empty: everywhere.")
    digest = CharField(help_text="Changes with the fact, and only with it.")
    licence = CharField(source="licence.name", help_text="Identifier of the licence (SPDX).")
    url = Link(lambda fact: api_url("fact", fact.number), help_text="Where it can be fetched.")


class TermSerializer(Spoken):
    key = CharField(help_text="Its name for ever, within the programme.")
    programme = CharField(help_text="Key of its programme.")
    module = CharField(help_text="Key of the module that explains it.")
    term = CharField(help_text="The word or words.")
    definition = CharField(help_text="What it means, in plain words.")
    example = CharField(help_text="A sentence from a farm; may be empty.")
    related = ListField(child=CharField(), help_text="Keys of other terms.")
    digest = CharField(help_text="Changes with the term's words, and only with them.")
    licence = CharField(source="licence.name", help_text="Identifier of the licence (SPDX).")


class PictureSerializer(Output):
    url = Link(
        lambda picture: asset_url(picture.digest, picture.name), help_text="Never changes: keep the picture for ever."
    )
    name = CharField(help_text="Its file name.")
    media_type = CharField(help_text="For example image/svg+xml.")
    size = IntegerField(help_text="In bytes.")
    digest = CharField(help_text="SHA-256 of the picture.")


class ProgrammeSerializer(ProgrammeLineSerializer, Licensed):
    modules = ModuleLineSerializer(many=True, help_text="In order.")


class LessonSerializer(LessonLineSerializer, Licensed):
    languages = ListField(child=CharField(), help_text="The languages in which this lesson exists.")
    objectives = ListField(child=CharField(), help_text="What a learner can do after it.")
    words = IntegerField(help_text="Length of the text.")
    competences = ListField(child=CharField(), help_text="What its module builds.")
    sdgs = ListField(child=IntegerField(), help_text="Sustainable Development Goals of its module.")
    html = Html(help_text="The text, sanitised; headings begin at h2; addresses in it are full ones.")
    facts = FactLineSerializer(
        many=True, help_text="The facts that the text cites, in order; it links to #fact-<number>."
    )
    pictures = PictureSerializer(many=True, help_text="The pictures in the text.")


class FactSerializer(FactLineSerializer, Licensed):
    pass


class ChangeSerializer(Output):
    kind = CharField(
        help_text="What it is: programme, module, lesson, calculator, task, story, quiz, question, term, fact … "
        "Be ready for others."
    )
    key = CharField(help_text="Which one; of a fact the number.")
    language = CharField(allow_null=True, help_text="Which of its texts; null: all, or it has none of its own.")
    change = CharField(help_text="new, changed, restored or retired. Be ready for others: fetch the thing.")
    url = Link(
        lambda change: change_url(change), allow_null=True, help_text="Where to fetch it; null: nowhere, or no more."
    )


class ReleaseSerializer(Output):
    programme = CharField(help_text="Key of the programme.")
    version = IntegerField(help_text="The author's number of the release.")
    released_at = DateTimeField(source="imported_at", help_text="When it was brought in.")
    changes = ChangeSerializer(many=True, help_text="What the release did, thing by thing.")


def change_url(change: Any) -> str | None:
    """Where to fetch what changed."""
    if change.change == "retired" or change.kind not in FETCHED:
        return None
    return api_url(change.kind, change.key)


class Paged(Output):
    next = serializers.URLField(allow_null=True, help_text="The next page; null: this is the last.")
    licences = LicenceSerializer(many=True, help_text="The terms for what is listed.")


class ProgrammePageSerializer(Paged):
    results = ProgrammeLineSerializer(many=True, help_text="What is on this page of the list.")


class ModulePageSerializer(Paged):
    results = ModuleLineSerializer(many=True, help_text="What is on this page of the list.")


class LessonPageSerializer(Paged):
    results = LessonLineSerializer(many=True, help_text="What is on this page of the list.")


class TermPageSerializer(Paged):
    results = TermSerializer(many=True, help_text="What is on this page of the list.")


class FactPageSerializer(Paged):
    results = FactLineSerializer(many=True, help_text="What is on this page of the list.")


class ChangesSerializer(Output):
    cursor = CharField(
        allow_null=True, help_text="Keep it, and send it as `since` next time; null: nothing happened yet."
    )
    next = serializers.URLField(allow_null=True, help_text="There is more: ask here at once. Null: that was all.")
    releases = ReleaseSerializer(many=True, help_text="Oldest first.")


class LinksSerializer(Output):
    """Where everything is."""

    programmes = serializers.URLField(help_text="All programmes.")
    modules = serializers.URLField(help_text="All modules.")
    lessons = serializers.URLField(help_text="All lessons.")
    calculators = serializers.URLField(help_text="All calculators.")
    tasks = serializers.URLField(help_text="All field tasks.")
    stories = serializers.URLField(help_text="All stories.")
    glossary = serializers.URLField(help_text="All terms.")
    facts = serializers.URLField(help_text="All facts.")
    changes = serializers.URLField(help_text="What each release changed.")
    schema = serializers.URLField(help_text="This API as an OpenAPI document.")
    docs = serializers.URLField(help_text="This API in words, with examples.")


class IndexSerializer(Output):
    title = CharField(help_text="The name of this API.")
    version = CharField(help_text="Its version.")
    links = LinksSerializer(help_text="Where everything is.")
