"""People who sign in: registration, sign-in by e-mail, language of correspondence, roles and what each may do.

The flows (codes, sign-in, reset) are django-allauth's; this room gives it the person, the letters in both languages,
the password hash, and the one table of permissions (``permissions.py``).
"""
