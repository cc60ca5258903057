"""How a post of an authority reads (clause 8): its weak places, what to write instead, and how legible it is."""
