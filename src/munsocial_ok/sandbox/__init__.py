"""OK's side of the wire in the sandbox: its methods over a world, for the real adapter to call."""
