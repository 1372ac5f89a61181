"""One fixture per engine, so that the same tests run on all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pyarrow as pa
import pytest

from masthead.engines import duckdb as duckdb_engine
from masthead.engines import spark as spark_engine

Load = Callable[[pa.Table], "nw.LazyFrame[Any]"]


@pytest.fixture(scope="session")
def spark_session() -> Iterator[Any]:
    """Spark in local mode; skipped where it cannot start, except in CI, where it must."""
    lacking = spark_engine.missing()
    if lacking:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Spark's tests must run in CI, but {lacking}: install Java 17 and pyspark there")
        pytest.skip(f"Spark cannot start: {lacking}")
    # Java's second compiler and Spark's own take longer than to run queries over these few rows without them.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        session = spark_engine.session(threads=2, partitions=2)
    session.conf.set("spark.sql.codegen.wholeStage", "false")
    session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    session.conf.set("spark.sql.adaptive.enabled", "false")
    yield session
    session.stop()


ENGINES = [
    "duckdb, 1 thread",
    "duckdb, 2 threads",
    "polars",
    "pyarrow",
    pytest.param("spark", marks=[pytest.mark.spark]),
]


@pytest.fixture(params=ENGINES)
def load(request: pytest.FixtureRequest) -> Iterator[Load]:
    """Return what makes a lazy frame of an engine out of an Arrow table."""
    with loading(request) as load:
        yield load


@contextmanager
def loading(request: pytest.FixtureRequest) -> Iterator[Load]:
    """Give what makes a lazy frame of the engine that a fixture is asked for."""
    name = request.param
    if name.startswith("duckdb"):
        with duckdb_engine.connect(threads=int(name.split()[1])) as connection:
            yield lambda table: duckdb_engine.from_arrow(table, connection)
    elif name == "spark":
        session = request.getfixturevalue("spark_session")
        yield lambda table: spark_engine.from_arrow(table, session)
    elif name == "polars":
        yield lambda table: nw.from_native(pl.DataFrame(table).lazy())
    else:
        yield lambda table: nw.from_native(table).lazy()
