"""The translation memory: whatever was translated once, from whatever page, for use again."""
