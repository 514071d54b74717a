"""Files: what people attach. Checked, stored outside the web root under random names, never changed.

``kinds`` is the table of what may be stored; ``actions.store`` checks and writes; ``queries`` finds; ``reading`` opens.
Who may read a file is decided by the room that attached it, named by ``holder`` (for example "sheet:<public_id>").
"""
