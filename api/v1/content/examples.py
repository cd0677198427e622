"""One example of every answer, after the package of this project: what the document and the page of the API show."""

from datetime import UTC, datetime

from api.v1.content.answers import Changes, Listing, ModuleWithQuizzes
from modules.content.shapes import (
    CalculatorInput,
    CalculatorOutput,
    CalculatorTree,
    Change,
    Criterion,
    Esco,
    FactLine,
    LessonLine,
    LessonTree,
    Licence,
    ModuleLine,
    PartLine,
    Picture,
    ProgrammeLine,
    ProgrammeTree,
    ReleaseLine,
    Scene,
    SceneChoice,
    Speaker,
    StoryTree,
    TaskTree,
    TermLine,
    TimedLine,
    WorkedExample,
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
CALCULATOR_LINE = PartLine(
    key="irrigation-need",
    programme="green-skills",
    module="living-resources",
    lesson="every-drop-counts",
    position=1,
    title="Water need of a crop",
    summary="From weather, crop and rain to the water that must arrive at the field.",
    language="en",
    requested_language="en",
    fallback=False,
    digest="3e9a5b1c7d2f4e6a8b0c1d3e5f7a9b2c4d6e8f0a1b3c5d7e9f2a4b6c8d0e1f35",
    licence=LICENCE,
)
TASK_LINE = TimedLine(
    key="water-week",
    programme="green-skills",
    module="living-resources",
    lesson="every-drop-counts",
    position=3,
    title="One week of water",
    summary="Read the water meter of one field twice, and compare with what the crop needed.",
    language="en",
    requested_language="en",
    fallback=False,
    digest="7b1d3f5a9c2e4b6d8f0a1c3e5d7f9b2a4c6e8d0f1b3a5c7e9d2f4b6a8c0e1d37",
    licence=LICENCE,
    minutes=90,
)
STORY_LINE = TimedLine(
    key="spray-or-wait",
    programme="green-skills",
    module="living-resources",
    lesson=None,
    position=1,
    title="Spray or wait?",
    summary="Aphids in the apple orchard, rain in the forecast, bees next door.",
    language="en",
    requested_language="en",
    fallback=False,
    digest="c4e6a8d0b1f3c5e7a9d2b4f6c8e0a1d3b5f7c9e2a4d6b8f0c1e3a5d7b9f2c4e6",
    licence=LICENCE,
    minutes=10,
)
RELEASE = ReleaseLine(
    id=1,
    programme="green-skills",
    version=1,
    imported_at=RELEASED,
    changes=(
        Change("lesson", "every-drop-counts", "en", "new"),
        Change("story", "spray-or-wait", None, "new"),
        Change("fact", "F51", None, "new"),
    ),
)

PROGRAMME = grown(ProgrammeTree, PROGRAMME_LINE, modules=(MODULE_LINE,))
MODULE = grown(
    ModuleWithQuizzes,
    MODULE_LINE,
    id=2,
    outcomes=("Work out how much irrigation water a crop needs from weather, crop and system.",),
    languages=("en", "bg"),
    lessons=(LESSON_LINE,),
    calculators=(CALCULATOR_LINE,),
    tasks=(TASK_LINE,),
    stories=(STORY_LINE,),
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
CALCULATOR = grown(
    CalculatorTree,
    CALCULATOR_LINE,
    languages=("bg", "en"),
    inputs=(
        CalculatorInput("need", "Need of the crop", "mm", 0.0, 1000.0, 213.9, ""),
        CalculatorInput("rain", "Useful rain in these days", "mm", 0.0, 1000.0, 25.0, ""),
        CalculatorInput("efficiency", "Efficiency of the system", "%", 30.0, 100.0, 90.0, "About 90 for drip."),
    ),
    outputs=(
        CalculatorOutput("net", "Net need", "mm", 1, "max(0, need - rain)", ""),
        CalculatorOutput("gross", "Gross need", "mm", 1, "100 * net / efficiency", "net > 0"),
    ),
    example=WorkedExample(
        "Tomatoes in July with drip.",
        {"need": 213.9, "rain": 25.0, "efficiency": 90.0},
        {"net": 188.9, "gross": 209.9},
    ),
    assumptions=("25 mm of useful rain is an example value.",),
    explain="The system does not change what the roots need. It changes how much gets lost on the way.",
    facts=("F54", "F55"),
)
TASK = grown(
    TaskTree,
    TASK_LINE,
    languages=("bg", "en"),
    safety="Take along someone who knows the pump.",
    season="The irrigation season",
    tools=("A notebook", "A rain gauge or the data of a weather station"),
    steps=("Find the meter of one field and learn to read it.", "Read it on day 1 and on day 8, at the same hour."),
    evidence=("Two photos of the dial with date and hour",),
    criteria=(
        Criterion(
            "data",
            "Keeps a complete log",
            ("Only two numbers", "Dates or rain missing", "Complete with units", "Estimates how wrong it may be"),
        ),
    ),
    observe=("Is the hour the same on both days?",),
    debrief=("Where may the rest of the water be?",),
    facts=("F54",),
)
GOES = SceneChoice(
    "count",
    "Count first: a hundred shoots",
    "the-count",
    {"people": 0, "nature": 1, "money": -1},
    "It takes two hours of a good morning.",
)
STORY = grown(
    StoryTree,
    STORY_LINE,
    languages=("bg", "en"),
    speakers=(Speaker("zsofi", "Zsófi", "apprentice, 19"),),
    scenes=(
        Scene("curled-leaves", None, "Aphids sit under the leaves.", False, "", "", (GOES,)),
        Scene(
            "the-count",
            "zsofi",
            "I found aphids on 14 of 100 shoots.",
            True,
            "One shoot below the line",
            "Would you count again?",
            (),
        ),
    ),
)
PROGRAMMES = Listing((PROGRAMME_LINE,), None, (LICENCE,))
MODULES = Listing((MODULE_LINE,), None, (LICENCE,))
LESSONS = Listing((LESSON_LINE,), None, (LICENCE,))
CALCULATORS = Listing((CALCULATOR_LINE,), None, (LICENCE,))
TASKS = Listing((TASK_LINE,), None, (LICENCE,))
STORIES = Listing((STORY_LINE,), None, (LICENCE,))
GLOSSARY = Listing((TERM,), None, (LICENCE,))
FACTS = Listing((FACT,), None, (LICENCE,))
CHANGES = Changes((RELEASE,), "1", None)
