"""Plans: deeds written down first, so that they can be read, limited and signed before anything is done."""
