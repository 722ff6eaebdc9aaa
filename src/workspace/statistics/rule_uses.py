"""What this app does because of rules."""

from rules.uses import Use, codes, declare

declare(
    "statistics",
    Use(
        label="党内统计：任意截止日",
        label_en="Statistics at any cut-off date",
        modules=("days", "notes"),
        codes=codes("statistics.formal_relation"),
        url_name="statistics:overview",
        needs="statistics.view",
    ),
)
