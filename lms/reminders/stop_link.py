"""The link in each reminder that turns them off. It says who, signed, and opens nothing else; it does not run out."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from lms.people.models import User
from lms.shared.refusals import NotHere

_signer = Signer(salt="reminders.stop", sep=".")


def signed_for(person: User) -> str:
    return _signer.sign(person.pk.hex)


def read_stop_link(signed: str) -> User:
    """Whose link it is. Raises NotHere when it was tampered with, or the account is gone."""
    try:
        person = User.objects.filter(pk=UUID(_signer.unsign(signed)), is_active=True).first()
    except (BadSignature, ValueError) as error:
        raise NotHere from error
    if person is None:
        raise NotHere
    return person
