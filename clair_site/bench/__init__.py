"""Measures what public pages cost: counts and bytes, and times as ratios of one run."""
