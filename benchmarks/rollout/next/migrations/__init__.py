"""The migrations of the record as they are, and one more beside them."""

from workspace.audit import migrations

__path__ = [*__path__, *migrations.__path__]
