"""Cases in flight from a spreadsheet: official columns and a day for each step.

table = best_table(read(data))              # members.importing: any spreadsheet, within limits
drafts = judge(table, ..., user=, on=)      # judging.py: each row a draft, or the reasons it is given back
take_over(draft, by=, today=)               # actions.taking_over
"""
