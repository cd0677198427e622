"""One example of every answer, after the package of this project: what the document and the page of the API show."""

from datetime import UTC, datetime

from api.v1.content.answers import Changes, Listing, ModuleWithQuizzes
from modules.content_shapes import (
    Change,
    Esco,
    FactLine,
    LessonLine,
    LessonTree,
    Licence,
    ModuleLine,
    Picture,
    ProgrammeLine,
    ProgrammeTree,
    ReleaseLine,
    TermLine,
    grown,
)
from quizzes.content_tree import QuizLine

RELEASED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LICENCE = Licence(
    "green-skills", "CC-BY-SA-4.0", "Takes up ideas of the projects DEGREBE and Go Green, which do not answer for it."
)
DIGEST = "9f2feb0f1ef425b292f2f94bcbf7bd2c3ba6e2b6f9a5dd0b1f1a6cba2a0b4c11"

PROGRAMME_LINE = ProgrammeLine(
    key="green-skills",
    title="Green skills in agriculture",
    summary="Five short modules for students, apprentices and young workers in agriculture.",
    language="en",
    requested_language="en",
    fallback=False,
    languages=("en", "bg"),
    source_language="en",
    review={"bg": "awaiting"},
    licence=LICENCE,
    version=1,
    updated_at=RELEASED,
)
MODULE_LINE = ModuleLine(
    key="living-resources",
    programme="green-skills",
    position=2,
    title="Living Resources: Soil, Water and Biodiversity",
    summary="A farm is a living system. In this module you look at its soil, water and wild species.",
    language="en",
    requested_language="en",
    fallback=False,
    hours=2.5,
    field_hours=3.0,
    minutes=15,
    lesson_count=1,
    competences=("greencomp:1.3", "greencomp:2.1"),
    sdgs=(6, 15),
    eqf=3,
    esco=(
        Esco("soil structure", "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000000", "knowledge"),
    ),
    licence=LICENCE,
    updated_at=RELEASED,
)
LESSON_LINE = LessonLine(
    key="every-drop-counts",
    module="living-resources",
    programme="green-skills",
    position=3,
    title="Every drop counts",
    summary="How much water a crop needs, how much the system loses on the way, and which water it is.",
    language="en",
    requested_language="en",
    fallback=False,
    minutes=15,
    required=True,
    edition=1,
    source_edition=1,
    digest=DIGEST,
    licence=LICENCE,
    updated_at=RELEASED,
)
QUIZ = QuizLine(
    key="living-resources-final",
    title="Living resources, final quiz",
    language="en",
    requested_language="en",
    fallback=False,
    purpose="final",
    lesson=None,
    question_count=10,
)
FACT = FactLine(
    number="F51",
    programme="green-skills",
    statement="Of the water that is abstracted in Europe, farming takes about a quarter.",
    language="en",
    requested_language="en",
    fallback=False,
    value="25",
    unit="%",
    as_of="2009",
    status="V",
    source="European Environment Agency",
    jurisdiction="Europe",
    digest="5f0c9ad2b77d7d0b1a70e21f6ad0f0b95d3d30c7d7f4c5ec7ad2a20a9a9d7a3e",
    licence=LICENCE,
)
TERM = TermLine(
    key="evapotranspiration",
    programme="green-skills",
    module="living-resources",
    term="Evapotranspiration",
    definition="Water that leaves a field as vapour, from the soil and through the plants together.",
    example="On a hot July day a tomato field can lose about 7 mm of water.",
    related=("infiltration", "heat-stress"),
    language="en",
    requested_language="en",
    fallback=False,
    digest="1c7d4c6d8f5b6d3c0c8f9fbdcbd4e8a9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d3",
    licence=LICENCE,
)
RELEASE = ReleaseLine(
    id=1,
    programme="green-skills",
    version=1,
    imported_at=RELEASED,
    changes=(Change("lesson", "every-drop-counts", "en", "new"), Change("fact", "F51", None, "new")),
)

PROGRAMME = grown(ProgrammeTree, PROGRAMME_LINE, modules=(MODULE_LINE,))
MODULE = grown(
    ModuleWithQuizzes,
    MODULE_LINE,
    id=2,
    outcomes=("Work out how much irrigation water a crop needs from weather, crop and system.",),
    languages=("en", "bg"),
    lessons=(LESSON_LINE,),
    quizzes=(QUIZ,),
)
HTML = f"""<p>Farming takes about a quarter of the water.<sup class="cite"><a href="#fact-F51">1</a></sup> \
How much is lost by <a class="term" href="/en/glossary/#evapotranspiration">evapotranspiration</a>?</p>
<figure><img src="/assets/{DIGEST}/water-need.svg" alt="Three bars of water" width="640" height="300"></figure>"""
LESSON = grown(
    LessonTree,
    LESSON_LINE,
    objectives=("Calculate the water need of a crop from weather, crop and rain",),
    html=HTML,
    words=14,
    languages=("bg", "en"),
    competences=("greencomp:1.3", "greencomp:2.1"),
    sdgs=(6, 15),
    facts=(FACT,),
    pictures=(Picture("water-need.svg", "image/svg+xml", 2685, DIGEST),),
)
PROGRAMMES = Listing((PROGRAMME_LINE,), None, (LICENCE,))
MODULES = Listing((MODULE_LINE,), None, (LICENCE,))
LESSONS = Listing((LESSON_LINE,), None, (LICENCE,))
GLOSSARY = Listing((TERM,), None, (LICENCE,))
FACTS = Listing((FACT,), None, (LICENCE,))
CHANGES = Changes((RELEASE,), "1", None)
