"""Parquet: values of every type, bounds, and the importer over them."""
