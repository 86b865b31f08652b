"""Bringing in vocabularies of others: any SKOS becomes a list with one file for each concept."""
