"""The study file: what it takes, and the one clear sentence for what it does not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from masthead.errors import StudyError
from masthead.study import identifier, load_study, parse_study

STUDIES = Path(__file__).parents[1] / "studies"

CLAIM = {
    **{"id": "c", "text": "It mentions the Front more.", "measure": "attention", "subject": "front"},
    **{"outlet": "gull", "versus": "tern", "expect": "more"},
}


def study(**more: Any) -> dict[str, Any]:
    """A small valid study, with changes."""
    subject = {"id": "front", "kind": "actor", "aliases": ["Shoal Front", "rebels"]}
    return {"archive": "a.archive", "subject": [subject], **more}


def subject(**more: Any) -> list[dict[str, Any]]:
    return [{"id": "front", "kind": "actor", "aliases": ["Shoal Front"], **more}]


def studies() -> list[Path]:
    """The study files of this repository; a gold set beside them names no archive."""
    return [path for path in sorted(STUDIES.glob("*.toml")) if "archive" in tomllib.loads(path.read_text())]


@pytest.mark.parametrize("path", studies(), ids=lambda p: p.stem)
def test_the_studies_of_this_repository_are_valid(path: Path) -> None:
    assert load_study(path).subjects


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (study(titel="x"), "unknown key 'titel'.*did you mean 'title'"),
        (study(subject=subject(alias=["X"])), r"unknown key 'subject\[1\].alias'.*did you mean 'aliases'"),
        (study(period={"form": "2020-01-01"}), "unknown key 'period.form'.*did you mean 'from'"),
        ({"archive": "a"}, "lacks 'subject'"),
        ({"subject": subject()}, "lacks 'archive'"),
        (study(subject=[]), "subject"),
        (study(subject=subject(aliases=[])), "aliases"),
        (study(subject=subject(aliases=[""])), "empty or matches everything"),
        (study(subject=subject(aliases=["*"])), "empty or matches everything"),
        (study(subject=subject(aliases=["a*"])), "match nearly every word"),
        (study(subject=subject(aliases=["re*bel"])), "does not end a word"),
        (study(subject=subject(exclude=["--"])), "empty or matches everything"),
        (study(subject=subject(aliases=["X", "X"])), "lists the alias 'X' twice"),
        (study(subject=subject() + subject()), r"two of the tables \[\[subject\]\] have the id 'front'"),
        (study(subject=subject(kind="person")), "'actor', 'event', 'place' or 'issue'"),
        (study(subject=subject(id="The Front")), "'The Front' is no id"),
        (
            study(subject=subject(categories={"other": ["x"]})),
            "called 'other', which is kept for labels",
        ),
        (
            study(subject=subject(categories={"rebel": []})),
            "'rebel' has no word; expected a name and at least one word",
        ),
        (study(subject=subject(categories={"rebel": ["*"]})), "matches every label or none"),
        (study(event=[{"id": "e", "from": "2021-01-01", "to": "2020-01-01"}]), "the event ends .* before it"),
        (
            study(claim=[CLAIM | {"subject": "frnt"}]),
            "claim 'c' names 'frnt', which is no subject of the study; .*did you mean 'front'",
        ),
        (
            study(factor=[{"id": "f", "values": {"frnt": 1}}]),
            "factor 'f' names 'frnt', which is no subject of the study",
        ),
        (study(outlet=[{"id": "a", "match": ["x"]}, {"id": "b", "match": ["x"]}]), "belongs to two outlets"),
        (study(period={"from": "2021-01-01", "to": "2020-01-01"}), "ends .* before it starts"),
        (study(period={"by": "fortnight"}), "'month'"),
        (study(level=1.5), "less than 1"),
        (study(where={"words": ["*"]}), "empty or matches everything"),
        (study(precision=0), "greater than 0"),
        (study(precision=0.6), "less than or equal to 0.5"),
        (study(portrayal={"modl": "x"}), "unknown key 'portrayal.modl'.*did you mean 'model'"),
        (study(portrayal={"model": " "}), "the model is empty"),
        (
            study(portrayal={"model": "https://models.example/v1"}),
            "expected the `name` of the model that is asked there",
        ),
        (
            study(portrayal={"model": "http://models.example/v1", "name": "x"}),
            "neither https nor of this computer.*`unencrypted = true`",
        ),
        (
            study(portrayal={"model": "https://me:hidden@models.example/v1", "name": "x"}),
            "holds a user or a password",
        ),
        (
            study(portrayal={"model": "m", "unencrypted": True}),
            "`unencrypted` stands without a model at an address",
        ),
        (study(portrayal={"prompt": "p.txt"}), "`prompt` stands without a model at an address"),
        (
            study(portrayal={"model": "m", "logprobs": True}),
            "`logprobs` stands without a model at an address",
        ),
        (
            study(portrayal={"model": "https://a.example", "name": "x", "temperature": 3}),
            "less than or equal to 2",
        ),
        (
            study(portrayal={"model": "https://a.example", "name": "x", "most_at_once": 0}),
            "greater than or equal",
        ),
        (
            study(portrayal={"model": "https://a.example", "name": "x", "timeout": 0}),
            "greater than or equal to 1",
        ),
        (study(portrayal={"name": "x"}), "expected the `model` that they belong to"),
        (
            study(portrayal={"model": "m", "labels": ["negative", "neutral", "neg"]}),
            "expected 'unfavourable', 'neutral' and 'favourable', each once",
        ),
        (
            study(portrayal={"model": "m", "labels": ["negative", "neutral"]}),
            "labels are 'negative', 'neutral'; expected",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(raw: dict[str, Any], says: str) -> None:
    with pytest.raises(StudyError, match=says) as caught:
        parse_study(raw, "study.toml")
    assert "\n" not in str(caught.value)
    assert not str(caught.value).endswith("?.")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"title = ", "is not TOML"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"", "lacks"),
        (b"title = 'a'\0", "is not TOML"),
    ],
)
def test_a_file_that_is_no_study(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "study.toml"
    path.write_bytes(content)
    with pytest.raises(StudyError, match=says):
        load_study(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="masthead study new"):
        load_study(tmp_path / "study.toml")
    with pytest.raises(StudyError, match="cannot be read"):
        load_study(tmp_path)


def test_names_and_nouns() -> None:
    first = parse_study(
        study(subject=subject(aliases=["US", {"text": "Tea Party", "case": "ignore"}, "rebels"]))
    )
    us, tea, rebels = first.subjects[0].aliases
    assert (us.generic, us.ignore_case) == (False, False)
    assert (tea.generic, tea.ignore_case) == (False, True)
    assert (rebels.generic, rebels.ignore_case) == (True, True)


def test_the_hash_is_of_what_can_change_a_figure() -> None:
    plain = parse_study(study())
    assert parse_study(study(title="Other", claim=[CLAIM], archive="b.archive")).hash == plain.hash
    assert (
        parse_study(study(subject=subject(name="The Front", aliases=["Shoal Front", "rebels"]))).hash
        == plain.hash
    )
    assert parse_study(study(subject=subject(aliases=["Shoal Front"]))).hash != plain.hash
    assert parse_study(study(level=0.9)).hash != plain.hash
    assert parse_study(study(period={"by": "day"})).hash != plain.hash


def test_an_id_keeps_the_letters_of_a_name_and_is_given_once() -> None:
    taken: set[str] = set()
    names = ["Séan O'Neil", "Straße/Ort 🌍", "Sean O Neil", "Газета"]
    assert [identifier(name, taken) for name in names] == [
        "sean-o-neil",
        "strasse-ort",
        "sean-o-neil-2",
        "unnamed",
    ]


def test_a_model_of_portrayal_is_looked_for_beside_the_study_file(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    lines = '\n[portrayal]\nmodel = "{}"\nname = "plain"\nlabels = ["negative", "Neutral", "positive"]\n'
    subject = '\n[[subject]]\nid = "x"\nkind = "actor"\naliases = ["X Y"]\n'
    path.write_text('archive = "a.archive"\n' + lines.format("models/plain") + subject)
    told = load_study(path).portrayal
    assert told.model == str(tmp_path / "models" / "plain")
    assert told.labels == ("unfavourable", "neutral", "favourable")
    assert not told.is_remote
    path.write_text('archive = "a.archive"\n' + lines.format("https://models.example/v1") + subject)
    assert load_study(path).portrayal.model == "https://models.example/v1"
    assert load_study(path).portrayal.is_remote


def test_precision_and_the_model_change_figures_and_the_models_place_does_not() -> None:
    plain = parse_study(study())
    here, there, other = (
        parse_study(study(portrayal={"model": model})).hash for model in ("a/plain", "b/plain", "a/other")
    )
    assert here == there != plain.hash
    assert other not in (here, plain.hash)


def test_how_a_model_is_reached_changes_no_figure() -> None:
    told = {"model": "http://localhost:8000/v1", "name": "big"}
    plain, open_to_all = (parse_study(study(portrayal=told | more)) for more in ({}, {"unencrypted": True}))
    assert plain.hash == open_to_all.hash
    assert plain.hash == "d135b144f8105384"
    assert parse_study(study(precision=0.05)).hash != plain.hash


@pytest.mark.parametrize("key", ["sk-5e5ame", "sesame", "A B", "", "5ESAME", "A" * 200])
def test_a_key_in_the_study_is_not_repeated(key: str) -> None:
    with pytest.raises(StudyError, match="the `key_variable` is no name") as caught:
        parse_study(study(portrayal={"model": "https://a.example", "name": "x", "key_variable": key}))
    assert len(key) < 3 or key not in str(caught.value)


def test_how_a_model_is_asked_changes_figures_and_where_its_prompt_lies_does_not(tmp_path: Path) -> None:
    remote = {"model": "http://localhost:8000/v1", "name": "big"}
    others: list[dict[str, Any]] = [{"temperature": 0.5}, {"logprobs": True}, {"prompt": "a/p.txt"}]
    hashes = {parse_study(study(portrayal=remote | more)).hash for more in [{}, *others]}
    assert len(hashes) == 4
    same: list[dict[str, Any]] = [
        {"prompt": "b/p.txt"},
        {"timeout": 5},
        {"most_at_once": 9},
        {"key_variable": "K"},
    ]
    for more in same:
        assert parse_study(study(portrayal=remote | more)).hash in hashes
    path = tmp_path / "study.toml"
    path.write_text(
        'archive = "a.archive"\n[portrayal]\nmodel = "https://a.example"\nname = "x"\nprompt = "p.txt"\n'
        '[[subject]]\nid = "x"\nkind = "actor"\naliases = ["X Y"]\n'
    )
    assert load_study(path).portrayal.prompt == str(tmp_path / "p.txt")


def test_categories_are_all_of_names_or_all_of_labels() -> None:
    def subject(**categories: list[str]) -> dict[str, Any]:
        told = {
            "id": "ilmar",
            "kind": "place",
            "aliases": ["Ilmar", "Ilmarsk", "city"],
            "categories": categories,
        }
        return {"archive": "a", "subject": [told]}

    assert parse_study(subject(old=["Ilmarsk"], new=["Ilmar"])).subjects[0].by_name
    assert not parse_study(subject(town=["city"], port=["harbour*"])).subjects[0].by_name
    for mixed in (subject(old=["Ilmarsk"], new=["Ilmarr"]), subject(old=["Ilmarsk", "city"])):
        with pytest.raises(StudyError, match="'Ilmarsk', an alias of the subject"):
            parse_study(mixed)


def test_an_alias_without_letters_that_could_be_capitals_is_a_name() -> None:
    texts = ["萨利姆", "სალიმი", "متمردون", "9/11", "rebels", "повстанцы", "al-Rawi", "iPhone"]
    told = {"archive": "a", "subject": [{"id": "s", "kind": "actor", "aliases": texts}]}
    aliases = parse_study(told).subjects[0].aliases
    assert {a.text for a in aliases if a.generic} == {"rebels", "повстанцы"}
