"""Signing in by address and password, so that nobody learns from it which addresses are known."""

from allauth.account.auth_backends import AuthenticationBackend

from amity.accounts.models import User


class ByAddress(AuthenticationBackend):
    """Looks once for whoever signs in with an address, known or not; and hashes a password once."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        found: User | None = self._check_password(User.objects.with_address(email), password)
        return found
