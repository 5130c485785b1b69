-- Lists of people in difficulty as received (困难人员名单). A file is known by its hash.
CREATE TABLE difficulty_lists (
    area integer NOT NULL,
    list_no text COLLATE "C" NOT NULL,
    bureau text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    covers jsonb NOT NULL,
    list_day date NOT NULL,
    file_name text NOT NULL,
    file_hash text COLLATE "C" NOT NULL,
    totals jsonb NOT NULL,
    row_count bigint NOT NULL,
    received_at timestamp NOT NULL,
    received_by text NOT NULL,
    PRIMARY KEY (area, list_no)
);
CREATE UNIQUE INDEX difficulty_lists_by_hash ON difficulty_lists (area, bureau, file_hash);

-- What became of a list, step by step (办理过程): checked, agreed, applying, applied, refused.
CREATE TABLE difficulty_list_steps (
    area integer NOT NULL,
    list_no text COLLATE "C" NOT NULL,
    step_no bigint NOT NULL,
    state text NOT NULL,
    at timestamp NOT NULL,
    by_name text NOT NULL,
    summary jsonb NOT NULL,
    PRIMARY KEY (area, list_no, step_no)
);

-- The rows as the bureau wrote them (名单行).
CREATE TABLE difficulty_rows (
    area integer NOT NULL,
    list_no text COLLATE "C" NOT NULL,
    row_no bigint NOT NULL,
    raw jsonb NOT NULL,
    PRIMARY KEY (area, list_no, row_no)
);

-- What came of each row at a step (核对结果).
CREATE TABLE difficulty_results (
    area integer NOT NULL,
    list_no text COLLATE "C" NOT NULL,
    step_no bigint NOT NULL,
    row_no bigint NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    result text NOT NULL,
    reason_code text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (area, list_no, step_no, row_no)
);

-- What a list changed in the register, person by person (身份变动).
CREATE TABLE difficulty_changes (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    list_no text COLLATE "C" NOT NULL,
    change_no bigint NOT NULL,
    identity text NOT NULL,
    kind text NOT NULL,
    was_from date,
    was_to date,
    now_from date,
    now_to date,
    enrolled_on date,
    reopened bigint NOT NULL,
    reason text NOT NULL,
    changed_at timestamp NOT NULL,
    PRIMARY KEY (area, person_no, list_no, change_no)
);
CREATE INDEX difficulty_changes_by_list ON difficulty_changes (area, list_no);

-- Months that were watched (因病致贫返贫预警). A month made again is another run.
CREATE TABLE watch_runs (
    area integer NOT NULL,
    month text COLLATE "C" NOT NULL,
    run_no bigint NOT NULL,
    ran_at timestamp NOT NULL,
    ran_by text NOT NULL,
    edition text NOT NULL,
    people bigint NOT NULL,
    PRIMARY KEY (area, month, run_no)
);

-- Who was put forward, with the bills behind it (预警名单).
CREATE TABLE watch_lines (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    run_no bigint NOT NULL,
    name text NOT NULL,
    line text NOT NULL,
    threshold_fen bigint NOT NULL,
    own_fen bigint NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, person_no, month, run_no)
);
CREATE INDEX watch_lines_by_month ON watch_lines (area, month, run_no);

-- What the bureaus answered (反馈).
CREATE TABLE watch_answers (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    answer_no bigint NOT NULL,
    bureau text COLLATE "C" NOT NULL,
    recognised boolean NOT NULL,
    identity text NOT NULL,
    answered_on date NOT NULL,
    recorded_at timestamp NOT NULL,
    recorded_by text NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (area, person_no, month, answer_no)
);
CREATE INDEX watch_answers_by_month ON watch_answers (area, month);

-- Identities of everybody, whoever stated them, without reading the other facts.
CREATE INDEX person_facts_of_identities ON person_facts (area, person_no, fact_no)
    WHERE kind = 'identity';

-- None of this is ever changed: what becomes of it is told in further rows.
CREATE TRIGGER difficulty_lists_stays BEFORE UPDATE OR DELETE ON difficulty_lists
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER difficulty_list_steps_stays BEFORE UPDATE OR DELETE ON difficulty_list_steps
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER difficulty_rows_stays BEFORE UPDATE OR DELETE ON difficulty_rows
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER difficulty_results_stays BEFORE UPDATE OR DELETE ON difficulty_results
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER difficulty_changes_stays BEFORE UPDATE OR DELETE ON difficulty_changes
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER watch_runs_stays BEFORE UPDATE OR DELETE ON watch_runs
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER watch_lines_stays BEFORE UPDATE OR DELETE ON watch_lines
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER watch_answers_stays BEFORE UPDATE OR DELETE ON watch_answers
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
