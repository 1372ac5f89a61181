"""What alignment, and what factors explain, is read from: the measures that are asked, by name, in one place."""

from __future__ import annotations

PORTRAYAL, NAMING, VOICE, PRAISE, BLAME = "portrayal", "naming", "voice", "praise", "blame"

BASES = (PORTRAYAL, NAMING, VOICE, PRAISE, BLAME)
"""The bases of the map, in the order of its rows."""

SIGNED = (PORTRAYAL, NAMING, VOICE)
"""Those whose figures lie on both sides of 0, so that an interval can lie on one."""

ESTIMATED = (PORTRAYAL, PRAISE, BLAME)
"""Those that are the survey's own estimates, as they stand."""

READ = (*ESTIMATED, VOICE)
"""The measures whose estimates it reads."""

BESIDE = {
    NAMING: "how favourable its labels are by what they carry elsewhere, less the mean of the other outlets",
    VOICE: "share of the words attributed to anyone, less the mean of the other outlets",
}
"""What is said of the bases that set an outlet beside the others."""
