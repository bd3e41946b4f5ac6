"""What a newcomer does first, done by a program. The tests of the parts are elsewhere."""
