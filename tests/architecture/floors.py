"""The floors, read from where they are decided: the import contracts in pyproject.toml.

python -m tests.architecture.floors     prints the house
"""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("lms", "modules", "quizzes", "api")
ROOF = {"urls", "settings", "env", "celery", "schedule", "asgi", "wsgi"}


def contract(name: str) -> dict[str, Any]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return next(one for one in contracts if one["id"] == name)


def split(layer: str) -> list[str]:
    return [name.strip() for name in layer.split("|")]


def floors() -> dict[str, int]:
    """Package -> floor. The cellar is -1, the people 0, the roof the highest."""
    layers = contract("floors")["layers"]
    return {package: len(layers) - 2 - depth for depth, layer in enumerate(layers) for package in split(layer)}


def package_of(dotted: str) -> str | None:
    """The package of ours that a dotted name lies in; None for what is not ours or has no floor."""
    return next((one for one in floors() if dotted == one or dotted.startswith(f"{one}.")), None)


def sources(*folders: str) -> list[Path]:
    """Our Python files, without migrations."""
    found = [file for folder in folders or PACKAGES for file in sorted((ROOT / folder).rglob("*.py"))]
    return [file for file in found if "migrations" not in file.parts and "__pycache__" not in file.parts]


def short(file: Path) -> str:
    return str(file.relative_to(ROOT))


def docstring(package: str) -> str:
    text = (ROOT / package.replace(".", "/") / "__init__.py").read_text(encoding="utf-8")
    return ast.get_docstring(ast.parse(text)) or ""


def said_floor(package: str) -> int | None:
    """The floor that the package's own first line claims."""
    first = docstring(package)
    if first.startswith("Cellar"):
        return -1
    match = re.match(r"Floor (\d)", first)
    return int(match[1]) if match else None


def main() -> None:
    by_floor = sorted(floors().items(), key=lambda row: (-row[1], row[0]))
    for package, floor in by_floor:
        if package == "lms.urls":
            continue
        what = re.sub(r"^(Cellar|Floor \d) · ", "", docstring(package)).split("\n")[0]
        print(f"  {'cellar' if floor < 0 else floor:>6}  {package:<16} {what}")


if __name__ == "__main__":
    main()
