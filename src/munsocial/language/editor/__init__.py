"""What `style`, `is_question`, `topic` and `router` are built of: words, word forms, phrases, tables of phrases."""
