"""Dates as newspapers and their archives write them, read without mending and without silent guessing.

Read are ISO 8601 (`2016-04-06`, `2016-04-06T09:30:00Z`, `2016-04`, `2016`, `20160406`), figures in an order
(`4/6/2016`, `06.04.16 9:30 pm`), months in the words of any language (`6 April 2016`, `15 de abril de 2021`,
`2021年3月9日`), seconds since 1970, serial numbers of spreadsheets, and what programs and databases print
(`Fri Mar  5 10:22:01 2021`, `March 5, 2021 Friday Late Edition`).

The order of figures is told by the whole column, or outlet by outlet where outlets differ: a first figure over
12 cannot be a month. Where nothing tells, the user is asked. A time without a zone is taken in the zone that the user
said, or as UTC. Midnight is how programs write a day, whatever the zone. Letters that may be several zones leave the
day and not the time. A date that does not exist (31/02), that lies before 1700 or after tomorrow, or that cannot be
read leaves its article undated: the article is kept, the date stays in `published_raw`, and the notes say how many and
show one. Today is what the clock says, but no day before this Masthead was made: a clock that was never set does not
make articles of today articles of the future.
"""

from masthead.archive.dates.clock import Moment
from masthead.archive.dates.column import AHEAD, EARLIEST_YEAR, MADE, DateColumn, is_date

__all__ = ["AHEAD", "EARLIEST_YEAR", "MADE", "DateColumn", "Moment", "is_date"]
