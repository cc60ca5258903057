"""What exists: the register of a municipality and what was seen in networks. Values only; knows no rule and no network."""
