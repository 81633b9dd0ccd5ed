"""The server lock: a small process with its own key, which gives its part of the keys of opened envelopes and nothing else.

It is started with `python -m procurement.lock`, knows no Django, and reads the database with a connection of its own. It
releases nothing on anybody's word: what rules/lock.py asks, it reads itself. Holders cannot open early without it, and it
cannot open anything without them.
"""
