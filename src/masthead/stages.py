"""What the stages of long work are called, for whoever waits: each name says what is done, and the count what of it.

Whoever works reports its stage by one of these names, with how much of it is done and how much there is.
"""

from __future__ import annotations

STANDING = "looking for what stands around articles, part by part"
NAMES = "looking for the subjects' names, part by part of the archive"
SENTENCES = "reading sentences that name a subject"
MENTIONS = "looking for what is said of the subjects, part by part"
PORTRAYAL = "reading how sentences portray the subjects"
QUOTES = "reading who is quoted, article by article"
FORECASTS = "reading what is said about the future"
OWN_WORDS = "reading what parties say in their own words, part by part"
PHRASES = "looking for whose phrases outlets use, part by part"

VERSIONS = "looking for an outlet's repeats: words, part by part"
REPEATS = "looking for an outlet's repeats: which may be one"

WORDS = "looking for texts that were copied: words, part by part"
ALIKE = "looking for texts that were copied: which may be alike"
QUOTED = "looking for texts that were copied: what is quoted, part by part"
FIRST_LOOK = "looking for texts that were copied: first look"
SECOND_LOOK = "looking for texts that were copied: word by word"
WHERE = "looking for texts that were copied: where they stand, part by part"

TERMS = "grouping articles into stories: what they are about, part by part"
STORIES = "grouping articles into stories"

FIGURES = "working out the figures"
PAGES = "writing the pages"
SUGGESTIONS = "looking for names to suggest"
