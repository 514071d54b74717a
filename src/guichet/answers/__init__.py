"""Answers: one row per answer, for profiles and applications alike, and every value ever given.

``paths`` says how an answer is addressed, ``actions.save`` writes a batch by compare-and-set, ``queries`` reads a sheet
at once. What a question means, and whether a value is right, is the business of the room ``questions``; whose sheet it
is, and who may write on it, of the rooms above.
"""
