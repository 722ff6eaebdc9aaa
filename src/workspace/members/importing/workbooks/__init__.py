"""Spreadsheets that go out: the template, the same rows with reasons, the register. All return bytes."""

from workspace.members.importing.workbooks.errors import error_workbook
from workspace.members.importing.workbooks.export import export_workbook
from workspace.members.importing.workbooks.template import template_workbook

__all__ = ["error_workbook", "export_workbook", "template_workbook"]
