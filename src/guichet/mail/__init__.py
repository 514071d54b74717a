"""Mail: the outbox. A letter goes in with the act that it tells of, and the worker sends it.

``texts`` makes a letter from its Markdown in the reader's language, ``actions.send`` puts it in the outbox, ``jobs``
has the worker send it, ``delivery`` and ``transport`` speak to the server, ``queries`` feeds the page of messages.
Which letters exist, and who gets them, is said in the ``letters.py`` of each journey room.
"""
