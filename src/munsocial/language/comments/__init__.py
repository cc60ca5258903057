"""What in a citizen's comment deserves a look: rules over unmasked readings, and models of words beside them."""
