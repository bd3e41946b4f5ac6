"""What the project runs in: the environment of the suite, and tests of how `.venv` and its locks are made."""
