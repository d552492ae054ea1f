"""Helps to write Easy Japanese: short sentences in common words."""
