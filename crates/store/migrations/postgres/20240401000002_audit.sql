-- One scan of the audit (审核批次): over which days, by which rules and knowledge,
-- what it read and found.
CREATE TABLE audit_runs (
    area integer NOT NULL,
    run_id text COLLATE "C" NOT NULL,
    moment text COLLATE "C" NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    started_at timestamp NOT NULL,
    ended_at timestamp NOT NULL,
    run_by text NOT NULL,
    edition text COLLATE "C" NOT NULL,
    rules_edition text COLLATE "C" NOT NULL,
    knowledge_edition text COLLATE "C" NOT NULL,
    rules bigint NOT NULL,
    people bigint NOT NULL,
    bills bigint NOT NULL,
    lines bigint NOT NULL,
    found bigint NOT NULL,
    fresh bigint NOT NULL,
    gone bigint NOT NULL,
    quality jsonb NOT NULL,
    PRIMARY KEY (area, run_id)
);
CREATE INDEX audit_runs_by_day ON audit_runs (area, started_at, run_id);

-- What the audit finds (审核结果), once per rule, version and target. owner is the person, or the
-- institution where no person is meant; gone_at is set when a later scan no longer finds it.
CREATE TABLE audit_findings (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    finding_id text COLLATE "C" NOT NULL,
    rule text COLLATE "C" NOT NULL,
    rule_version bigint NOT NULL,
    rule_name text NOT NULL,
    category text COLLATE "C" NOT NULL,
    strength text COLLATE "C" NOT NULL,
    target_kind text COLLATE "C" NOT NULL,
    target text COLLATE "C" NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    visit_id text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    day date NOT NULL,
    amount_fen bigint NOT NULL,
    fund_fen bigint NOT NULL,
    knowledge text COLLATE "C" NOT NULL,
    says text NOT NULL,
    evidence jsonb NOT NULL,
    lines jsonb NOT NULL,
    first_run text COLLATE "C" NOT NULL,
    last_run text COLLATE "C" NOT NULL,
    found_at timestamp NOT NULL,
    gone_at timestamp,
    gone_reason text NOT NULL,
    PRIMARY KEY (area, owner, finding_id)
);
CREATE INDEX audit_findings_by_day ON audit_findings (area, day, rule);
CREATE INDEX audit_findings_by_settlement ON audit_findings (area, owner, settlement_id);
CREATE INDEX audit_findings_by_visit ON audit_findings (area, owner, visit_id);

-- One narrow row per owner of findings; its version rises with every scan and every deduction.
CREATE TABLE audit_heads (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (area, owner)
);

-- Until which version of a person's record the audit has looked (增量审核), and by which rules.
CREATE TABLE audit_scans (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    edition text COLLATE "C" NOT NULL,
    scanned_at timestamp NOT NULL,
    PRIMARY KEY (area, person_no)
);

-- How strong a rule's new findings are (规则当前等级). Only added: the greatest sequence counts.
CREATE TABLE audit_standings (
    area integer NOT NULL,
    rule text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    rule_version bigint NOT NULL,
    declared text COLLATE "C" NOT NULL,
    strength text COLLATE "C" NOT NULL,
    confirmed bigint NOT NULL,
    dismissed bigint NOT NULL,
    since timestamp NOT NULL,
    decided_by text NOT NULL,
    PRIMARY KEY (area, rule, sequence)
);

-- A finding on its way to a decision (审核疑点). amount_fen is what the fund is estimated to have paid;
-- after the notice it no longer changes.
CREATE TABLE doubts (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    doubt_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    finding_id text COLLATE "C" NOT NULL,
    rule text COLLATE "C" NOT NULL,
    rule_version bigint NOT NULL,
    rule_name text NOT NULL,
    category text COLLATE "C" NOT NULL,
    strength text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    scheme text COLLATE "C" NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    person_name text NOT NULL,
    visit_id text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    day date NOT NULL,
    in_scope_fen bigint NOT NULL,
    amount_fen bigint NOT NULL,
    confirmed_fen bigint NOT NULL,
    deducted_fen bigint NOT NULL,
    released_fen bigint NOT NULL,
    says text NOT NULL,
    due date,
    extended boolean NOT NULL,
    first_reviewer text COLLATE "C" NOT NULL,
    dismissed_by text COLLATE "C" NOT NULL,
    panel_before boolean NOT NULL,
    published_on date,
    appealed_on date,
    decided_on date,
    notice_id text COLLATE "C" NOT NULL,
    opened_at timestamp NOT NULL,
    changed_at timestamp NOT NULL,
    PRIMARY KEY (area, owner, doubt_id)
);
CREATE UNIQUE INDEX doubts_of_finding ON doubts (area, owner, finding_id);
CREATE INDEX doubts_by_state ON doubts (area, state, doubt_id);
CREATE INDEX doubts_by_institution ON doubts (area, institution, state, doubt_id);
CREATE INDEX doubts_by_rule ON doubts (area, rule, state, doubt_id);
CREATE INDEX doubts_by_settlement ON doubts (area, owner, settlement_id);

