"""Pure: one file per kind of question. Each has four functions: check, present, grade, review."""
