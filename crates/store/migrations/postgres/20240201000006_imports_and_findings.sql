SELECT set_config('citus.enable_unsafe_triggers', 'on', true);

-- Files taken into the register (导入). position counts the rows consumed; it moves in the same
-- transaction as the rows, so an interrupted run goes on where it stood. A file is known by its
-- hash.
CREATE TABLE imports (
    area integer NOT NULL,
    import_id text COLLATE "C" NOT NULL,
    file_hash text COLLATE "C" NOT NULL,
    file_name text NOT NULL,
    kind text NOT NULL,
    state text COLLATE "C" NOT NULL,
    total_rows bigint NOT NULL,
    position bigint NOT NULL,
    accepted bigint NOT NULL,
    rejected bigint NOT NULL,
    known bigint NOT NULL,
    first_number bigint NOT NULL,
    by_name text NOT NULL,
    started_at timestamp NOT NULL,
    moved_at timestamp NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, import_id)
);
CREATE UNIQUE INDEX imports_by_hash ON imports (area, file_hash);

-- Passes of the checks over the whole register (清洗批次), with the counts of each check.
CREATE TABLE cleaning_runs (
    area integer NOT NULL,
    run_id text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    people bigint NOT NULL,
    by_name text NOT NULL,
    started_at timestamp NOT NULL,
    finished_at timestamp,
    counts jsonb NOT NULL,
    PRIMARY KEY (area, run_id)
);

-- What the checks found (疑点). The id is made from check and persons: the same finding keeps it.
CREATE TABLE findings (
    area integer NOT NULL,
    finding_id text COLLATE "C" NOT NULL,
    check_kind text COLLATE "C" NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    other_no text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    score bigint NOT NULL,
    assigned text NOT NULL,
    first_run text NOT NULL,
    last_run text NOT NULL,
    changed_at timestamp NOT NULL,
    evidence jsonb NOT NULL,
    PRIMARY KEY (area, finding_id)
);
CREATE INDEX findings_by_state ON findings (area, state, check_kind, finding_id);
CREATE INDEX findings_by_person ON findings (area, person_no);

-- What was decided on a finding, by whom, why (疑点处理).
CREATE TABLE finding_decisions (
    area integer NOT NULL,
    finding_id text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    decision text NOT NULL,
    note text NOT NULL,
    by_name text NOT NULL,
    decided_at timestamp NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, finding_id, sequence)
);

CREATE TRIGGER finding_decisions_stays BEFORE UPDATE OR DELETE ON finding_decisions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Two records of one person joined, and what moved with it (归并); owned by the record given up.
CREATE TABLE person_merges (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    merge_id text COLLATE "C" NOT NULL,
    kept_no text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    by_name text NOT NULL,
    merged_at timestamp NOT NULL,
    split_at timestamp,
    reason text NOT NULL,
    moved jsonb NOT NULL,
    PRIMARY KEY (area, person_no, merge_id)
);
CREATE INDEX person_merges_by_kept ON person_merges (area, kept_no);
