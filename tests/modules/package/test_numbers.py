"""Numbers that lack a source or a unit: sentences of the green-skills lessons, some shortened, judged by hand."""

import re
from time import process_time

import pytest

from modules.package.measures.numbers import without_source, without_unit
from modules.package.measures.prose import plain

CITATION = re.compile(r"\s*\[F\d+\]")
# The sentence, and what would be missing if it did not cite: a source, a unit, or nothing.
SOURCE, UNIT, NOTHING = "source", "unit", ""
ENGLISH = [
    ("In Czechia, farms own only 27.3 % of the land that they use, and they rent the rest (2020) [F107].", SOURCE),
    ("About 60–70 % of the soils in the EU are in poor condition (2023) [F42].", SOURCE),
    ("The share of managers with farm training rose from 20 % to 39 % (data of 2020 and 2023) [F108].", SOURCE),
    ("Up to 21 million tonnes of soil are lost a year (2017) [F118].", SOURCE),
    ("In January 2022 it gave a green label to 571 entries [F81].", SOURCE),
    ("Resistant bacteria kill about 33,000 people a year in the EU (Commission, 2020) [F24].", SOURCE),
    ("Conditions change: in 2024, farms up to 10 ha were freed from these checks and penalties [F34].", SOURCE),
    ("Over 100 years, 1 kg of nitrous oxide counts as 273 kg CO2e [F10].", SOURCE),
    ("In the summer of 2024, south-eastern Europe had 66 days on which it felt like 32 °C or more [F93].", SOURCE),
    ("In a vulnerable zone of the EU, manure may bring at most 170 kg of nitrogen per hectare a year [F47].", SOURCE),
    ("Processing and manufacturing must cut 10 %.", SOURCE),
    ("Parliament voted it down in November 2023, and on 6 February 2024 its withdrawal was announced [F22].", NOTHING),
    ("In the EU, Regulation (EU) 2024/3012 sets up certificates.", NOTHING),
    ("A common method is FAO-56, a guide of the Food and Agriculture Organization from 1998.", NOTHING),
    ("It describes sustainability with 12 competences in 4 areas, all of the same weight.", NOTHING),
    ("“80 litres per hectare, Kalina farm, 2026” is one.", NOTHING),
    ("So nobody can say “each farm must cut 40 %”.", NOTHING),
    ("In this example they make 84 % of the sum, and the tractor makes 16 %.", NOTHING),
    ("The factor for the field is uncertain: its range is 0.002 to 0.018.", NOTHING),
    ("Compost starts best with a ratio near 25–30; 20–40 still works.", NOTHING),
    ("In the second week, Amir’s brother felt dizzy although the house showed only 34 °C.", NOTHING),
    ("Confused, fainting or not better soon: call 112 at once.", NOTHING),
    ("It would come before EUR 1,200 is spent.", NOTHING),
    ("So the team chooses 6 to 14, with the heaviest work before ten.", UNIT),
]
BULGARIAN = [
    ("В Чехия водната ерозия застрашава около 60 % от земеделската земя (2017 г.) [F118].", SOURCE),
    ("Губят се до 21 милиона тона почва годишно [F118].", SOURCE),
    ("Тази услуга се оценява на близо 15 милиарда евро годишно [F64].", SOURCE),
    ("Земеделието е отделило 383 млн. тона CO2e от животни, оборски тор и почви [F07].", SOURCE),
    ("Устойчивите бактерии убиват около 33 000 души годишно в ЕС (Европейска комисия, 2020 г.) [F24].", SOURCE),
    ("През януари 2022 г. в него са получили зелен етикет 571 понятия [F81].", SOURCE),
    ("През 2024 г. стопанствата до 10 ha бяха освободени от тези проверки и санкции [F34].", SOURCE),
    ("За 20 години 1 kg се брои за около 81 kg CO2e [F11].", SOURCE),
    ("При изгарянето на един литър се отделят около 2,68 kg въглероден диоксид (САЩ, 2013 г.) [F15].", SOURCE),
    ("По-старият метод от 2006 г. приема 6,5 % за говеда [F17].", SOURCE),
    ("Ръководство на FAO дава около 60 % при повърхностно напояване, например по бразди [F55].", SOURCE),
    ("Парламентът го отхвърли през ноември 2023 г., а на 6 февруари 2024 г. той беше оттеглен [F22].", NOTHING),
    ("ЕС има нов закон за почвите – Директива (ЕС) 2025/2360 от 12 ноември 2025 г.", NOTHING),
    ("Той описва устойчивостта с 12 компетентности в 4 области, всички с еднаква тежест [F83].", NOTHING),
    ("Затова никой не може да каже „всяко стопанство трябва да намали с 40 %“.", NOTHING),
    ("В този пример дизелът е 10,7 от 181,6 t, около 6 %, а кравите дават около 84 %.", NOTHING),
    ("Коефициентът за полето е несигурен: той може да е от 0,002 до 0,018 [F14].", NOTHING),
    ("В обичайно лято тези дни са 29.", NOTHING),
    ("Тогава петте години носят само 3303 евро, а измерването струва 4000 евро.", NOTHING),
    ("Веднага се обадете на 112.", NOTHING),
    ("Затова екипът избира от 6 до 14, с най-тежката работа преди десет.", UNIT),
]


