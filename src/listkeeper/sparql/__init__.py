"""SPARQL 1.1 queries over the published graphs, each in a confined process of its own."""
