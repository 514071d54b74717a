"""The front door: settings, addresses, the command line, the build, the supervisor, the demonstration.

Begin with ``up.py`` (what ``./guichet up`` does, in order) or ``settings.py``. Nothing imports this room. What the
portal does for people is in the rooms below; what they see is in ``web``.
"""
