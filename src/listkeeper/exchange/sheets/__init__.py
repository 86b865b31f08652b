"""Sheets for editing: a list goes out as a spreadsheet and comes back as changes of its files."""
