from workspace.accounts.models.factor import Factor
from workspace.accounts.models.failure import Failure
from workspace.accounts.models.session import Session
from workspace.accounts.models.token import Token
from workspace.accounts.models.user import User

__all__ = ["Factor", "Failure", "Session", "Token", "User"]
