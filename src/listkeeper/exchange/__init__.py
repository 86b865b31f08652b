"""Bringing lists in from the files that others publish, and losing nothing silently."""
