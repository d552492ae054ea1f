"""Furigana on the site's pages: made after publishing, shown at an address of its own."""
