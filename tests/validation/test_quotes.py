"""What counts as a right attribution, and as a right speaker, on presses whose attributions are known."""

import pytest

from masthead.validation.presses.quotes import QuotesGrade, Words, _grade

SAID = Words(10, 50, "direct", None, "Lena Adler")


def _one(told: list[Words], read: list[Words]) -> QuotesGrade:
    grade = QuotesGrade("easy")
    _grade(grade, told, read)
    return grade


def test_what_overlaps_by_half_is_found_and_right() -> None:
    grade = _one([SAID], [Words(10, 31, "direct", None, "Adler")])
    assert (grade.right, grade.read, grade.found["direct"]) == (1, 1, 1)
    grade = _one([SAID], [Words(45, 80, "indirect", None, "Adler")])
    assert (grade.right, grade.read, grade.found["direct"]) == (0, 1, 0)
    grade = _one([SAID], [])
    assert grade.as_dict()["precision"] is None
    assert grade.as_dict()["recall"] == 0


@pytest.mark.parametrize(
    ("told", "read", "named", "agreed"),
    [
        (("", "Lena Adler"), ("", "Adler"), 1, 1),
        (("", "Lena Adler"), ("", "Ms Adler"), 1, 1),
        (("", "Lena Adler"), ("", "harbour master Lena Adler"), 1, 1),
        (("", "Lena Adler"), ("", "Orsa Adler"), 1, 0),
        (("", "Lena Adler"), ("tasmer", "Tasmer"), 1, 0),
        (("", "Lena Adler"), ("", "the chaplain"), 0, 0),
        (("tasmer", "Tasmer"), ("tasmer", "an envoy of Tasmer"), 1, 1),
        (("tasmer", "Tasmer"), ("verrin", "Verrin"), 1, 0),
        (("", ""), ("tasmer", "Tasmer"), 1, 0),
        (("", ""), ("", "residents"), 0, 0),
    ],
)
def test_a_speaker_is_right_by_subject_or_by_name(
    told: tuple[str, str], read: tuple[str, str], named: int, agreed: int
) -> None:
    true = Words(10, 50, "direct", told[0] or None, told[1])
    grade = _one([true], [Words(10, 50, "direct", read[0] or None, read[1])])
    assert (grade.named, grade.agreed) == (named, agreed)
    assert grade.nameable == bool(told[0] or told[1])
