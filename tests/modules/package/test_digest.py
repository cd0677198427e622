"""Equal content, equal digest."""

from decimal import Decimal

import pytest

from modules.package.digest import digest_of


def test_the_order_of_keys_and_zeros_at_the_end_do_not_count() -> None:
    """C-20."""
    assert digest_of({"a": Decimal("0.8"), "b": ["x"]}) == digest_of({"b": ("x",), "a": Decimal("0.80")})


def test_the_order_of_items_and_every_letter_count() -> None:
    assert (
        len({digest_of(value) for value in (["a", "b"], ["b", "a"], ["a", "B"], ["ab"], "ab", ["a", "b", None])}) == 6
    )


def test_what_has_no_canonical_form_is_not_guessed() -> None:
    with pytest.raises(TypeError, match="no canonical form for set"):
        digest_of({"a": {1, 2}})
