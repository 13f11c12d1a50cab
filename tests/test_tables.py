"""The schemas: what they refuse, whether looked at for all columns at once or column by column."""

import pandas as pd
import pytest
from pandera.errors import SchemaError, SchemaErrors

from flows.validate.tables import rows
from schemas import tables
from schemas.tables import Filings, Findings, Frame, Groups
from tests.frames import filings, findings, grouped

FOUND = findings([{}, {}])
SCHEMAS = list(
    dict.fromkeys(
        of
        for module in (tables, rows)
        for name, of in vars(module).items()
        if isinstance(of, type) and issubclass(of, Frame) and of is not Frame and not name.startswith("_")
    )
)
SLIPS = {
    "a column too few": FOUND.drop(columns="unit"),
    "a column too many": FOUND.assign(more=1),
    "numbers for text": FOUND.assign(value=[1, 2]),
    "a missing id": FOUND.assign(finding_id=pd.array(["p0", None], dtype=FOUND["finding_id"].dtype)),
    "an id twice": FOUND.assign(finding_id="p0"),
    "no message": FOUND.assign(message=pd.array(["有问题。", None], dtype=FOUND["message"].dtype)),
    "another word": FOUND.assign(severity="grave"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_refused(slip):
    with pytest.raises((SchemaError, SchemaErrors)):
        Findings.validate(SLIPS[slip])


def test_a_number_out_of_range_is_refused():
    groups = grouped(filings([{}]))[1]
    with pytest.raises(SchemaError, match="filings"):
        Groups.validate(groups.assign(filings=0))


def test_what_is_right_comes_back_as_it_was_in_a_frame_of_its_own():
    given = filings([{}, {}])
    taken = Filings.validate(given)
    pd.testing.assert_frame_equal(taken, given)
    taken["title"] = "另一个"
    assert given["title"].ne("另一个").all()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_table_may_have_no_rows(schema):
    assert tables.empty(schema).columns.tolist() == schema.names()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_table_says_what_one_row_is(schema):
    assert schema.__doc__.startswith("One row ")


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_column_that_is_not_declared_is_refused_by_every_table(schema):
    with pytest.raises((SchemaError, SchemaErrors), match="undeclared"):
        schema.validate(tables.empty(schema).assign(undeclared=pd.Series(dtype=tables.TEXT)))
