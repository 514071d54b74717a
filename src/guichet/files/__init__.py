"""Files: what people attach, and what the portal makes for them.

Attached: checked, stored outside the web root under random names, never changed. ``kinds`` is the table of what may be
stored; ``actions.store`` checks and writes what came whole, ``uploads`` what comes in pieces, both by ``checking`` and
``disk``; ``queries`` finds; ``reading`` opens. Who may read a file is decided by the
room that attached it, named by ``holder`` (for example "sheet:<public_id>").

Made: any room writes a ``documents.Document`` (``markdown`` helps), ``pdf`` makes the file, ``made`` keeps it.
"""
