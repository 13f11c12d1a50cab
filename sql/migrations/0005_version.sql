-- Why: a warehouse says itself which version it is; up to here that is seen from what its tables hold. Cells are told in A1
-- before they come here, so the macro for that goes.
CREATE TABLE IF NOT EXISTS warehouse_version (
    version INTEGER NOT NULL
);
DROP MACRO IF EXISTS a1;
