-- Settlement lists (医疗保障基金结算清单): the case of one settled stay as its institution reports it.
-- uploads counts how often the body was sent; version rises with every change of any kind.
CREATE TABLE discharges (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    list_id TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    uploads INTEGER NOT NULL,
    state TEXT NOT NULL,
    institution TEXT NOT NULL,
    person_name TEXT NOT NULL,
    scheme TEXT NOT NULL,
    care_type TEXT NOT NULL,
    admitted_on TEXT,
    discharged_on TEXT NOT NULL,
    settled_on TEXT NOT NULL,
    principal TEXT NOT NULL,
    total_fen INTEGER NOT NULL,
    fund_fen INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (area, person_no, list_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX discharges_by_settlement ON discharges (area, person_no, settlement_id);
CREATE INDEX discharges_by_institution ON discharges (area, institution, settled_on, list_id);
CREATE INDEX discharges_by_day ON discharges (area, settled_on, list_id);
CREATE INDEX discharges_by_list ON discharges (area, list_id);

-- What the quality checks found in one upload of a list (质控结果).
CREATE TABLE discharge_findings (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    list_id TEXT NOT NULL,
    upload INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    check_kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (area, person_no, list_id, upload, sequence)
) STRICT, WITHOUT ROWID;

-- The group of a list under a scheme (分组结果). Only added: of one list, kind and scheme the row with
-- the greatest grouping_id counts.
CREATE TABLE discharge_groups (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    list_id TEXT NOT NULL,
    grouping_id TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    institution TEXT NOT NULL,
    discharged_on TEXT NOT NULL,
    settled_on TEXT NOT NULL,
    upload INTEGER NOT NULL,
    kind TEXT NOT NULL,
    scheme TEXT NOT NULL,
    scheme_hash TEXT NOT NULL,
    grouped_at TEXT NOT NULL,
    mdc TEXT NOT NULL,
    adrg TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    severity TEXT NOT NULL,
    weight TEXT NOT NULL,
    outcome TEXT NOT NULL,
    note TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (area, person_no, list_id, grouping_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX discharge_groups_by_institution
    ON discharge_groups (area, institution, settled_on, list_id);
CREATE INDEX discharge_groups_by_list ON discharge_groups (area, list_id);
CREATE INDEX discharge_groups_by_settlement ON discharge_groups (area, person_no, settlement_id);

CREATE TRIGGER discharge_findings_no_update BEFORE UPDATE ON discharge_findings
BEGIN
    SELECT RAISE(ABORT, 'discharge_findings is append-only');
END;
CREATE TRIGGER discharge_findings_no_delete BEFORE DELETE ON discharge_findings
BEGIN
    SELECT RAISE(ABORT, 'discharge_findings is append-only');
END;
CREATE TRIGGER discharge_groups_no_update BEFORE UPDATE ON discharge_groups
BEGIN
    SELECT RAISE(ABORT, 'discharge_groups is append-only');
END;
CREATE TRIGGER discharge_groups_no_delete BEFORE DELETE ON discharge_groups
BEGIN
    SELECT RAISE(ABORT, 'discharge_groups is append-only');
END;
