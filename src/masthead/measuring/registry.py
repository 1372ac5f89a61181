"""Which instruments there are: this repository's, and those that other installed packages bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from masthead.errors import MastheadError, UsageError, nearest
from masthead.findings.about import Declaration
from masthead.measuring.words import PLAIN, Words, complete
from masthead.plugins import OURS, load_brought, package_entries, package_faults

if TYPE_CHECKING:
    from masthead.measuring.instrument import AnyInstrument
    from masthead.measuring.measure import Measure


@cache
def instruments() -> Mapping[str, AnyInstrument]:
    """Return every instrument by its name: ours in the order of `plugins.OURS`, then those that packages bring.

    Raises MastheadError where a package's instrument is none, or takes a name that is taken.
    """
    by_name: dict[str, AnyInstrument] = {}
    for name in OURS:
        by_name[name] = import_module(f"masthead.instruments.{name}.instrument").INSTRUMENT
    measure_names = {measure.name for one in by_name.values() for measure in one.measures}
    for name, entry in package_entries().items():
        one = _instrument(name, load_brought(name), entry.value)
        for measure in one.measures:
            if measure.name in measure_names:
                raise MastheadError(
                    f"the installed instrument '{name}' ({entry.value}) measures '{measure.name}', which another does",
                    "a name of its own for each measure",
                    "remove that package, or rename its measure",
                )
            measure_names.add(measure.name)
        by_name[name] = one
    return by_name


def _instrument(name: str, entry: object, where: str) -> AnyInstrument:
    """Take what an entry point names for an instrument: one, or the class of one."""
    from masthead.measuring.instrument import Instrument

    with package_faults(name, "in what it declares"):
        one = entry() if isinstance(entry, type) else entry
        for measure in getattr(one, "measures", ()):
            measure.declaration()
    if not isinstance(one, Instrument) or one.name != name or not one.measures:
        raise MastheadError(
            f"the entry point '{name}' ({where}) of the group `masthead.instruments` is no instrument of that name",
            "a masthead.measuring.Instrument whose `name` is that of the entry point, with a measure at least",
            "see `masthead docs add-a-measure`, or remove that package",
        )
    return one


class _Measures(Mapping[str, "Measure"]):
    """Every measure by its name; the instruments are loaded when the first is asked for."""

    @property
    def _by_name(self) -> Mapping[str, Measure]:
        return _measures()

    def __getitem__(self, name: str) -> Measure:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)


@cache
def _measures() -> Mapping[str, Measure]:
    return {measure.name: measure for one in instruments().values() for measure in one.measures}


MEASURES: Mapping[str, Measure] = _Measures()


def find_measure(name: str) -> Measure:
    """Return the measure of this name. Raises UsageError, naming the nearest, where there is none.

    >>> attention = find_measure("attention")
    >>> attention.unit, attention.range, attention.signed()
    ('article', (0.0, 1.0), False)
    """
    if name not in MEASURES:
        raise UsageError(f"there is no measure '{name}'", "the name of a measure", nearest(name, MEASURES))
    return MEASURES[name]


def own_words(measure: str) -> Words:
    """Return the words that a measure has of its own: none where it has none, or is not installed."""
    measure_of_ours = MEASURES.get(measure)
    return measure_of_ours.words if measure_of_ours else PLAIN


def words_of(declaration: Declaration) -> Words:
    """Return the words of a measure by what a survey keeps of it, its declaration.

    Of a measure of a package that is no longer installed they are made of the declaration alone.
    """
    name = str(declaration.get("name") or "")
    own_declaration = MEASURES[name].declaration() if name in MEASURES else {}
    return complete(own_words(name), {**own_declaration, **declaration})


def instrument_of(measure: str) -> AnyInstrument:
    """Return the instrument that brings a measure. Raises UsageError where there is no such measure."""
    whole = find_measure(measure)
    return instruments()[whole.comes_with or whole.name]


def needed(names: tuple[str, ...]) -> tuple[AnyInstrument, ...]:
    """Return the instruments of these names and those that they need, each after what it needs.

    Raises UsageError where one needs an instrument that is not there, or two need each other.
    """
    every = instruments()
    by_name: dict[str, AnyInstrument] = {}

    def take(name: str, asked_by: tuple[str, ...]) -> None:
        if name in by_name:
            return
        if name not in every or name in asked_by:
            raise UsageError(
                f"the instrument '{asked_by[-1] if asked_by else name}' needs '{name}'",
                "an instrument that is there and does not need it in turn",
                nearest(name, every),
            )
        for other in every[name].needs:
            take(other, (*asked_by, name))
        by_name[name] = every[name]

    for name in every:
        if name in names:
            take(name, ())
    for name in names:
        take(name, ())
    return tuple(by_name.values())
