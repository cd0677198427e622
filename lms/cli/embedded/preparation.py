"""What must be true before the first page: tables, words, static files, content, demo people.

Each is skipped when it is. What was done last time is remembered as a digest in the data folder, with a sign that the
database still holds it: an emptied or restored database is filled again.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lms.cli.catalogues import compile_catalogue, stale_catalogues
from lms.cli.embedded.steps import Step
from lms.people.selectors import demo_people_exist
from lms.publishing.selectors import newest_release_digest


def steps() -> Iterator[tuple[str, Callable[[Step], None]]]:
    """Titles and deeds, in order."""
    yield "Database", migrate
    yield "Interface words", compile_words
    yield "Static files", collect_static
    if is_there("import_package"):
        yield "Content", import_content
    if not settings.PRODUCTION and is_there("load_demo"):
        yield "Demo people", load_demo


def migrate(line: Step) -> None:
    """Bring the database to the present tables. Says how many steps it took."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        line.note = "up to date"
        return
    call_command("migrate", interactive=False, verbosity=1, stdout=_Counter(line, len(plan)))
    line.note = f"{len(plan)} steps"


class _Counter(StringIO):
    """Reads what `migrate` prints, and tells how far it is."""

    def __init__(self, line: Step, total: int) -> None:
        super().__init__()
        self.line, self.total, self.done = line, total, 0

    def write(self, text: str) -> int:
        self.done += text.count("Applying ")
        self.line.tell(f"{self.done} of {self.total} steps")
        return super().write(text)


def compile_words(line: Step) -> None:
    counts = [compile_catalogue(source) for source in stale_catalogues()]
    line.note = f"{sum(counts)} entries compiled" if counts else "up to date"


def collect_static(line: Step) -> None:
    """Hash and compress the static files, when one of them changed."""
    files = sorted((path, Path(storage.path(path))) for finder in get_finders() for path, storage in finder.list([]))
    stamp = Stamp("static", [settings.VERSION, *(f"{path} {_age(file)}" for path, file in files)])
    if stamp.holds and (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        line.note = "up to date"
        return
    line.tell(f"{len(files)} files")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.keep()
    line.note = f"{len(files)} files"


def _age(file: Path) -> str:
    facts = file.stat()
    return f"{facts.st_size} {facts.st_mtime_ns}"


def import_content(line: Step) -> None:
    """Import the package that comes with the service, when it or the database changed."""
    files = [settings.VERSION, *folder_facts(settings.PACKAGE_PATH)]
    if Stamp("content", [*files, newest_release_digest()]).holds:
        line.note = "up to date"
        return
    said = StringIO()
    call_command("import_package", str(settings.PACKAGE_PATH), stdout=said)
    Stamp("content", [*files, newest_release_digest()]).keep()
    line.note = _last_line(said)


def load_demo(line: Step) -> None:
    """Invented people to try the service with. Never in production, which refuses to start with them."""
    stamp = Stamp("demo", [settings.VERSION, *folder_facts(settings.DEMO_PATH)])
    if stamp.holds and demo_people_exist():
        line.note = "up to date"
        return
    said = StringIO()
    call_command("load_demo", stdout=said)
    stamp.keep()
    line.note = _last_line(said)


def is_there(command: str) -> bool:
    return command in get_commands()


def _last_line(said: StringIO) -> str:
    lines = said.getvalue().strip().splitlines()
    return lines[-1][:120] if lines else "done"


class Stamp:
    """A digest kept in the data folder: what a step was done with last time."""

    def __init__(self, name: str, facts: Iterable[str]) -> None:
        self.path = settings.DATA_DIR / "stamps" / name
        self.digest = hashlib.sha256("\n".join(facts).encode()).hexdigest()

    @property
    def holds(self) -> bool:
        return self.path.exists() and self.path.read_text(encoding="utf-8") == self.digest

    def keep(self) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(self.digest, encoding="utf-8")


def folder_facts(folder: Path) -> list[str]:
    """Names and digests of all files below a folder."""
    return [
        f"{file.relative_to(folder)} {hashlib.sha256(file.read_bytes()).hexdigest()}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    ]
