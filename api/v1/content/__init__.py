"""What there is to learn: programmes, modules, lessons, pictures, terms, facts."""
