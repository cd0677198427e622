"""Floor 0 · who is here and who did what: accounts, access tokens, the audit trail, mail that is owed."""
