"""Rules for passwords: long enough for what one may see, no word that everybody tries first here (D1).

No rules of composition: letters, spaces and signs of any script, in any mixture.
"""

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from lms.people.models import User

TRAINEE_LENGTH, STAFF_LENGTH = 8, 12
_WORDS = """
parola parolata parolaparola bulgaria balgaria balgariya sofia plovdiv varna burgas levski levskisofia cska
zdravei ivanivan georgi greenskills greenskill trainee trainer apprentice farmer farming zemedelie zemedelec
zemedelets kombain traktor fermer degrebe gogreen
"""
LOCAL_WORDS = frozenset(_WORDS.split())


class LengthByRoleValidator:
    """8 characters for trainees, 12 for trainers and operators."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        least = STAFF_LENGTH if user is not None and getattr(user, "is_trainer", False) else TRAINEE_LENGTH
        if len(password) < least:
            words = _("Use at least %(least)d characters. A short sentence is easy to remember.") % {"least": least}
            raise ValidationError(words, code="too_short")

    def get_help_text(self) -> str:
        return _("At least %(least)d characters. A short sentence is easy to remember.") % {"least": TRAINEE_LENGTH}


class LocalWordsValidator:
    """Refuses the words that are tried first here, also with figures behind them and in Cyrillic."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        bare = re.sub(r"[\W\d_]+", "", password.lower())
        if bare in LOCAL_WORDS or _latin(bare) in LOCAL_WORDS:
            words = _("Many people try this word first. Choose something only you would say.")
            raise ValidationError(words, code="local_word")

    def get_help_text(self) -> str:
        return ""


def _latin(text: str) -> str:
    """Bulgarian letters in the usual Latin spelling."""
    table = dict(zip("абвгдезийклмнопрстуфхъь", "abvgdeziiklmnoprstufhay", strict=True))
    table |= {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ю": "yu", "я": "ya"}
    return "".join(table.get(letter, letter) for letter in text)
