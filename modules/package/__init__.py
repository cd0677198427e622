"""Pure: a folder of files becomes a checked, frozen package. No Django, no database."""
