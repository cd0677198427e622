"""Commands about people: each says what it did and fails when it did not."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lms.people.models import AccessToken, User
from lms.people.services import find_token
from lms.shared import clock
from tests.factories.people import make_operator, make_trainee

pytestmark = pytest.mark.django_db


def run(command: str, *args: str) -> list[str]:
    out = io.StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue().splitlines()


def create(*args: str, email: str = "tom@example.org") -> list[str]:
    return run("create_person", "--email", email, "--name", "Tom Petrov", "--role", "trainer", *args)


def test_create_person_prints_a_link_that_sets_a_password_once(settings: Any) -> None:
    lines = create("--language", "bg")
    person = User.objects.get()
    assert (person.email, person.role, person.language) == ("tom@example.org", "trainer", "bg")
    assert not person.has_usable_password()
    link = lines[-1].removeprefix(settings.BASE_URL)
    form = Client().get(link, follow=True)
    assert form.status_code == 200
    visitor = Client()
    place = visitor.get(link).headers["Location"]
    visitor.post(place, {"password1": "a sentence of Tom"})
    person.refresh_from_db()
    assert person.check_password("a sentence of Tom")
    assert "password1" not in Client().get(link, follow=True).content.decode()


def test_create_person_reads_a_password_and_prints_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("a sentence of Tom\n"))
    lines = create("--password-stdin")
    assert User.objects.get().check_password("a sentence of Tom")
    assert len(lines) == 1
    assert "sentence" not in lines[0]


@pytest.mark.parametrize(("password", "says"), [("", "no password"), ("short", "at least 12")])
def test_create_person_refuses_a_weak_password(password: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password))
    with pytest.raises(CommandError, match=says):
        create("--password-stdin")
    assert not User.objects.exists()


def test_create_person_refuses_what_is_there_or_is_no_address() -> None:
    create()
    with pytest.raises(CommandError, match="already"):
        create(email="TOM@example.org")
    with pytest.raises(CommandError, match="not an e-mail address"):
        create(email="tom")
    assert User.objects.count() == 1


def test_issue_token_prints_it_once() -> None:
    make_trainee("api@example.org")
    lines = run("issue_token", "--email", "api@example.org", "--scope", "content:read", "--expires", "30d")
    token = find_token(lines[-1], clock.now())
    assert token == AccessToken.objects.get()
    assert token.scopes == ["content:read"]
    assert (token.expires_at - token.created_at).days == 30


@pytest.mark.parametrize("expires", ["0d", "367d", "90", "soon", "-1d"])
def test_issue_token_refuses_a_time_it_does_not_understand(expires: str) -> None:
    make_trainee("api@example.org")
    with pytest.raises(CommandError, match="90d"):
        run("issue_token", "--email", "api@example.org", "--scope", "content:read", f"--expires={expires}")
    assert not AccessToken.objects.exists()


def test_issue_token_wants_an_open_account_and_a_known_scope() -> None:
    make_trainee("closed@example.org", is_active=False)
    for email in ("closed@example.org", "nobody@example.org"):
        with pytest.raises(CommandError, match="no open account"):
            run("issue_token", "--email", email, "--scope", "content:read")
    with pytest.raises(CommandError, match="invalid choice"):
        run("issue_token", "--email", "closed@example.org", "--scope", "everything")


def test_export_person_writes_a_private_file_and_never_over_another(tmp_path: Path) -> None:
    make_trainee("ana@example.org", "Ана")
    file = tmp_path / "ana.json"
    run("export_person", "--email", "ana@example.org", str(file))
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["tables"]["people.User"]["rows"][0]["display_name"] == "Ана"
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_person", "--email", "ana@example.org", str(file))


def test_erase_person_asks_for_a_yes() -> None:
    make_trainee("ana@example.org")
    with pytest.raises(CommandError, match="--yes"):
        run("erase_person", "--email", "ana@example.org")
    assert User.objects.filter(email="ana@example.org").exists()
    run("erase_person", "--email", "ana@example.org", "--yes")
    assert not User.objects.filter(email="ana@example.org").exists()
    with pytest.raises(CommandError, match="no account"):
        run("erase_person", "--email", "ana@example.org", "--yes")


def test_erase_person_leaves_the_last_operator() -> None:
    make_operator("petya@example.org")
    with pytest.raises(CommandError, match="only operator"):
        run("erase_person", "--email", "petya@example.org", "--yes")
