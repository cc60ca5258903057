"""Adapters broken on purpose, one way each: the kit that certified them would be worthless."""
