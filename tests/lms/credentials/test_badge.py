"""The open badge has the shape of Open Badges 3.0 and says what is printed."""

from datetime import UTC, date, datetime

from lms.credentials.badge import Badge, open_badge

BADGE = Badge(
    url="https://learn.example.org/en/credentials/abc/",
    holder="Ana Petrova",
    programme_key="green-skills",
    programme="Green skills",
    release=7,
    criteria="Every module completed.",
    modules=(("Soil", date(2027, 6, 1)), ("Water", date(2027, 6, 20))),
    hours="5",
    issued_at=datetime(2027, 6, 30, 9, 0, tzinfo=UTC),
    issuer_name="Green Skills",
    issuer_url="https://learn.example.org",
    language="en",
)


def test_it_is_an_achievement_credential() -> None:
    document = open_badge(BADGE)
    assert document["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert document["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context")
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["id"] == BADGE.url
    assert document["issuer"]["id"] == "https://learn.example.org"
    assert document["validFrom"] == "2027-06-30T09:00:00Z"


def test_it_names_the_holder_and_what_was_achieved() -> None:
    subject = open_badge(BADGE)["credentialSubject"]
    assert subject["identifier"][0]["identityHash"] == "Ana Petrova"
    assert subject["identifier"][0]["hashed"] is False
    achievement = subject["achievement"]
    assert achievement["achievementType"] == "CertificateOfCompletion"
    assert achievement["criteria"]["narrative"] == "Every module completed."
    assert achievement["version"] == "7"
    assert "Soil (2027-06-01)" in subject["narrative"]


def test_it_pretends_no_signature() -> None:
    assert "proof" not in open_badge(BADGE)


def test_two_holders_have_the_same_achievement() -> None:
    other = Badge(**{**{name: getattr(BADGE, name) for name in BADGE.__slots__}, "holder": "Boris", "url": "x"})
    assert (
        open_badge(other)["credentialSubject"]["achievement"] == open_badge(BADGE)["credentialSubject"]["achievement"]
    )
