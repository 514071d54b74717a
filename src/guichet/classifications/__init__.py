"""Lists of codes as their publishers give them (industries, goods), imported from files and kept version by version.

The questions read no table: this room hands them the newest version of a list (``apps``). Without an import they use
the upper levels that ship with the portal.
"""
