"""The year that the tests are about: its data, and its form by short names."""

from schemas.yearbook import load_yearbook

YEAR = 2020
BOOK = load_yearbook(YEAR)
NOTICE, FORM = BOOK.notice, BOOK.form
FILING, PARTICIPANT = FORM.filing, FORM.participant
FILING_SHEET, PARTICIPANT_SHEET, UNIT_LABEL = FORM.filing_sheet, FORM.participant_sheet, FORM.unit_label
