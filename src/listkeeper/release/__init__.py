"""Releases: made in one step, told by a manifest, and checked by anyone, offline."""
