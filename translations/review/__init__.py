"""From a translator's hands to the reader: what may go live in a language, and who has to agree."""
