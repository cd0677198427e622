"""Floor 5 · brings a content package into the database: check, plan, apply in one transaction."""
