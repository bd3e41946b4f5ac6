"""The suite. It mirrors the code: tests/articles/test_actions.py tests articles/actions."""
