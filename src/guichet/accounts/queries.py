"""What is to be known about people."""

from guichet.accounts.models import User


def user_by_email(email: str) -> User | None:
    """The active account with this address, in any letter case."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()
