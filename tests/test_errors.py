"""Messages that name many things name a few of them, on one line."""

from masthead.errors import listed, nearest, shortened


def test_a_few_of_many_are_named() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed([f"column {n}" for n in range(30)], 3) == "column 0, column 1, column 2 and 27 more"
    assert len(listed(["long " * 1000] * 1000)) < 400
    assert len(nearest("nothing like it", [f"{'x' * 500} {n}" for n in range(500)])) < 600


def test_a_long_name_is_cut_and_stays_on_one_line() -> None:
    assert shortened("a\nb\t c") == "a b c"
    assert shortened("x" * 40) == "x" * 40
    assert shortened("x" * 41) == "x" * 39 + "…"
    assert shortened(" " * 500 + "end") == "…"
