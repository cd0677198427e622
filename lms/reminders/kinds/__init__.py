"""One file per kind of reminder. Each says who is concerned today, and whether that still holds."""
