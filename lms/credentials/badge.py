"""Open Badges 3.0: an achievement credential as JSON-LD, from what is printed on it. Pure: no Django, no database.

Source: 1EdTech, Open Badges Specification 3.0, section "AchievementCredential". It carries no proof: whoever wants to
know whether it is genuine asks the address in `id`. docs/credentials.md says what signing would need.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]


@dataclass(frozen=True, slots=True)
class Badge:
    """`url` is the credential's page and its identity; `modules` are (title, day of completion)."""

    url: str
    holder: str
    programme_key: str
    programme: str
    release: int | None
    criteria: str
    modules: tuple[tuple[str, date], ...]
    hours: str
    issued_at: datetime
    issuer_name: str
    issuer_url: str
    language: str


def open_badge(badge: Badge) -> dict[str, Any]:
    """The credential. The holder is named in clear (identityType "name"), as on paper."""
    return {
        "@context": CONTEXT,
        "id": badge.url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.programme,
        "issuer": {"id": badge.issuer_url, "type": ["Profile"], "name": badge.issuer_name, "url": badge.issuer_url},
        "validFrom": badge.issued_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "identityType": "name", "identityHash": badge.holder, "hashed": False}
            ],
            "achievement": {
                "id": f"{badge.issuer_url}#programme-{badge.programme_key}",
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": badge.programme,
                "description": badge.criteria,
                "criteria": {"narrative": badge.criteria},
                "inLanguage": badge.language,
                **({"version": str(badge.release)} if badge.release is not None else {}),
            },
            "narrative": _narrative(badge),
        },
    }


def _narrative(badge: Badge) -> str:
    lines = [f"- {title} ({day.isoformat()})" for title, day in badge.modules]
    return "\n".join([f"{badge.programme}: {badge.hours} h", *lines])
