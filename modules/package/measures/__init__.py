"""What a check measures beyond form and references: length, readability, sources, units, translations."""