-- What was done about a doubt (办理过程), from the first on.
CREATE TABLE doubt_steps (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    doubt_id text COLLATE "C" NOT NULL,
    step_no bigint NOT NULL,
    verb text COLLATE "C" NOT NULL,
    by_user text COLLATE "C" NOT NULL,
    by_name text NOT NULL,
    role text COLLATE "C" NOT NULL,
    at timestamp NOT NULL,
    from_state text COLLATE "C" NOT NULL,
    to_state text COLLATE "C" NOT NULL,
    amount_fen bigint NOT NULL,
    text text NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, owner, doubt_id, step_no)
);

-- A notice of doubts to one institution (疑点通知).
CREATE TABLE doubt_notices (
    area integer NOT NULL,
    notice_id text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    doubts bigint NOT NULL,
    amount_fen bigint NOT NULL,
    due date,
    made_by text NOT NULL,
    made_at timestamp NOT NULL,
    received_by text NOT NULL,
    received_at timestamp,
    PRIMARY KEY (area, notice_id)
);
CREATE INDEX doubt_notices_by_institution ON doubt_notices (area, institution, notice_id);

-- What was handed in about a doubt (附件); the bytes are in doubt_files.
CREATE TABLE doubt_attachments (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    doubt_id text COLLATE "C" NOT NULL,
    attachment_id text COLLATE "C" NOT NULL,
    side text COLLATE "C" NOT NULL,
    name text NOT NULL,
    media_type text COLLATE "C" NOT NULL,
    size bigint NOT NULL,
    hash text COLLATE "C" NOT NULL,
    added_by text NOT NULL,
    added_at timestamp NOT NULL,
    PRIMARY KEY (area, owner, doubt_id, attachment_id)
);

-- The bytes of attachments, once per owner and hash.
CREATE TABLE doubt_files (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (area, owner, hash)
);

-- Work on many doubts at once (批量办理), and samples drawn before it (抽样) with their seed.
CREATE TABLE doubt_batches (
    area integer NOT NULL,
    batch_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    verb text COLLATE "C" NOT NULL,
    filter jsonb NOT NULL,
    seed text COLLATE "C" NOT NULL,
    wanted bigint NOT NULL,
    matched bigint NOT NULL,
    moved bigint NOT NULL,
    doubts jsonb NOT NULL,
    refused jsonb NOT NULL,
    text text NOT NULL,
    made_by text COLLATE "C" NOT NULL,
    made_at timestamp NOT NULL,
    PRIMARY KEY (area, batch_id)
);

-- What a doubt took back, line by line (扣减明细): of one line no more than the largest doubt and
-- its own share of the fund. A release takes the same lines with the sign turned.
CREATE TABLE audit_deductions (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    doubt_id text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    line_key text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    amount_fen bigint NOT NULL,
    adjustment_id text COLLATE "C" NOT NULL,
    deducted_at timestamp NOT NULL,
    PRIMARY KEY (area, owner, doubt_id, sequence, line_key)
);
CREATE INDEX audit_deductions_by_settlement ON audit_deductions (area, owner, settlement_id);

-- What an institution was told before or while it settled (事前事中提醒), and what it answered.
CREATE TABLE audit_prompts (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    prompt_id text COLLATE "C" NOT NULL,
    moment text COLLATE "C" NOT NULL,
    asked_at timestamp NOT NULL,
    institution text COLLATE "C" NOT NULL,
    doctor text COLLATE "C" NOT NULL,
    visit_id text COLLATE "C" NOT NULL,
    rule text COLLATE "C" NOT NULL,
    rule_version bigint NOT NULL,
    strength text COLLATE "C" NOT NULL,
    amount_fen bigint NOT NULL,
    knowledge text COLLATE "C" NOT NULL,
    says text NOT NULL,
    evidence jsonb NOT NULL,
    answer text COLLATE "C" NOT NULL,
    answer_text text NOT NULL,
    answered_by text NOT NULL,
    answered_at timestamp,
    PRIMARY KEY (area, person_no, prompt_id)
);
CREATE INDEX audit_prompts_by_institution ON audit_prompts (area, institution, asked_at);
CREATE INDEX audit_prompts_by_visit ON audit_prompts (area, person_no, visit_id);

-- What was done, said and deducted stays.
SELECT set_config('citus.enable_unsafe_triggers', 'on', true);
CREATE TRIGGER audit_standings_stays BEFORE UPDATE OR DELETE ON audit_standings
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER doubt_steps_stays BEFORE UPDATE OR DELETE ON doubt_steps
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER doubt_attachments_stays BEFORE UPDATE OR DELETE ON doubt_attachments
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER doubt_files_stays BEFORE UPDATE OR DELETE ON doubt_files
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER doubt_batches_stays BEFORE UPDATE OR DELETE ON doubt_batches
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_deductions_stays BEFORE UPDATE OR DELETE ON audit_deductions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
