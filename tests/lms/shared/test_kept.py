"""What is kept, how much of it, and how it is forgotten."""

from lms.shared.kept import Shelves, forget_everything, kept


def test_the_same_arguments_are_answered_once() -> None:
    asked = []

    @kept(most=2)
    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [double(1), double(1), double(2), double(3), double(1)] == [2, 2, 4, 6, 2]
    assert asked == [1, 2, 3, 1]  # of two kept answers the oldest makes room
    forget_everything()
    assert double(3) == 6
    assert asked[-1] == 3


def test_an_error_is_not_kept() -> None:
    asked = []

    @kept(most=2)
    def moody() -> int:
        asked.append(1)
        if len(asked) == 1:
            raise ValueError
        return len(asked)

    try:
        moody()
    except ValueError:
        assert moody() == 2


def test_what_was_asked_for_last_stays() -> None:
    shelves: Shelves[str] = Shelves(most=2)
    for name in ("a", "b"):
        shelves.keep(name, name.upper())
    assert shelves.find("a") == "A"
    shelves.keep("c", "C")
    assert [shelves.find(name) for name in ("a", "b", "c")] == ["A", None, "C"]
    forget_everything()
    assert shelves.find("a") is None
