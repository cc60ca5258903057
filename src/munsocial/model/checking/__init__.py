"""From plain tables to a checked register, or to the whole list of what is wrong with them."""
