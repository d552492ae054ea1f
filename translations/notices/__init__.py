"""Tells people what waits for them: on the admin's home page, and once a day by mail."""
