"""What the text of a file says: its header, personal data, marks of secrecy, likeness.

Pure functions of the pages' text. Words stand in ``vocabulary.toml``, values are cut out at the
places where the words were found.
"""
