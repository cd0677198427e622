"""Floor 8 · the operator's front door: management commands, and the embedded service behind `make run`."""
