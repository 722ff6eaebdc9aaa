"""What this app does because of rules."""

from rules.uses import Use, codes, declare, with_parameter

declare(
    "members",
    Use(
        label="组织页：结构检查",
        label_en="Page of an organisation: checks of its shape",
        modules=("panels",),
        codes=with_parameter("check"),
        url_name="organization:tree",
    ),
    Use(
        label="党员事件：预备期满才能转正，延长一次",
        label_en="Events of a member: conversion after probation, which is extended once",
        modules=("actions.events.legality", "forms.events", "standing.standing"),
        codes=codes("admission.probation", "admission.extension"),
        url_name="members:register",
    ),
)
