"""Rules for passwords (D1, S-03)."""

from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lms.people.models import Role, User

ANA = User(email="ana.petrova@example.org", display_name="Ana Petrova", role=Role.TRAINEE)
TOM = User(email="tom@example.org", display_name="Tom", role=Role.TRAINER)


@pytest.mark.parametrize(
    "password",
    [
        "1234567",
        "12345678",
        "password",
        "qwertyuiop",
        "iloveyou",
        "парола12",
        "Парола2027!",
        "ПАРОЛА!!",
        "parola123",
        "Bulgaria1",
        "българия1",
        "plovdiv99",
        "Пловдив99",
        "Levski1914",
        "greenskills1",
        "пътека7",
        "ana.petrova",
        "anapetrova1",
        "Трактор1",
        "земеделец7",
    ],
)
def test_s_03_what_is_tried_first_is_refused_with_a_reason(password: str) -> None:
    """S-03: twenty of them, Cyrillic too."""
    with pytest.raises(ValidationError) as error:
        validate_password(password, ANA)
    assert all(error.value.messages)


@pytest.mark.parametrize(
    "password",
    [
        "дълъг ден на полето",
        "кравата яде синя трева през август и мълчи до вечерта, точка.",
        "x7#pQ2vL",
        "🌱🌻🐄🚜🌾🍅🥕🌧",
    ],
)
def test_s_03_any_script_and_any_length_from_eight_on_is_welcome(password: str, settings: Any) -> None:
    """S-03: no rules of composition, spaces and signs as one likes, nothing cut off."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    validate_password(password, ANA)
    stored = make_password(password, hasher="argon2")
    assert check_password(password, stored)
    assert not check_password(password[:-1], stored)


def test_d1_twelve_characters_for_trainers() -> None:
    """D1: who sees others' data needs a longer one."""
    validate_password("8 of the", ANA)
    with pytest.raises(ValidationError, match="12"):
        validate_password("11 of these", TOM)
    validate_password("12 of these!", TOM)
