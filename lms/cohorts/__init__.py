"""Floor 3 · who studies what, when, with whom."""
