"""A wrong variable stops the start: with its name, what is wrong, and an example (O-12)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "q9Wc" * 4 + "tZ7xLm2Vb8Ks4Hd6" * 4
PRODUCTION = {"LMS_PRODUCTION": "1", "LMS_SECRET_KEY": KEY, "LMS_BASE_URL": "https://learn.example.org"}


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A management command that reads all settings and starts all apps, with these variables only."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("LMS_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--tag", "start"],
        cwd=ROOT,
        env={**outer, "LMS_DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LMS_PORT", "eighty"),
        ("LMS_PORT", "0"),
        ("LMS_PORT", "70000"),
        ("LMS_PORT", "-1"),
        ("LMS_PORT", "8000 "[:4] + "x"),
        ("LMS_WEB_WORKERS", "0"),
        ("LMS_TASK_WORKERS", "many"),
        ("LMS_PRODUCTION", "perhaps"),
        ("LMS_DEBUG", "2"),
        ("LMS_BASE_URL", "learn.example.org"),
        ("LMS_BASE_URL", "ftp://learn.example.org"),
        ("LMS_BASE_URL", "https://learn.example.org/courses"),
        ("LMS_BASE_URL", "https://learn.example.org:99999"),
        ("LMS_DATABASE_URL", "mysql://user@db/green"),
        ("LMS_DATABASE_URL", "/var/lib/green.sqlite3"),
        ("LMS_REDIS_URL", "localhost:6379"),
        ("LMS_REDIS_URL", "redis://"),
        ("LMS_EMAIL_URL", "mail.example.org:587"),
        ("LMS_EMAIL_URL", "smtp://mail.example.org?tls=perhaps"),
        ("LMS_SECRET_KEY_FILE", "/nowhere/key"),
        ("LMS_SECRET_KEY_FILE", "/dev/null"),
        ("LMS_REMINDER_HOUR", "24"),
        ("LMS_TRUSTED_PROXIES", "all"),
        ("LMS_LOG_LEVEL", "loud"),
        ("LMS_DATA_DIR", "/dev/null/var"),
        ("LMS_DATABSE_URL", "postgresql://db/green"),
        ("LMS_PRODUCTON", "1"),
    ],
)
def test_a_wrong_variable_stops_the_start_by_name(tmp_path: Path, name: str, value: str) -> None:
    """O-12"""
    done = start(tmp_path, **{name: value})
    assert done.returncode != 0
    assert done.stderr.startswith("The service does not start."), done.stderr
    assert f"{name}: " in done.stderr
    assert "Example: LMS_" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"LMS_DEBUG": "1"}, "LMS_DEBUG is on"),
        ({"LMS_SECRET_KEY": ""}, "LMS_SECRET_KEY: it is required"),
        ({"LMS_SECRET_KEY": "short"}, "has 5 characters"),
        ({"LMS_SECRET_KEY": "ab" * 40}, "repeats a few characters"),
        ({"LMS_SECRET_KEY": "django-insecure-" + KEY}, "is an example"),
        ({"LMS_BASE_URL": "http://learn.example.org"}, "plain http on a public address"),
    ],
)
def test_production_refuses_what_is_unsafe_with_the_reason(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    """S-16"""
    done = start(tmp_path, **{**PRODUCTION, **change})
    assert done.returncode != 0
    assert reason in done.stderr


@pytest.mark.slow
def test_production_starts_when_all_is_well(tmp_path: Path) -> None:
    """S-16: the other side of it."""
    done = start(tmp_path, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "LMS_EMAIL_URL is empty" in done.stderr  # a warning, not a refusal


@pytest.mark.slow
def test_a_password_in_a_wrong_address_is_not_shown(tmp_path: Path) -> None:
    done = start(tmp_path, LMS_DATABASE_URL="mysql://ana:hush-hush@db/green")
    assert "hush-hush" not in done.stderr
