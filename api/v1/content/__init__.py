"""What there is to learn: programmes, modules, lessons, pictures, calculators, field tasks, stories, terms, facts."""
