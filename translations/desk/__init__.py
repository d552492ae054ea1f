"""Where translators work: what waits for them, and one translation beside its source."""
