"""Floor 5 · awards for a completed programme."""
