"""Floor 7 · one person's data across all floors: hand over, forget."""
