"""Small packages: minimal/ is right in every way; broken.py spoils it in one way at a time."""
