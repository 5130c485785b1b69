-- Lists of people in difficulty as received (困难人员名单). A file is known by its hash.
CREATE TABLE difficulty_lists (
    area INTEGER NOT NULL,
    list_no TEXT NOT NULL,
    bureau TEXT NOT NULL,
    kind TEXT NOT NULL,
    covers TEXT NOT NULL,
    list_day TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    totals TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    received_by TEXT NOT NULL,
    PRIMARY KEY (area, list_no)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX difficulty_lists_by_hash ON difficulty_lists (area, bureau, file_hash);

-- What became of a list, step by step (办理过程): checked, agreed, applying, applied, refused.
CREATE TABLE difficulty_list_steps (
    area INTEGER NOT NULL,
    list_no TEXT NOT NULL,
    step_no INTEGER NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    by_name TEXT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (area, list_no, step_no)
) STRICT, WITHOUT ROWID;

-- The rows as the bureau wrote them (名单行).
CREATE TABLE difficulty_rows (
    area INTEGER NOT NULL,
    list_no TEXT NOT NULL,
    row_no INTEGER NOT NULL,
    raw TEXT NOT NULL,
    PRIMARY KEY (area, list_no, row_no)
) STRICT, WITHOUT ROWID;

-- What came of each row at a step (核对结果).
CREATE TABLE difficulty_results (
    area INTEGER NOT NULL,
    list_no TEXT NOT NULL,
    step_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    result TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (area, list_no, step_no, row_no)
) STRICT, WITHOUT ROWID;

-- What a list changed in the register, person by person (身份变动).
CREATE TABLE difficulty_changes (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    list_no TEXT NOT NULL,
    change_no INTEGER NOT NULL,
    identity TEXT NOT NULL,
    kind TEXT NOT NULL,
    was_from TEXT,
    was_to TEXT,
    now_from TEXT,
    now_to TEXT,
    enrolled_on TEXT,
    reopened INTEGER NOT NULL,
    reason TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (area, person_no, list_no, change_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX difficulty_changes_by_list ON difficulty_changes (area, list_no);

-- Months that were watched (因病致贫返贫预警). A month made again is another run.
CREATE TABLE watch_runs (
    area INTEGER NOT NULL,
    month TEXT NOT NULL,
    run_no INTEGER NOT NULL,
    ran_at TEXT NOT NULL,
    ran_by TEXT NOT NULL,
    edition TEXT NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (area, month, run_no)
) STRICT, WITHOUT ROWID;

-- Who was put forward, with the bills behind it (预警名单).
CREATE TABLE watch_lines (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    month TEXT NOT NULL,
    run_no INTEGER NOT NULL,
    name TEXT NOT NULL,
    line TEXT NOT NULL,
    threshold_fen INTEGER NOT NULL,
    own_fen INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, person_no, month, run_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_lines_by_month ON watch_lines (area, month, run_no);

-- What the bureaus answered (反馈).
CREATE TABLE watch_answers (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    month TEXT NOT NULL,
    answer_no INTEGER NOT NULL,
    bureau TEXT NOT NULL,
    recognised INTEGER NOT NULL,
    identity TEXT NOT NULL,
    answered_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (area, person_no, month, answer_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_answers_by_month ON watch_answers (area, month);

-- Identities of everybody, whoever stated them, without reading the other facts.
CREATE INDEX person_facts_of_identities ON person_facts (area, person_no, fact_no)
    WHERE kind = 'identity';

-- None of this is ever changed: what becomes of it is told in further rows.
CREATE TRIGGER difficulty_lists_no_update BEFORE UPDATE ON difficulty_lists
BEGIN
    SELECT RAISE(ABORT, 'difficulty_lists is append-only');
END;
CREATE TRIGGER difficulty_lists_no_delete BEFORE DELETE ON difficulty_lists
BEGIN
    SELECT RAISE(ABORT, 'difficulty_lists is append-only');
END;
CREATE TRIGGER difficulty_list_steps_no_update BEFORE UPDATE ON difficulty_list_steps
BEGIN
    SELECT RAISE(ABORT, 'difficulty_list_steps is append-only');
END;
CREATE TRIGGER difficulty_list_steps_no_delete BEFORE DELETE ON difficulty_list_steps
BEGIN
    SELECT RAISE(ABORT, 'difficulty_list_steps is append-only');
END;
CREATE TRIGGER difficulty_rows_no_update BEFORE UPDATE ON difficulty_rows
BEGIN
    SELECT RAISE(ABORT, 'difficulty_rows is append-only');
END;
CREATE TRIGGER difficulty_rows_no_delete BEFORE DELETE ON difficulty_rows
BEGIN
    SELECT RAISE(ABORT, 'difficulty_rows is append-only');
END;
CREATE TRIGGER difficulty_results_no_update BEFORE UPDATE ON difficulty_results
BEGIN
    SELECT RAISE(ABORT, 'difficulty_results is append-only');
END;
CREATE TRIGGER difficulty_results_no_delete BEFORE DELETE ON difficulty_results
BEGIN
    SELECT RAISE(ABORT, 'difficulty_results is append-only');
END;
CREATE TRIGGER difficulty_changes_no_update BEFORE UPDATE ON difficulty_changes
BEGIN
    SELECT RAISE(ABORT, 'difficulty_changes is append-only');
END;
CREATE TRIGGER difficulty_changes_no_delete BEFORE DELETE ON difficulty_changes
BEGIN
    SELECT RAISE(ABORT, 'difficulty_changes is append-only');
END;
CREATE TRIGGER watch_runs_no_update BEFORE UPDATE ON watch_runs
BEGIN
    SELECT RAISE(ABORT, 'watch_runs is append-only');
END;
CREATE TRIGGER watch_runs_no_delete BEFORE DELETE ON watch_runs
BEGIN
    SELECT RAISE(ABORT, 'watch_runs is append-only');
END;
CREATE TRIGGER watch_lines_no_update BEFORE UPDATE ON watch_lines
BEGIN
    SELECT RAISE(ABORT, 'watch_lines is append-only');
END;
CREATE TRIGGER watch_lines_no_delete BEFORE DELETE ON watch_lines
BEGIN
    SELECT RAISE(ABORT, 'watch_lines is append-only');
END;
CREATE TRIGGER watch_answers_no_update BEFORE UPDATE ON watch_answers
BEGIN
    SELECT RAISE(ABORT, 'watch_answers is append-only');
END;
CREATE TRIGGER watch_answers_no_delete BEFORE DELETE ON watch_answers
BEGIN
    SELECT RAISE(ABORT, 'watch_answers is append-only');
END;
