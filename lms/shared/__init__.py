"""Cellar · helpers named by topic: clock, claims, queueing, mail texts. No models, knows nobody."""
