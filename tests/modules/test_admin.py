"""Content in the admin: to look at, for operators alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from modules.models import Asset, Programme
from tests.factories.modules import make_fact, make_lesson, make_term
from tests.factories.parts import make_calculator, make_task
from tests.factories.people import make_operator, make_trainer

ClientFor = Callable[[Any], Client]
MODELS = (
    "programme",
    "release",
    "module",
    "lesson",
    "lessonrevision",
    "glossaryterm",
    "fact",
    "asset",
    "calculator",
    "fieldtask",
)


def content() -> dict[str, int]:
    lesson = make_lesson()
    module = lesson.module
    asset = Asset.objects.create(digest="a" * 64, name="a.svg", media_type="image/svg+xml", size=1, content=b"x")
    revision = lesson.revisions.get(language="en")
    return {
        "programme": module.programme.pk,
        "release": revision.release.pk,
        "module": module.pk,
        "lesson": lesson.pk,
        "lessonrevision": revision.pk,
        "glossaryterm": make_term(module).pk,
        "fact": make_fact(module.programme).pk,
        "asset": asset.pk,
        "calculator": make_calculator(module).pk,
        "fieldtask": make_task(module).pk,
    }


@pytest.mark.django_db
def test_operators_look_at_everything_and_add_or_delete_nothing(client_for: ClientFor) -> None:
    client = client_for(make_operator(password=None))
    for model, pk in content().items():
        base = f"admin:modules_{model}"
        assert client.get(reverse(f"{base}_changelist")).status_code == 200, model
        assert client.get(reverse(f"{base}_change", args=[pk])).status_code == 200, model
        assert client.get(reverse(f"{base}_add")).status_code == 403, model
        assert client.post(reverse(f"{base}_delete", args=[pk]), {"post": "yes"}).status_code == 403, model


@pytest.mark.django_db
def test_only_whether_a_programme_is_open_can_be_changed(client_for: ClientFor) -> None:
    """A-07"""
    known = content()
    client = client_for(make_operator(password=None))
    client.post(reverse("admin:modules_programme_change", args=[known["programme"]]), {"key": "stolen"})
    programme = Programme.objects.get()
    assert (programme.is_open, programme.key != "stolen") == (False, True)
    for model in set(MODELS) - {"programme"}:
        response = client.post(reverse(f"admin:modules_{model}_change", args=[known[model]]), {"key": "stolen"})
        assert response.status_code == 403, model


@pytest.mark.django_db
def test_the_admin_is_closed_to_trainers(client_for: ClientFor) -> None:
    """A-02"""
    client = client_for(make_trainer(password=None))
    for model in MODELS:
        assert client.get(reverse(f"admin:modules_{model}_changelist")).status_code == 302
