"""Floor 1 · what there is to learn: programmes, modules, lessons, their revisions, pictures, terms and facts."""
