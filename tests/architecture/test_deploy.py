"""What is delivered for larger installations cannot be run here; it is read with care instead."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from lms import env
from lms.cli.embedded.commands import timetable_command, web_command, worker_command
from tests.architecture.floors import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
UNITS = sorted((ROOT / "deploy").glob("*.service"))


def stages() -> list[str]:
    return re.split(r"^(?=FROM )", DOCKERFILE, flags=re.M)[1:]


def test_the_image_runs_as_nobody_special_and_says_whether_it_is_well() -> None:
    assert len(stages()) == 2
    users = re.findall(r"^USER (\S+)", stages()[-1], re.M)
    assert users[-1] not in {"root", "0"}
    assert "HEALTHCHECK" in stages()[-1]
    assert "--require-hashes" in stages()[0]


def test_images_are_named_with_a_version() -> None:
    used = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    used += [service["image"] for service in COMPOSE["services"].values() if "build" not in service]
    assert [image for image in used if ":" not in image or image.endswith(":latest")] == []


def test_containers_and_units_are_told_only_what_exists() -> None:
    """O-12: a misspelt variable in what we deliver ourselves."""
    texts = [DOCKERFILE, (ROOT / "compose.yaml").read_text(encoding="utf-8"), *(unit.read_text() for unit in UNITS)]
    named = {name for text in texts for name in re.findall(r"\bLMS_[A-Z_]+\b", text)}
    assert named - env.KNOWN == set()


def test_one_timetable_and_the_same_queues_everywhere() -> None:
    """R-04"""
    assert "deploy" not in COMPOSE["services"]["timetable"]
    queues = next(part for part in worker_command() if part.startswith("--queues="))
    assert queues in COMPOSE["services"]["worker"]["command"]
    assert queues in (ROOT / "deploy" / "green-skills-worker.service").read_text(encoding="utf-8")
    assert timetable_command()[-3:-1] == ["beat", "--pidfile="]


def test_the_web_server_has_the_same_limits_everywhere() -> None:
    embedded = dict(part.removeprefix("--").split("=", 1) for part in web_command() if "=" in part)
    unit = (ROOT / "deploy" / "green-skills-web.service").read_text(encoding="utf-8")
    for name in ("blocking-threads", "backlog", "backpressure", "interface"):
        assert f"--{name} {embedded[name]}" in unit
        assert f'"--{name}", "{embedded[name]}"' in DOCKERFILE


def test_the_database_and_the_queue_are_reachable_from_inside_only() -> None:
    published = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_units_are_confined_and_stop_in_time(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    for line in (
        "User=green-skills",
        "UMask=0077",
        "NoNewPrivileges=true",
        "ProtectSystem=strict",
        "TimeoutStopSec=20",
    ):
        assert line in text


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """Where systemd is at hand: with a program that exists in place of ours."""
    analyze = shutil.which("systemd-analyze")
    for unit in [*UNITS, *(ROOT / "deploy").glob("*.target")]:
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(encoding="utf-8"), flags=re.M)
        (tmp_path / unit.name).write_text(text)
    if analyze:
        command = [analyze, "verify", *map(str, sorted(tmp_path.iterdir()))]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert [line for line in done.stderr.splitlines() if "green-skills" in line] == []
    assert len(UNITS) == 4


def _without_examples(document: Path) -> str:
    """A page without its fenced blocks and code: what they show are examples."""
    return re.sub(r"^```.*?^```|`[^`\n]+`", "", document.read_text(encoding="utf-8"), flags=re.M | re.S)


def test_relative_links_in_the_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").glob("*.md")]
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", _without_examples(document))
        if not (document.parent / target).exists()
    ]
    assert broken == []
