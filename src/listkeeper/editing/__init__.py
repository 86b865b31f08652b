"""Named edits of the authored lists."""
