"""What tells of changes from release to release: Atom, LDES, ActivityStreams, RDF Patch.

Releases are what is announced; nothing of a working copy is. All of these are functions of the
releases, so that the server and a static build write the same bytes.
"""
