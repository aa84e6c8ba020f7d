"""Sentences that the generator writes around data.

Each is one function that says when it is true.
"""
