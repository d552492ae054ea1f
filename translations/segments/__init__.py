"""What is known of one text in one language, beyond its words: its origin, its reviewer."""
