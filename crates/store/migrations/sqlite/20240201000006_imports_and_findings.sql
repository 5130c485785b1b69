-- Files taken into the register (导入). position counts the rows consumed; it moves in the same
-- transaction as the rows, so an interrupted run goes on where it stood. A file is known by its
-- hash.
CREATE TABLE imports (
    area INTEGER NOT NULL,
    import_id TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    total_rows INTEGER NOT NULL,
    position INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    known INTEGER NOT NULL,
    first_number INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    started_at TEXT NOT NULL,
    moved_at TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, import_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX imports_by_hash ON imports (area, file_hash);

-- Passes of the checks over the whole register (清洗批次), with the counts of each check.
CREATE TABLE cleaning_runs (
    area INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    state TEXT NOT NULL,
    people INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    counts TEXT NOT NULL,
    PRIMARY KEY (area, run_id)
) STRICT, WITHOUT ROWID;

-- What the checks found (疑点). The id is made from check and persons: the same finding keeps it.
CREATE TABLE findings (
    area INTEGER NOT NULL,
    finding_id TEXT NOT NULL,
    check_kind TEXT NOT NULL,
    person_no TEXT NOT NULL,
    other_no TEXT NOT NULL,
    state TEXT NOT NULL,
    score INTEGER NOT NULL,
    assigned TEXT NOT NULL,
    first_run TEXT NOT NULL,
    last_run TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (area, finding_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_by_state ON findings (area, state, check_kind, finding_id);
CREATE INDEX findings_by_person ON findings (area, person_no);

-- What was decided on a finding, by whom, why (疑点处理).
CREATE TABLE finding_decisions (
    area INTEGER NOT NULL,
    finding_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    decision TEXT NOT NULL,
    note TEXT NOT NULL,
    by_name TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, finding_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER finding_decisions_no_update BEFORE UPDATE ON finding_decisions
BEGIN
    SELECT RAISE(ABORT, 'finding_decisions is append-only');
END;
CREATE TRIGGER finding_decisions_no_delete BEFORE DELETE ON finding_decisions
BEGIN
    SELECT RAISE(ABORT, 'finding_decisions is append-only');
END;

-- Two records of one person joined, and what moved with it (归并); owned by the record given up.
CREATE TABLE person_merges (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    merge_id TEXT NOT NULL,
    kept_no TEXT NOT NULL,
    state TEXT NOT NULL,
    by_name TEXT NOT NULL,
    merged_at TEXT NOT NULL,
    split_at TEXT,
    reason TEXT NOT NULL,
    moved TEXT NOT NULL,
    PRIMARY KEY (area, person_no, merge_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_merges_by_kept ON person_merges (area, kept_no);
