"""Where a text names a subject, and whom a name means."""
