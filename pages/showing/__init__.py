"""“Show to someone”: a page beside its Japanese version, large, for pointing at a counter."""
