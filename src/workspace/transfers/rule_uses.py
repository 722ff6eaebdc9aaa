"""What this app does because of rules."""

from rules.uses import Use, codes, declare

declare(
    "transfers",
    Use(
        label="组织关系转接：介绍信的有效期，接收之前由谁负责",
        label_en="Transfers: how long a letter is good for, and who is responsible until it is accepted",
        modules=("forms.fields", "models.transfer", "views.transfer"),
        codes=codes("membership.transfer_letter", "membership.old_stays_responsible"),
        url_name="transfers:index",
        needs="transfer.view",
    ),
    Use(
        label="流动、毕业、出国（境）与失联：联系期限和提示",
        label_en="Floating, graduated, abroad, out of contact: when to get in touch, and what calls for people",
        modules=("actions.absences", "queries.flags", "views.absence"),
        codes=codes(
            "membership.abroad",
            "membership.certificate_short_absence",
            "membership.floating",
            "membership.graduate",
            "membership.lost_contact",
            "membership.transfer_when_away",
        ),
        url_name="transfers:absences",
        needs="transfer.view",
    ),
)
