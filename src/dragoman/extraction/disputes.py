"""Disputes."""


def find_disputes(annotated, statements, actors):
    return ()
