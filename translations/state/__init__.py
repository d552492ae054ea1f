"""How far each page's translation into each language has come."""
