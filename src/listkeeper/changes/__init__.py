"""What changed between one state of the lists and another."""
