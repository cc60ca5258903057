"""Doing what was planned: each step once, its end written down, the unclear read back, the rest given to a person."""
