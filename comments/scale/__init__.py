"""Made-up replies in any number, for measuring: threads with their places, states and counts, written in bulk."""
