"""CSV that a spreadsheet opens without running what stands in it: the one place where Masthead writes tables as text.

Text from articles is hostile. A cell that begins with `=`, `+`, `-` or `@` is a formula to Excel, LibreOffice and
Google Sheets, and a formula can start programs or send the sheet away. Such a cell gets an apostrophe in front, and one
that has apostrophes before such a sign already gets one more: `from_cell` takes exactly it away again. What is a number
stays as it is, and so does every column that is no text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import pyarrow as pa

_SIGNS = r"=+\-@＝＋－＠﹦﹢﹣﹫"
# What spreadsheets drop, or what nobody sees, before the sign: blanks, controls, invisible letters, quotation marks.
_BLANKS = (
    r"\x00-\x08\x0b\x0c\x0e-\x20\"\x7f-\xa0\xad\u061c\u1680\u180e"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
)
# Where a cell begins: at the start, and, for a reader that takes semicolons or tabs for its separators (Excel does in
# most of Europe) or knows no quoted line ends, inside it too. Tabs and line ends are no blanks here, so that a place
# where an apostrophe was put in is never part of what follows another one.
_START = r"(?:\A(?='*[{blanks}]*[{signs}\t\r\n])|(?<=[;\t\r\n])(?='*[{blanks}]*[{signs}]))"
_RUN = re.compile(_START.format(blanks=_BLANKS, signs=_SIGNS))
_SHIELDED = re.compile(_START.format(blanks=_BLANKS, signs=_SIGNS).replace("(?='*", "'(?='*"))
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?%?")


def as_cell(text: str) -> str:
    """Return the text as it may stand in a CSV cell: with an apostrophe where a spreadsheet would run it."""
    return text if _NUMBER.fullmatch(text) else _RUN.sub("'", text)


def from_cell(cell: str) -> str:
    """Return the text that `as_cell` made a cell of, to the letter."""
    return _SHIELDED.sub("", cell)


def write_csv(table: pa.Table, to: BinaryIO) -> None:
    """Write a table as CSV: UTF-8, a header, every text in quotation marks, nothing between the commas for null.

    Line ends inside a text, a lone CR too, are inside quotation marks: whoever follows RFC 4180 counts the rows that
    the table has. The parts of a list stand in one cell, with semicolons between. Columns have plain names.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    for place, name in enumerate(table.column_names):
        column = table.column(place)
        if pa.types.is_list(column.type):
            column = pc.binary_join(column, "; ")
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            # A table says the same words over and over: each is looked at once.
            column = column.combine_chunks().dictionary_encode()
            words = pa.array([as_cell(word) for word in column.dictionary.to_pylist()], pa.string())
            column = words.take(column.indices)
        table = table.set_column(place, name, column)
    to.write(",".join(table.column_names).encode() + b"\n")
    # Of a chunk without rows pyarrow writes what its buffer held before: there must be none.
    csv.write_csv(table.combine_chunks(), to, csv.WriteOptions(include_header=False, quoting_style="needed"))
