"""Which code the answers that an archive keeps hang on, and a record of it that a test holds the versions to."""
