"""Floor 8 · the programs' front door: the content API. No ORM here."""
