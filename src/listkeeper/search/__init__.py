"""Finding entries: by code, by address, and near a code that does not exist."""
