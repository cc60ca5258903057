"""Which settlement a text speaks of: names in all their forms, streets and organisations, and who is the subject."""
