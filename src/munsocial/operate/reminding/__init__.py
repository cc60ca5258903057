"""What runs out soon, told before it does: as text, JSON or a calendar."""
