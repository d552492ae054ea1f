"""Readings (furigana) of Japanese words: made by the worker, placed where a reader wants them."""
