"""What this app does because of rules."""

from rules.uses import Use, codes, declare

declare(
    "dues",
    Use(
        label="党费标准核定",
        label_en="Assessing monthly dues",
        modules=("actions.assessing", "forms", "models", "views.members"),
        codes=codes(
            "dues.wage",
            "dues.annual_salary",
            "dues.self_employed",
            "dues.retired",
            "dues.farmer",
            "dues.minimum",
        ),
        url_name="dues:me",
    ),
    Use(
        label="党费欠交提醒",
        label_en="Reminding of dues in arrears",
        modules=("queries.standing",),
        codes=codes("dues.six_months_unpaid"),
        url_name="dues:me",
    ),
)
