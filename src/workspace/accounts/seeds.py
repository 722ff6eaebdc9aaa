"""Who can sign in at first: one person, by a link, with no password yet."""

from workspace.accounts.models import User


def seed(*, name: str, email: str, phone: str) -> tuple[User, str]:
    """The first administrator and the path of the page that activates them."""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, name=name, email=email.lower(), phone=phone or None)
    return user, "/activate/"
