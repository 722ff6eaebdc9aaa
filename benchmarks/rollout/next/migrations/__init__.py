"""The migrations of the messages as they are, and one more beside them."""

from workspace.inbox import migrations

__path__ = [*__path__, *migrations.__path__]
