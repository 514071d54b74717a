"""How passwords are kept: Argon2id, sized for one core (docs/decisions/0003-password-hash.md)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id, 46 MiB, three passes, one lane: about 0.1 s of one core, measured.

    The framework's own setting runs eight lanes at once: twice the work, spread over cores that the other requests
    need when everybody signs in in the same minute.
    """

    time_cost = 3
    memory_cost = 47_104
    parallelism = 1
