"""Input: what callers may send, validated. Output: the shapes that the desk gets (`shapes`)."""
