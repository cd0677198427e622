"""What tests start for real: PostgreSQL, the queue server, a worker, the whole service, Chromium."""
