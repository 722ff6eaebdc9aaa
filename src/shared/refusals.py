"""A refusal: a verb says no, by name, in words the reader can act on."""

from typing import Any

from django.utils.functional import Promise


class Refusal(Exception):
    """Subclass beside the verb that raises it and give `message`, a lazy text with its keyword arguments in braces.

    Pages show it as a message and keep what was typed; the API answers `status` with `{code, message}`.
    """

    message: str | Promise = ""
    status = 409

    def __init__(self, **values: Any) -> None:
        super().__init__(str(self.message))
        self.values = values

    @property
    def code(self) -> str:
        """snake_case of the class name, stable for API clients."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))

    def __str__(self) -> str:
        return str(self.message).format(**self.values)


class NotAllowed(Refusal):
    """This person may see the thing but not do that to it. What they may not see is a 404 instead."""

    status = 403
