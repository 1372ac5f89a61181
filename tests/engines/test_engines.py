"""Reading Parquet on both engines, and saying what Spark lacks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.engines import collect
from masthead.engines import duckdb as duckdb_engine
from masthead.engines import spark as spark_engine
from masthead.errors import UsageError
from masthead.telemetry import SWITCH


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """Two Parquet files of one table, with what is awkward in a path and in a text."""
    folder = tmp_path / "it's [odd]"
    folder.mkdir()
    paths = []
    for i in range(2):
        paths.append(folder / f"part-{i}.parquet")
        pq.write_table(pa.table({"n": pa.array([2 * i, 2 * i + 1]), "text": ["ü\n", None]}), paths[-1])
    return paths


EXPECTED = {"n": [0, 1, 2, 3], "text": ["ü\n", None, "ü\n", None]}


def test_duckdb_reads_parquet_parts(parts: list[Path]) -> None:
    assert collect(duckdb_engine.scan(parts), ["n"]).to_pydict() == EXPECTED


@pytest.mark.spark
def test_spark_reads_parquet_parts(tmp_path: Path, spark_session: Any) -> None:
    paths = []
    for i in range(2):
        paths.append(tmp_path / f"part-{i}.parquet")
        pq.write_table(pa.table({"n": pa.array([2 * i, 2 * i + 1]), "text": ["ü\n", None]}), paths[-1])
    assert collect(spark_engine.scan(paths, spark_session), ["n"]).to_pydict() == EXPECTED


def test_a_missing_file_is_named(parts: list[Path]) -> None:
    with pytest.raises(UsageError, match=r"no file '.*absent\.parquet'"):
        duckdb_engine.scan([*parts, parts[0].with_name("absent.parquet")])


def test_no_file_at_all_is_refused() -> None:
    with pytest.raises(UsageError, match="no file to read"):
        duckdb_engine.scan([])


def test_spark_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert spark_engine.missing() == "there is no Java on this machine"
    with pytest.raises(UsageError, match="no Java on this machine; expected Java 17"):
        spark_engine.session()


def test_duckdb_fetches_no_extension_and_keeps_nothing_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    asked = "SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%_known_extensions'"
    with duckdb_engine.connect() as connection:
        assert dict(connection.execute(asked).fetchall()) == {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        # Each would make DuckDB fetch an extension by itself: from a host that is not there, were it not forbidden.
        connection.execute("SET custom_extension_repository = 'http://127.0.0.1:9'")
        for query in (
            "FROM read_parquet('https://127.0.0.1:9/x.parquet')",
            "FROM 's3://bucket/x.parquet'",
            "FROM sqlite_scan('x', 'y')",
        ):
            with pytest.raises(duckdb.Error) as caught:
                connection.execute(query)
            assert not any(word in str(caught.value) for word in ("download", "automatically install"))
    assert not [*tmp_path.iterdir()]


@pytest.mark.spark
def test_sparks_workers_send_no_telemetry_and_spark_asks_the_network_for_no_name(spark_session: Any) -> None:
    seen = spark_session.sparkContext.parallelize([0], 1).map(lambda _: os.environ.get(SWITCH)).collect()
    assert seen == ["1"]
    assert spark_session.conf.get(f"spark.executorEnv.{SWITCH}") == "1"
    java = spark_session.sparkContext._jvm.java.lang.System
    assert java.getenv("SPARK_LOCAL_IP") == "127.0.0.1"
    assert "SPARK_LOCAL_IP" not in os.environ
