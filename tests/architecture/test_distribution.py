"""Every workspace of this release could live on another machine (tenancy.md §4)."""

from provisioning import distribution


def test_the_template_and_a_workspace_made_of_it_keep_every_rule_of_citus(db: None) -> None:
    assert distribution.findings() == []
