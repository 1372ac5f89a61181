"""Spark, the engine of a cluster: the same frames and expressions as DuckDB's. Needs Java 17 and pyspark."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from os import environ
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa

from masthead.engines import existing
from masthead.errors import UsageError
from masthead.telemetry import SWITCH


def missing() -> str | None:
    """Say in a few words what Spark lacks on this machine; None where it can start."""
    from importlib.util import find_spec

    if find_spec("pyspark") is None:
        return "pyspark is not installed"
    home = environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if java is None:
        return "there is no Java on this machine"
    java_version = subprocess.run([java, "-version"], capture_output=True, check=False)  # noqa: S603
    return None if java_version.returncode == 0 else "the Java on this machine does not start"


def session(threads: int = 2, partitions: int | None = None) -> Any:
    """Start Spark in this process on `threads` cores (or return the one that runs), bound to 127.0.0.1.

    `partitions` is in how many parts it shuffles (None: one per thread). It has no web page of its own and
    runs this interpreter in its workers. Raises UsageError where Java or pyspark is missing.
    """
    lacking = missing()
    if lacking:
        raise UsageError(
            lacking, "Java 17 and `masthead[spark]`", "install them, or survey on DuckDB, which needs neither"
        )
    from pyspark.sql import SparkSession

    options = {
        # Workers of this machine inherit it; those of a cluster are started elsewhere.
        f"spark.executorEnv.{SWITCH}": environ[SWITCH],
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.pyspark.python": sys.executable,
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(partitions or threads),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master(f"local[{threads}]").appName("masthead").config(map=options)
    # Otherwise it asks the network for a name of this computer before it reads any option.
    alone = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost"}
    before = {name: environ[name] for name in alone if name in environ}
    environ.update(alone | before)
    try:
        return builder.getOrCreate()
    finally:
        for name in alone.keys() - before.keys():
            del environ[name]


def scan(paths: Sequence[str | Path], spark: Any) -> nw.LazyFrame[Any]:
    """Return the rows of Parquet files of one schema as a lazy frame of the session `spark`.

    Raises UsageError where `paths` is empty or one of them is not there.
    """
    frame: nw.LazyFrame[Any] = nw.from_native(spark.read.parquet(*existing(paths)))
    return frame


def from_arrow(table: pa.Table, spark: Any) -> nw.LazyFrame[Any]:
    """Return an Arrow table as a lazy frame of the session `spark`."""
    frame: nw.LazyFrame[Any] = nw.from_native(spark.createDataFrame(table))
    return frame
