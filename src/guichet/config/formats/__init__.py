"""Django's date and number formats, corrected for Canada (its own print "14 02 05" and "1 Feb 2026").

They serve what Django itself formats and reads; texts for people come from ``guichet.kernel.formats``, which also
knows "1er février" and "9 h", as no format string can.
"""
