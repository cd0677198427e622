"""Floor 7 · one person's data across all apps: what is kept and why, hand it over, forget it."""
