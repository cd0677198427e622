"""The whole suite, as `make test` runs it: rounds one after another, one closing line each, and a summary.

    python -m tests.harness.suite [names of rounds]

A machine without Chromium gets it from Debian's packages where that is possible; else the browser round is left out,
which the last line says loudly. With CI=true a missing browser is a failure.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTEST = [sys.executable, "-m", "pytest", "-q"]
IN_PROCESS = "not service and not browser"


@dataclass
class Round:
    name: str
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    closing: str = "not run"
    code: int = 0

    def run(self) -> None:
        print(f"\n== {self.name}", flush=True)
        command = [*PYTEST, *self.arguments]
        environment = {**os.environ, **self.environment}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                print(line, end="", flush=True)
                if line.strip():
                    self.closing = line.strip()
        self.code = process.returncode


def rounds() -> list[Round]:
    both = ["-n", "2", "-m", IN_PROCESS]
    return [
        Round("SQLite", both),
        Round("PostgreSQL", both, {"LMS_TEST_DATABASE": "postgresql"}),
        Round("services", ["-n", "2", "--dist", "loadfile", "-m", "service"]),
        Round("browser", ["-n", "2", "-m", "browser"]),
    ]


def find_chromium() -> str | None:
    """Chromium on the PATH, after installing it where that is possible."""
    if not shutil.which("chromium") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium from the system's packages (for the browser tests).", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        subprocess.run(install, check=False, **quiet)  # type: ignore[call-overload]
    return shutil.which("chromium")


def main() -> None:
    began, chosen = time.monotonic(), sys.argv[1:]
    todo = [one for one in rounds() if not chosen or one.name in chosen]
    has_browser = find_chromium() is not None
    for one in todo:
        if one.name != "browser" or has_browser:
            one.run()
    print(f"\n== Summary after {time.monotonic() - began:.0f} s")
    for one in todo:
        print(f"{one.name:<11} {one.closing}")
    failed = any(one.code for one in todo)
    if not has_browser and any(one.name == "browser" for one in todo):
        print("\n!!! THE BROWSER TESTS DID NOT RUN: there is no Chromium. As root: apt install chromium !!!")
        failed = failed or os.environ.get("CI") == "true"
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
