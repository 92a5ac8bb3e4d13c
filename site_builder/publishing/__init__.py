"""The hands: a Site becomes a folder that any web server, or none, can serve.

``building.build`` is the way in. It is not imported here, so that the sinks, which every command
needs, come without the machinery of a build.
"""
