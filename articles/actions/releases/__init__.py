"""Releases: several changes of several articles that begin at one instant, all or none.

A release is drafted, judged for its instant, scheduled, cancelled, and rolled back by another release. Whatever
changes one of its articles has it judged again, in the same transaction.
"""
