"""The glossary: how the site's fixed terms are written in each language."""
