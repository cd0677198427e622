"""Every table that knows something about a person is declared (P-01)."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from lms.people.models import User
from lms.privacy.processing import as_markdown
from lms.privacy.register import NOT_PERSONAL, REGISTER

LABELS = ("_label", "session_data", "email", "actor_id")


def undeclared(tables: Iterable[type[models.Model]]) -> set[str]:
    declared = {table.model for table in REGISTER} | set(NOT_PERSONAL)
    return {table._meta.label for table in tables if _knows_a_person(table) and table._meta.label not in declared}


def _knows_a_person(table: type[models.Model]) -> bool:
    """A path of foreign keys to a person, or a field that names one."""
    return _leads_to_a_person(table, frozenset()) or any(_names_a_person(field) for field in table._meta.local_fields)


def _leads_to_a_person(table: type[models.Model], seen: frozenset[type[models.Model]]) -> bool:
    if table is User:
        return True
    on_the_way = seen | {table}
    targets = (field.related_model for field in table._meta.get_fields() if field.many_to_one or field.one_to_one)
    forward = (target for target in targets if isinstance(target, type) and target not in on_the_way)
    own = {field.related_model for field in table._meta.local_fields if field.is_relation}
    return any(target in own and _leads_to_a_person(target, on_the_way) for target in forward)


def _names_a_person(field: Any) -> bool:
    return isinstance(field, models.EmailField | models.GenericIPAddressField) or field.name.endswith(LABELS)


def test_p_01_every_table_that_knows_a_person_is_declared() -> None:
    """P-01: declare it in lms/privacy/register.py, or say there why it is not about a person."""
    assert undeclared(apps.get_models(include_auto_created=True)) == set()


@pytest.mark.parametrize(
    "fields",
    [
        {"who": models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")},
        {"enrolment": models.ForeignKey("cohorts.Enrolment", on_delete=models.CASCADE, related_name="+")},
        {"email": models.EmailField()},
        {"made_by_label": models.CharField(max_length=9)},
    ],
    ids=["straight", "through an enrolment", "an address", "a name"],
)
def test_p_01_a_new_table_about_a_person_is_noticed(fields: dict[str, Any]) -> None:
    """P-01: the test above is not blind. The tables live in a registry of their own."""
    meta = type("Meta", (), {"app_label": "people", "apps": type(apps)()})
    for field in fields.values():
        if field.is_relation and isinstance(field.remote_field.model, str):
            field.remote_field.model = apps.get_model(field.remote_field.model)
    dummy = type("Dummy", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
    assert undeclared([dummy]) == {"people.Dummy"}


def test_p_01_every_column_is_handed_over_or_withheld_with_a_reason() -> None:
    """P-01: a new column of a declared table is noticed too."""
    forgotten = {}
    for table in REGISTER:
        said = {name.split("__")[0] for name in table.export} | {name.removesuffix("_id") for name in table.export}
        columns = {field.name for field in table.table._meta.concrete_fields}
        relations = {field.name for field in table.table._meta.many_to_many}
        through = {"enrolment", "attempt", "response"} & columns  # found through what stands above
        if missing := (columns | relations) - said - set(table.withheld) - through:
            forgotten[table.model] = missing
        assert all(table.withheld.values())
    assert forgotten == {}


def test_the_register_names_only_tables_that_are_there() -> None:
    for table in REGISTER:
        columns = {field.name for field in table.table._meta.get_fields()}
        assert {name.split("__")[0].removesuffix("_id") for name in table.export} <= columns | {"actor"}
        assert set(table.withheld) <= columns


def test_the_account_is_forgotten_last() -> None:
    assert REGISTER[-1].model == "people.User"


def test_p_01_the_document_says_what_the_register_says() -> None:
    """P-01: UPDATE_PRIVACY_DOC=1 prints the table into docs/privacy.md."""
    path = Path(settings.ROOT) / "docs" / "privacy.md"
    before, _, rest = path.read_text(encoding="utf-8").partition("<!-- register -->\n")
    _, _, after = rest.partition("\n<!-- end of register -->")
    expected = f"{before}<!-- register -->\n{as_markdown()}\n<!-- end of register -->{after}"
    if os.environ.get("UPDATE_PRIVACY_DOC"):
        path.write_text(expected, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected
