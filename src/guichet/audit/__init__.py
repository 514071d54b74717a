"""Audit: who did what, when. Events are only ever added, and a chain of digests shows whether any was touched.

Every action records one event in its own transaction. No foreign keys: the log outlives what it speaks of. Values of
answers have a history of their own in the room ``answers``.
"""
