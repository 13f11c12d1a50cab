"""The workbooks that offices fill in: the year's form, which checks itself, and empty reference workbooks."""

from flows.publish.template.every_unit import form_name, write_for_every_unit
from flows.publish.template.form import write_submission
from flows.publish.template.reference_books import write_reference_books

__all__ = ["form_name", "write_for_every_unit", "write_reference_books", "write_submission"]
