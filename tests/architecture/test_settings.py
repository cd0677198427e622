"""What an operator may set is written down, with its default."""

import re

from lms import env
from tests.architecture.floors import ROOT


def listed() -> list[str]:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return re.findall(r"^#?\s?(LMS_[A-Z_]+)=", text, re.M)


def test_the_example_lists_every_variable_once() -> None:
    assert sorted(listed()) == sorted(env.KNOWN)


def test_the_operators_page_explains_every_variable() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`(LMS_[A-Z_]+)`", text))
    assert env.KNOWN - explained == set()


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    bare = [line.strip() for line in block.splitlines() if line.strip().startswith('"') and "#" not in line]
    assert bare == []


def test_the_locks_hold_hashes_and_no_address() -> None:
    """S-17"""
    for name in ("run", "test"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        assert "://" not in text
        assert "index-url" not in text
        entries = re.split(r"\n(?=\S)", text.strip())
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_test_lock_holds_the_same_versions_as_the_one_that_runs() -> None:
    """Else the suite would test something that nobody runs."""
    pins = {
        name: set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"), re.M))
        for name in ("run", "test")
    }
    assert pins["run"] - pins["test"] == set()
