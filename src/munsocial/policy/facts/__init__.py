"""What rules go by, read out of a case once: publications, questions, removals, periods, grounds, names and the like.

A fact judges nobody: what follows from it is said by rules (`munsocial.policy.rules`), of which this folder knows none.
"""
