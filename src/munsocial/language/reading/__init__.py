"""A text as words, on which style, questions, topics and places stand: legible letters, forms, tables and signs."""