def _missing(text: str) -> str:
    if without_source(text):
        return SOURCE
    return UNIT if without_unit(plain(text)) else NOTHING


@pytest.mark.parametrize(("sentence", "verdict"), ENGLISH + BULGARIAN)
def test_what_is_missing_is_what_a_reader_would_miss(sentence: str, verdict: str) -> None:
    bare = CITATION.sub("", sentence)
    assert _missing(bare) == verdict
    assert _missing(sentence) == (NOTHING if bare != sentence else verdict)


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        ("In 2022 it was 19 % [F71]. In 2023 it was 17 %.", "7 %"),
        ("In 2022 it was 19 %. In 2023 it was 17 % [F71].", None),
        ("It was 19 per cent.", "9 per cent"),
        ("It was 19 на сто.", "9 на сто"),
        ("Crops that stand long, for example, hold 19 %.", "9 %"),
        ("Take, for example, 19 % of it.", None),
        ("“It is gone,” says Jana. Of the soil 19 % is left.", "9 %"),
        ("It is said to take 19 kg. Europe reads it so.", "19 "),
        ("He took 19 kg. The field was wet.", None),
    ],
)
def test_a_citation_covers_what_stands_before_it(paragraph: str, found: str | None) -> None:
    match = without_source(paragraph)
    assert (match and match[0]) == found


@pytest.mark.parametrize("piece", ["“", "1 ", "1,111,", "19 kg ", "„", "EUR 45. ", "1-1–"])
def test_a_hostile_paragraph_is_measured_in_a_moment(piece: str) -> None:
    text = f"Europe {piece * 20_000}"
    began = process_time()
    without_source(text)
    without_unit(text)
    assert process_time() - began < 3


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The value rose to 4.5.", "4.5"),
        ("The value rose to 45 – too much.", "45"),
        ("The value rose from 30 to 45.", "45"),
        ("It rose to 30–45.", "45"),
        ("It fell from 4.5 in spring to 3.2 in autumn.", "4.5"),
        ("Стойността стана 4,5 през пролетта, 3,2 на есен.", "3,2"),
        ("It rose to 33 000.", "33 000"),
        ("It rose to 45 (much).", "45"),
        ("It rose from 30 to 45 kg.", None),
        ("The bell rings at 14:30.", None),
        ("Ask for Regulation 2024/3012.", None),
        ("It stands on page 45.", None),
        ("The number of farms fell to 45.", None),
        ("It holds 1,375 in all.", None),
        ("Of 100 shoots he saw 14 with aphids.", None),
    ],
)
def test_a_value_needs_a_unit_where_its_clause_ends_or_goes_on_without_one(words: str, found: str | None) -> None:
    match = without_unit(words)
    assert (match and match["number"]) == found
