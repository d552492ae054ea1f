"""Checks of a target against its source, while it is written and before it is published."""
