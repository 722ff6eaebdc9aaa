"""A cold opening ÷ the raw replay of the same DDL, with stock django-tenants beside (tenancy.md §3)."""

from collections.abc import Iterator
from statistics import median

from benchmarks.arms.run import lines_of
from benchmarks.cluster import CLUSTER
from benchmarks.fresh import fresh_product
from benchmarks.report import Figure

IDS = ("cold_open_ratio",)
ROUNDS = 9
STOCK_ROUNDS = 3  # each takes seconds


def measure(wanted: set[str]) -> Iterator[Figure]:
    fresh_product()
    CLUSTER.fresh_database("bench_stock")
    pairs = [tuple(map(float, line.split())) for line in lines_of("open_ours", ROUNDS + 1)][1:]
    ours, raw = (median(column) for column in zip(*pairs, strict=True))
    stock = median(float(line) for line in lines_of("open_stock", STOCK_ROUNDS))
    yield Figure(
        id="cold_open_ratio",
        value=ours / raw,
        unit="×",
        goal="≤ 1.5",
        beside={"stock django-tenants": stock / raw, "ours s": ours, "raw s": raw, "stock s": stock},
    )
