"""Mistakes in calculators and field tasks."""

from tests.packages.broken.mistakes import Broken, edit, write

FOLDER = "modules/01-soil/"
RAIN, RAIN_BG = f"{FOLDER}calculators/rain-on-a-field.yaml", f"{FOLDER}calculators/rain-on-a-field.bg.yaml"
DIG, DIG_BG = f"{FOLDER}tasks/dig-and-look.yaml", f"{FOLDER}tasks/dig-and-look.bg.yaml"
WATER, STAYS = "- {key: water,", "- {key: stays,"

PARTS = [
    Broken("formula: sign", edit(RAIN, "rain * 10 * area", "rain ^ 10 * area"), RAIN, WATER, "outputs[1].formula", "^"),
    Broken("formula: power", edit(RAIN, "rain * 10 *", "rain ** 10 *"), RAIN, WATER, "outputs[1].formula", "power"),
    Broken("formula: name", edit(RAIN, "10 * area", "10 * aria"), RAIN, WATER, "outputs[1].formula", "“area”"),
    Broken(
        "formula: order",
        edit(RAIN, "rain * 10 * area", "rain * stays * area"),
        RAIN,
        WATER,
        "outputs[1].formula",
        "not above",
    ),
    Broken(
        "formula: an input that nothing uses",
        edit(RAIN, "rain * 10 * area", "rain * 10"),
        RAIN,
        "{key: area",
        "inputs[2].key",
        "No formula",
    ),
    Broken("when: no comparison", edit(RAIN, "water > 0", "water"), RAIN, STAYS, "outputs[2].when", "compares"),
    Broken("unit missing", edit(RAIN, "unit: mm, ", ""), RAIN, "{key: rain,", "inputs[1].unit", "missing"),
    Broken(
        "starting value", edit(RAIN, "value: 5}", "value: 500}"), RAIN, "{key: rain,", "inputs[1].value", "0 to 200"
    ),
    Broken("range", edit(RAIN, "high: 200,", "high: 0,"), RAIN, "{key: rain,", "inputs[1].low", "not below"),
    Broken("name of a function", edit(RAIN, "key: runoff", "key: max"), RAIN, "{key: max", "inputs[3].key", "else"),
    Broken(
        "example: result",
        edit(RAIN, "water: 125", "water: 126"),
        RAIN,
        "water: 126",
        "example.outputs.water",
        "gives 125 with 0 decimals",
    ),
    Broken(
        "example: input out of range",
        edit(RAIN, "inputs: {rain: 5,", "inputs: {rain: 201,"),
        RAIN,
        "rain: 201",
        "example.inputs.rain",
        "0 to 200",
    ),
    Broken(
        "example: result missing",
        edit(RAIN, "{water: 125, stays: 80}", "{water: 125}"),
        RAIN,
        "{water: 125}",
        "example.outputs.stays",
        "missing",
    ),
    Broken(
        "starting values divide by zero",
        edit(RAIN, '/ water", when: "water > 0"', '/ (rain - 5)"'),
        RAIN,
        "outputs:",
        "outputs",
        "divides by zero",
    ),
    Broken(
        "logic in a translation",
        edit(RAIN_BG, "rain: {name: Дъжд, unit: mm}", "rain: {name: Дъжд, unit: mm, low: 1}"),
        RAIN_BG,
        "low: 1",
        "inputs.rain.low",
        "words only",
    ),
    Broken("words of no input", edit(RAIN_BG, "  rain:", "  snow:"), RAIN_BG, "snow:", "inputs.snow", "no “snow”"),
    Broken("key of a quiz", edit(RAIN, "key: rain-on-a-field", "key: soil-final"), RAIN, "key:", "key", "taken by"),
    Broken("three steps", edit(DIG, "  - Count the worms.\n", ""), DIG, "steps:", "steps", "4 to 8"),
    Broken("three levels", edit(DIG, "Digs alone., ", ""), DIG, "Digs before", "criteria[1].levels", "four"),
    Broken(
        "criteria in another order", edit(DIG, "key: data", "key: date"), DIG, "criteria:", "criteria", "in this order"
    ),
    Broken(
        "a step too few", edit(DIG_BG, "  - Пребройте червеите.\n", ""), DIG_BG, "steps:", "steps", "the source has 4"
    ),
    Broken("fact of a task", edit(DIG, "facts: [F1]", "facts: [F2]"), DIG, "facts:", "facts", "status U"),
    Broken("calculator that is no map", write(RAIN, "- a\n"), RAIN, "- a", "", "field: value"),
]
