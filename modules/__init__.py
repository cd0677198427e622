"""Floor 1 · what there is to learn: modules with lessons, calculators, field tasks and stories, guide, terms, facts."""
