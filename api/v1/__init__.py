"""Version 1 of the API. A change of meaning is v2, beside it."""
