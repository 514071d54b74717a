"""Nothing typed is ever lost: a real browser types while the connection, the portal or the browser itself fails.

``scenarios.py`` has the disturbances, ``run.py`` the typing and the judging, ``proxy.py`` the bad connection. The short
form is ``test_chaos.py``; ``./guichet chaos`` is the long one (``__main__.py``).
"""
