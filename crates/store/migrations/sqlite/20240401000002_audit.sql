-- One scan of the audit (审核批次): over which days, by which rules and knowledge,
-- what it read and found.
CREATE TABLE audit_runs (
    area INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    moment TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    run_by TEXT NOT NULL,
    edition TEXT NOT NULL,
    rules_edition TEXT NOT NULL,
    knowledge_edition TEXT NOT NULL,
    rules INTEGER NOT NULL,
    people INTEGER NOT NULL,
    bills INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    found INTEGER NOT NULL,
    fresh INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    quality TEXT NOT NULL,
    PRIMARY KEY (area, run_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_runs_by_day ON audit_runs (area, started_at, run_id);

-- What the audit finds (审核结果), once per rule, version and target. owner is the person, or the
-- institution where no person is meant; gone_at is set when a later scan no longer finds it.
CREATE TABLE audit_findings (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    finding_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    rule_name TEXT NOT NULL,
    category TEXT NOT NULL,
    strength TEXT NOT NULL,
    target_kind TEXT NOT NULL,
    target TEXT NOT NULL,
    person_no TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    institution TEXT NOT NULL,
    day TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    fund_fen INTEGER NOT NULL,
    knowledge TEXT NOT NULL,
    says TEXT NOT NULL,
    evidence TEXT NOT NULL,
    lines TEXT NOT NULL,
    first_run TEXT NOT NULL,
    last_run TEXT NOT NULL,
    found_at TEXT NOT NULL,
    gone_at TEXT,
    gone_reason TEXT NOT NULL,
    PRIMARY KEY (area, owner, finding_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_findings_by_day ON audit_findings (area, day, rule);
CREATE INDEX audit_findings_by_settlement ON audit_findings (area, owner, settlement_id);
CREATE INDEX audit_findings_by_visit ON audit_findings (area, owner, visit_id);

-- One narrow row per owner of findings; its version rises with every scan and every deduction.
CREATE TABLE audit_heads (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area, owner)
) STRICT, WITHOUT ROWID;

-- Until which version of a person's record the audit has looked (增量审核), and by which rules.
CREATE TABLE audit_scans (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    version INTEGER NOT NULL,
    edition TEXT NOT NULL,
    scanned_at TEXT NOT NULL,
    PRIMARY KEY (area, person_no)
) STRICT, WITHOUT ROWID;

-- How strong a rule's new findings are (规则当前等级). Only added: the greatest sequence counts.
CREATE TABLE audit_standings (
    area INTEGER NOT NULL,
    rule TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    rule_version INTEGER NOT NULL,
    declared TEXT NOT NULL,
    strength TEXT NOT NULL,
    confirmed INTEGER NOT NULL,
    dismissed INTEGER NOT NULL,
    since TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    PRIMARY KEY (area, rule, sequence)
) STRICT, WITHOUT ROWID;

-- A finding on its way to a decision (审核疑点). amount_fen is what the fund is estimated to have paid;
-- after the notice it no longer changes.
CREATE TABLE doubts (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    doubt_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    finding_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    rule_name TEXT NOT NULL,
    category TEXT NOT NULL,
    strength TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT NOT NULL,
    scheme TEXT NOT NULL,
    person_no TEXT NOT NULL,
    person_name TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    institution TEXT NOT NULL,
    day TEXT NOT NULL,
    in_scope_fen INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    confirmed_fen INTEGER NOT NULL,
    deducted_fen INTEGER NOT NULL,
    released_fen INTEGER NOT NULL,
    says TEXT NOT NULL,
    due TEXT,
    extended INTEGER NOT NULL,
    first_reviewer TEXT NOT NULL,
    dismissed_by TEXT NOT NULL,
    panel_before INTEGER NOT NULL,
    published_on TEXT,
    appealed_on TEXT,
    decided_on TEXT,
    notice_id TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (area, owner, doubt_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX doubts_of_finding ON doubts (area, owner, finding_id);
CREATE INDEX doubts_by_state ON doubts (area, state, doubt_id);
CREATE INDEX doubts_by_institution ON doubts (area, institution, state, doubt_id);
CREATE INDEX doubts_by_rule ON doubts (area, rule, state, doubt_id);
CREATE INDEX doubts_by_settlement ON doubts (area, owner, settlement_id);

-- What was done about a doubt (办理过程), from the first on.
CREATE TABLE doubt_steps (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    doubt_id TEXT NOT NULL,
    step_no INTEGER NOT NULL,
    verb TEXT NOT NULL,
    by_user TEXT NOT NULL,
    by_name TEXT NOT NULL,
    role TEXT NOT NULL,
    at TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    text TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, owner, doubt_id, step_no)
) STRICT, WITHOUT ROWID;

-- A notice of doubts to one institution (疑点通知).
CREATE TABLE doubt_notices (
    area INTEGER NOT NULL,
    notice_id TEXT NOT NULL,
    institution TEXT NOT NULL,
    doubts INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    due TEXT,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    received_by TEXT NOT NULL,
    received_at TEXT,
    PRIMARY KEY (area, notice_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX doubt_notices_by_institution ON doubt_notices (area, institution, notice_id);

-- What was handed in about a doubt (附件); the bytes are in doubt_files.
CREATE TABLE doubt_attachments (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    doubt_id TEXT NOT NULL,
    attachment_id TEXT NOT NULL,
    side TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    hash TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    PRIMARY KEY (area, owner, doubt_id, attachment_id)
) STRICT, WITHOUT ROWID;

-- The bytes of attachments, once per owner and hash.
CREATE TABLE doubt_files (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    hash TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (area, owner, hash)
) STRICT;

-- Work on many doubts at once (批量办理), and samples drawn before it (抽样) with their seed.
CREATE TABLE doubt_batches (
    area INTEGER NOT NULL,
    batch_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    verb TEXT NOT NULL,
    filter TEXT NOT NULL,
    seed TEXT NOT NULL,
    wanted INTEGER NOT NULL,
    matched INTEGER NOT NULL,
    moved INTEGER NOT NULL,
    doubts TEXT NOT NULL,
    refused TEXT NOT NULL,
    text TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (area, batch_id)
) STRICT, WITHOUT ROWID;

-- What a doubt took back, line by line (扣减明细): of one line no more than the largest doubt and
-- its own share of the fund. A release takes the same lines with the sign turned.
CREATE TABLE audit_deductions (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    doubt_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    line_key TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    adjustment_id TEXT NOT NULL,
    deducted_at TEXT NOT NULL,
    PRIMARY KEY (area, owner, doubt_id, sequence, line_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_deductions_by_settlement ON audit_deductions (area, owner, settlement_id);

-- What an institution was told before or while it settled (事前事中提醒), and what it answered.
CREATE TABLE audit_prompts (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    prompt_id TEXT NOT NULL,
    moment TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    institution TEXT NOT NULL,
    doctor TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    strength TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    knowledge TEXT NOT NULL,
    says TEXT NOT NULL,
    evidence TEXT NOT NULL,
    answer TEXT NOT NULL,
    answer_text TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at TEXT,
    PRIMARY KEY (area, person_no, prompt_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_prompts_by_institution ON audit_prompts (area, institution, asked_at);
CREATE INDEX audit_prompts_by_visit ON audit_prompts (area, person_no, visit_id);

-- What was done, said and deducted stays.
CREATE TRIGGER audit_standings_no_update BEFORE UPDATE ON audit_standings
BEGIN
    SELECT RAISE(ABORT, 'audit_standings is append-only');
END;
CREATE TRIGGER audit_standings_no_delete BEFORE DELETE ON audit_standings
BEGIN
    SELECT RAISE(ABORT, 'audit_standings is append-only');
END;
CREATE TRIGGER doubt_steps_no_update BEFORE UPDATE ON doubt_steps
BEGIN
    SELECT RAISE(ABORT, 'doubt_steps is append-only');
END;
CREATE TRIGGER doubt_steps_no_delete BEFORE DELETE ON doubt_steps
BEGIN
    SELECT RAISE(ABORT, 'doubt_steps is append-only');
END;
CREATE TRIGGER doubt_attachments_no_update BEFORE UPDATE ON doubt_attachments
BEGIN
    SELECT RAISE(ABORT, 'doubt_attachments is append-only');
END;
CREATE TRIGGER doubt_attachments_no_delete BEFORE DELETE ON doubt_attachments
BEGIN
    SELECT RAISE(ABORT, 'doubt_attachments is append-only');
END;
CREATE TRIGGER doubt_files_no_update BEFORE UPDATE ON doubt_files
BEGIN
    SELECT RAISE(ABORT, 'doubt_files is append-only');
END;
CREATE TRIGGER doubt_files_no_delete BEFORE DELETE ON doubt_files
BEGIN
    SELECT RAISE(ABORT, 'doubt_files is append-only');
END;
CREATE TRIGGER doubt_batches_no_update BEFORE UPDATE ON doubt_batches
BEGIN
    SELECT RAISE(ABORT, 'doubt_batches is append-only');
END;
CREATE TRIGGER doubt_batches_no_delete BEFORE DELETE ON doubt_batches
BEGIN
    SELECT RAISE(ABORT, 'doubt_batches is append-only');
END;
CREATE TRIGGER audit_deductions_no_update BEFORE UPDATE ON audit_deductions
BEGIN
    SELECT RAISE(ABORT, 'audit_deductions is append-only');
END;
CREATE TRIGGER audit_deductions_no_delete BEFORE DELETE ON audit_deductions
BEGIN
    SELECT RAISE(ABORT, 'audit_deductions is append-only');
END;
