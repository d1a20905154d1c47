"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with the least that OWASP advises (Password Storage Cheat Sheet, 2025).

    Django's own figures take 100 MiB for each thread in which somebody is signing in.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
