"""Floor 2 · questions, attempts and marking."""
