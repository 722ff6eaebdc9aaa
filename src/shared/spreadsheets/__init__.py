"""Spreadsheets as people send them: any kind of file, within limits, into rows of cells; and what a cell means.

sheets.read(data) -> Workbook; cells.text_of(cell); dates.read_date(cell). No database.
"""
