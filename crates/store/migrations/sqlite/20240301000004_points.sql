-- Payment by method: what methods pay of a month, what cases are worth, and the clearing of a year.
-- What a method pays of an institution's month (月度支付). claims and items are the bills it covers;
-- what
-- is held waits for the clearing of the year, carry is quota left for later months.
CREATE TABLE method_months (
    area INTEGER NOT NULL,
    institution TEXT NOT NULL,
    month TEXT NOT NULL,
    book TEXT NOT NULL,
    arrangement TEXT NOT NULL,
    title TEXT NOT NULL,
    method TEXT NOT NULL,
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    items_fen INTEGER NOT NULL,
    paid_fen INTEGER NOT NULL,
    held_fen INTEGER NOT NULL,
    carry_fen INTEGER NOT NULL,
    basis TEXT NOT NULL,
    trace TEXT NOT NULL,
    computed_at TEXT NOT NULL,
    PRIMARY KEY (area, institution, month, book, arrangement)
) STRICT, WITHOUT ROWID;

-- What a case counts (病例点数): appended when something about it changed; the greatest value_no
-- counts.
-- points are ten-thousandths; estimate_fen is what the fund would pay for it by the estimated
-- value.
CREATE TABLE case_values (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    arrangement TEXT NOT NULL,
    value_no INTEGER NOT NULL,
    year INTEGER NOT NULL,
    institution TEXT NOT NULL,
    list_id TEXT NOT NULL,
    discharged_on TEXT NOT NULL,
    group_code TEXT NOT NULL,
    group_name TEXT NOT NULL,
    class TEXT NOT NULL,
    points INTEGER NOT NULL,
    cost_fen INTEGER NOT NULL,
    fund_fen INTEGER NOT NULL,
    estimate_fen INTEGER NOT NULL,
    change TEXT NOT NULL,
    trace TEXT NOT NULL,
    computed_at TEXT NOT NULL,
    PRIMARY KEY (area, person_no, settlement_id, arrangement, value_no)
) STRICT, WITHOUT ROWID;

-- The clearing of a year by a method that shares a closed pool (年度清算). points are ten-thousandths.
CREATE TABLE annual_clearings (
    area INTEGER NOT NULL,
    clearing_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    book TEXT NOT NULL,
    arrangement TEXT NOT NULL,
    title TEXT NOT NULL,
    method TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    cases INTEGER NOT NULL,
    budget_fen INTEGER NOT NULL,
    items_fen INTEGER NOT NULL,
    pool_fen INTEGER NOT NULL,
    points INTEGER NOT NULL,
    point_value TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    basis TEXT NOT NULL,
    trace TEXT NOT NULL,
    computed_by TEXT NOT NULL,
    computed_at TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    approved_at TEXT,
    PRIMARY KEY (area, clearing_id)
) STRICT, WITHOUT ROWID;

-- An institution's part of it: its share of the pool (entitlement), what it is paid for the year
-- by the
-- method (payment), what it was paid so far, and the difference its adjustment carries.
CREATE TABLE annual_parts (
    area INTEGER NOT NULL,
    clearing_id TEXT NOT NULL,
    institution TEXT NOT NULL,
    cases INTEGER NOT NULL,
    points INTEGER NOT NULL,
    items_fen INTEGER NOT NULL,
    others_fen INTEGER NOT NULL,
    entitlement_fen INTEGER NOT NULL,
    payment_fen INTEGER NOT NULL,
    paid_fen INTEGER NOT NULL,
    difference_fen INTEGER NOT NULL,
    adjustment_id TEXT NOT NULL,
    trace TEXT NOT NULL,
    PRIMARY KEY (area, clearing_id, institution)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_values_by_institution ON case_values (area, institution, year, settlement_id);
CREATE INDEX method_months_by_month ON method_months (area, month, institution);
CREATE INDEX annual_clearings_by_year ON annual_clearings (area, year, arrangement);

-- What is recorded stays recorded.
CREATE TRIGGER case_values_no_update BEFORE UPDATE ON case_values
BEGIN
    SELECT RAISE(ABORT, 'case_values is append-only');
END;
CREATE TRIGGER case_values_no_delete BEFORE DELETE ON case_values
BEGIN
    SELECT RAISE(ABORT, 'case_values is append-only');
END;
