"""Voice: whom an outlet lets speak, and by which verbs it reports what they say."""
