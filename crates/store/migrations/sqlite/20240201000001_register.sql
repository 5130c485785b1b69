-- The register (登记册): every fact ever recorded of a person, with the days it holds and the
-- moment it became known. Only added to; persons, coverage_periods and the rest of a person's rows
-- are made from it.
CREATE TABLE person_facts (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    fact_no INTEGER NOT NULL,
    kind TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    fact TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    source TEXT NOT NULL,
    replaces INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    PRIMARY KEY (area, person_no, fact_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER person_facts_no_update BEFORE UPDATE ON person_facts
BEGIN
    SELECT RAISE(ABORT, 'person_facts is append-only');
END;
CREATE TRIGGER person_facts_no_delete BEFORE DELETE ON person_facts
BEGIN
    SELECT RAISE(ABORT, 'person_facts is append-only');
END;

-- By what else a person is found: telephone, household, employer. Several people may share one.
CREATE TABLE person_index (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (area, person_no, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_index_by_value ON person_index (area, kind, value, person_no);

-- Bills a change of the past would have decided otherwise (追溯差额): before, after, and what was
-- made of the difference. Nothing is paid from here by itself.
CREATE TABLE reopened_bills (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    fact_no INTEGER NOT NULL,
    state TEXT NOT NULL,
    found_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    fund_before_fen INTEGER NOT NULL,
    fund_after_fen INTEGER NOT NULL,
    own_before_fen INTEGER NOT NULL,
    own_after_fen INTEGER NOT NULL,
    detail TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT,
    PRIMARY KEY (area, person_no, settlement_id, fact_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX reopened_bills_by_state ON reopened_bills (area, state, found_at);

-- A person's own identifiers, to replace them when the register changes.
CREATE INDEX person_identifiers_by_person ON person_identifiers (area, person_no);
