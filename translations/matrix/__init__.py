"""The table of all pages and languages in the admin: what is where, and what to do next."""
