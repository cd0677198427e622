"""Makes the virtual environment and installs the locked packages, when the lock changed. Needs nothing but Python 3.11.

python3 requirements/install.py run     what the service needs
python3 requirements/install.py test    that, and what its tests need
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    lock = ROOT / "requirements" / f"{kind}.txt"
    _use_python_311()
    stamp = VENV / f".installed-{kind}"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    began = time.monotonic()
    if not PYTHON.exists():
        _make_environment()
    _install(lock)
    stamp.write_text(digest)
    print(f"  Installed in {time.monotonic() - began:.0f} s.", flush=True)


def _use_python_311() -> None:
    """Continue with Python 3.11, or say that it is missing."""
    if sys.version_info[:2] == (3, 11):
        return
    if other := shutil.which("python3.11"):
        os.execv(other, [other, *sys.argv])  # noqa: S606
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(
        f"This needs Python 3.11, not {found}. Install python3.11, or name it: make PYTHON=/path/to/python3.11 run"
    )


def _make_environment() -> None:
    print(f"  Making a virtual environment in {VENV.name}/", flush=True)
    if uv := shutil.which("uv"):
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)], check=True)
        return
    try:
        import ensurepip  # noqa: F401  Debian ships Python without it
        import venv
    except ImportError:
        sys.exit("Python's venv module is missing. Install it (as root: apt install python3-venv) and try again.")
    venv.create(VENV, clear=True, with_pip=True)


def _install(lock: Path) -> None:
    """With uv when it is on the PATH, else with pip. Both check every file against its hash."""
    packages = lock.read_text().count("==")
    print(f"  Installing {packages} packages: half a minute with pip, a few seconds with uv.", flush=True)
    if uv := shutil.which("uv"):
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r", str(lock)]
        subprocess.run(command, check=True)
        return
    options = ["--require-hashes", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    command = [str(PYTHON), "-m", "pip", "install", *options, "-r", str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as pip:
        _count(pip, packages)
    if pip.returncode:
        sys.exit("The packages could not be installed: see the lines above.")


def _count(pip: "subprocess.Popen[str]", packages: int) -> None:
    """One line for each ten packages."""
    assert pip.stdout is not None  # noqa: S101
    done = 0
    for line in pip.stdout:
        if line.startswith("Collecting "):
            done += 1
            if done % 10 == 0:
                print(f"    {done} of up to {packages}", flush=True)
        elif line.startswith("Installing collected"):
            print("    unpacking", flush=True)


if __name__ == "__main__":
    main()
