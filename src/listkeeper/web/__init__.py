"""The server: negotiation, known URLs answered from bytes, routes, problems."""
