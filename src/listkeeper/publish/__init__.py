"""Publishing an edition: the table of representations, their bytes and the static site."""
