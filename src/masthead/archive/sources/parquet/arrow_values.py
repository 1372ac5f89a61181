"""Arrow columns to text and to what JSON can say, exactly: no value is rounded, and none needs pandas."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.sources.header import numbered_names

_EXACT_INTEGERS = 2.0**53


class Undecodable(str):
    """A text of a source that is not UTF-8, its bytes shown as escapes."""


def as_text(values: pa.Array) -> pa.StringArray:
    """Return a column of single values as strings. Dates are ISO, moments with a zone are in UTC.

    Raises ArrowInvalid where bytes are not UTF-8.
    """
    values = _plain(values)
    kind = values.type
    if pa.types.is_floating(kind):
        return pa.array([_number(v) for v in values.to_pylist()], pa.string())
    if pa.types.is_duration(kind):
        return pa.array(_durations(values), pa.string())
    return pc.cast(values, pa.string())


def as_values(values: pa.Array) -> list[Any]:
    """Return a column of any type as what JSON can say: objects, lists, texts, numbers, true, false, null.

    A text that is not UTF-8 comes as `Undecodable`, bytes that are no text in hexadecimal figures. Values of a
    dictionary are shared, not copied.
    """
    kind = values.type
    if pa.types.is_dictionary(kind):
        used = values.indices.unique().drop_null()
        value_at = dict(zip(used.to_pylist(), as_values(values.dictionary.take(used)), strict=True))
        return [None if i is None else value_at[i] for i in values.indices.to_pylist()]
    if isinstance(values, pa.ExtensionArray):
        return as_values(values.storage)
    if pa.types.is_map(kind):
        pairs = pa.list_(pa.struct([("key", kind.key_type), ("value", kind.item_type)]))
        return [
            None if entries is None else {str(e["key"]): e["value"] for e in entries}
            for entries in as_values(values.cast(pairs))
        ]
    if pa.types.is_struct(kind):
        names = numbered_names(field.name for field in kind)
        columns = [as_values(column) for column in values.flatten()]
        there = values.is_valid().to_pylist()
        rows: Iterator[Any] = zip(*columns, strict=True) if columns else iter([()] * len(values))
        return [dict(zip(names, row, strict=True)) if t else None for t, row in zip(there, rows, strict=True)]
    if is_list(kind):
        items = iter(as_values(values.flatten()))
        return [
            None if n is None else list(islice(items, n)) for n in pc.list_value_length(values).to_pylist()
        ]
    return _single_values(values)


def _single_values(values: pa.Array) -> list[Any]:
    kind = values.type
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind):
        return list(values.to_pylist())
    if pa.types.is_floating(kind):
        return [v if v is None or math.isfinite(v) else _number(v) for v in values.to_pylist()]
    if _is_text(kind):
        return list(decode_texts(values))
    if _is_binary(kind):
        data = pc.cast(values, pa.large_binary()).to_pylist()
        return [
            f"0x{b.hex()}" if isinstance(v, Undecodable) else v
            for v, b in zip(decode_texts(values), data, strict=True)
        ]
    return list(as_text(values).to_pylist())


def decode_texts(values: pa.Array) -> list[str | None]:
    """Return a column of texts or bytes as texts; `Undecodable` where one is not UTF-8."""
    data = pc.cast(_plain(values), pa.large_binary()).to_pylist()
    texts: list[str | None] = []
    for value in data:
        try:
            texts.append(None if value is None else value.decode())
        except UnicodeDecodeError:
            texts.append(Undecodable(value.decode("utf-8", "backslashreplace")))
    return texts


def _plain(values: pa.Array) -> pa.Array:
    """Without dictionary and extension; moments with a zone in UTC."""
    if isinstance(values, pa.ExtensionArray):
        values = values.storage
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    kind = values.type
    if pa.types.is_timestamp(kind) and kind.tz:
        # No clock of a zone is asked: the file may name one that is none.
        return pc.cast(values, pa.timestamp(kind.unit, "UTC"))
    return values


def _number(value: float | None) -> str | None:
    if value is None or math.isnan(value):
        return None
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    # 2016.0 is how a column of years with gaps comes out of a spreadsheet.
    return str(int(value)) if abs(value) < _EXACT_INTEGERS and value == int(value) else repr(value)


def _durations(values: pa.Array) -> list[str | None]:
    unit = values.type.unit
    return [None if n is None else f"{n} {unit}" for n in values.cast(pa.int64()).to_pylist()]


def is_nested(kind: pa.DataType) -> bool:
    """True where a column of this type holds objects or lists."""
    return bool(pa.types.is_nested(kind)) or (
        isinstance(kind, pa.BaseExtensionType) and is_nested(kind.storage_type)
    )


def is_list(kind: pa.DataType) -> bool:
    """True for lists of every width; not for maps."""
    of_lists = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
    return any(is_of_kind(kind) for is_of_kind in of_lists)


def holds_map(kind: pa.DataType) -> bool:
    """True where a map, whose keys are no names of columns, lies in a column of this type."""
    inner = range(kind.num_fields if pa.types.is_nested(kind) else 0)
    return bool(pa.types.is_map(kind)) or any(holds_map(kind.field(i).type) for i in inner)


def is_written(kind: pa.DataType) -> bool:
    """True where a column of this type holds texts or bytes, perhaps through a dictionary."""
    if pa.types.is_dictionary(kind):
        return is_written(kind.value_type)
    return _is_text(kind) or _is_binary(kind)


def lengths(values: pa.Array) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The bytes of each value of a column of texts or bytes, known without unfolding its dictionary."""
    if pa.types.is_dictionary(values.type):
        each = lengths(values.dictionary)
        at = values.indices.fill_null(0).to_numpy(zero_copy_only=False)
        there: np.ndarray[Any, np.dtype[np.bool_]] = values.is_valid().to_numpy(zero_copy_only=False)
        return np.where(there, each[at], 0) if len(each) else np.zeros(len(values), np.int64)
    if pa.types.is_string_view(values.type) or pa.types.is_binary_view(values.type):
        values = values.cast(pa.large_binary())
    bytes_each = pc.fill_null(pc.binary_length(values), 0).to_numpy(zero_copy_only=False)
    return np.asarray(bytes_each, np.int64)


def depth(kind: pa.DataType, most: int) -> int:
    """How deep the types of a column are nested, counted to one more than `most`."""
    deepest = 0
    inside = [(kind, 1)]
    while inside and deepest <= most:
        kind, level = inside.pop()
        deepest = max(deepest, level)
        if pa.types.is_nested(kind):
            inside += [(kind.field(i).type, level + 1) for i in range(kind.num_fields)]
    return deepest


def paths(name: str, kind: pa.DataType, levels: int) -> Iterator[str]:
    """Yield the paths of a column: its name, and those of what lies in its objects and lists of objects."""
    yield name
    while is_list(kind):
        kind = kind.value_type
    if levels and pa.types.is_struct(kind):
        for field in kind:
            yield from paths(f"{name}.{field.name}", field.type, levels - 1)


def _is_text(kind: pa.DataType) -> bool:
    return kind in (pa.string(), pa.large_string(), pa.string_view())


def _is_binary(kind: pa.DataType) -> bool:
    return kind in (pa.binary(), pa.large_binary(), pa.binary_view()) or bool(
        pa.types.is_fixed_size_binary(kind)
    )
