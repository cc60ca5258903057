"""Publishing (clauses 2, 5, 6, 7.2, 8, 10): drafts, the content plan, changes of what stands there, emergencies, links.

`publication` plans one draft for many accounts, `content_plan` many drafts, `emergency` a warning, `changes` an end of
what stands there, `links` the way up from a page.
"""
