"""Everything a user reads has its English."""

import pytest

from shared import catalogues
from shared.management.commands.messages import our_apps


@pytest.mark.parametrize("app", our_apps(), ids=lambda app: app.name)
def test_every_text_has_english(app) -> None:
    known = catalogues.read(catalogues.of_app(app))
    missing = []
    for identifier, context, where in catalogues.messages(app):
        found = known.get(identifier if isinstance(identifier, str) else identifier[0], context)
        if not found or not found.string or (isinstance(found.string, tuple) and not all(found.string)):
            missing.append(f"{where}: {identifier}")
    assert missing == []
