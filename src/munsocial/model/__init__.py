"""What exists: the register of a municipality, and what was seen in networks. Knows no rule and no network."""
