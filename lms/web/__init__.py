"""Floor 8 · the site: people's front door. Views ask and verbs decide; no ORM here."""
