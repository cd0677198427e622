"""One word for each thing: docs/glossary.md holds every model."""

import re

from django.apps import apps

from tests.architecture.floors import ROOT, package_of


def test_every_model_is_in_the_glossary() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\*\*([A-Z][A-Za-z]+)\*\*", text))
    models = {model.__name__ for model in apps.get_models() if package_of(model.__module__)}
    assert models - words == set()


def test_the_glossary_names_no_model_that_is_gone() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_.]+)\.models\.([A-Za-z]+)`", text))
    models = {(model.__module__.removesuffix(".models"), model.__name__) for model in apps.get_models()}
    assert named - models == set()
    assert len(named) > 10
