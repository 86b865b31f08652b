"""The lists on disk: reading, writing, and their history in Git."""
