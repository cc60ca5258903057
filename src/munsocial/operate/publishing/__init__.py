"""Publishing (clauses 2, 5, 6, 7.2, 8): drafts, the content plan, changes of what stands there, the emergency mode."""
