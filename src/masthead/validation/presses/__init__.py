"""Made-up presses read by the readers, and graded beside what was planted in them."""
