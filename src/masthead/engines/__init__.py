"""Where frames live: DuckDB on a laptop, Spark on a cluster. Both run the same narwhals expressions."""
