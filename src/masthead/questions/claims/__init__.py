"""Claims: from what somebody wrote about coverage to a test, and from the test to a verdict.

`verdicts` judges the claims of a study by the units of its survey, `register` writes them on record before anybody has
looked. What each expectation means, and when it is supported, contradicted or neither, is in docs/methods/claims.md.
"""

from masthead.questions.claims.registry import Registered, first_survey, note_survey, on_record, register
from masthead.questions.claims.verdicts import verdicts

__all__ = ["Registered", "first_survey", "note_survey", "on_record", "register", "verdicts"]
