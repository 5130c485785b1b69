-- What an account's owner allows a relative (共济授权): purposes is a JSON list, empty for all that
-- policy allows; limit_fen is the owner's limit of a calendar year.
ALTER TABLE family_grants ADD COLUMN purposes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE family_grants ADD COLUMN limit_fen INTEGER;
-- Why an account does not pay (冻结); empty while it may.
ALTER TABLE accounts ADD COLUMN hold TEXT NOT NULL DEFAULT '';

-- What happened to accounts beside bills: credit, interest, freeze, inheritance … An occasion (a
-- fee month, a year, a number) happens once to a person. Only added to.
CREATE TABLE account_events (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    occasion TEXT NOT NULL,
    event_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    done_at TEXT NOT NULL,
    done_by TEXT NOT NULL,
    edition TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, person_no, kind, occasion)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_events_by_occasion ON account_events (area, kind, occasion, person_no);

-- What one person proposes and another decides (继承等待复核).
CREATE TABLE account_proposals (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    proposal_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    proposed_at TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    decided_at TEXT,
    decided_by TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, person_no, proposal_id)
) STRICT, WITHOUT ROWID;

-- From which base or pension an account is credited where no employer's assessment says it
-- (划账基数), from a fee month on until the next. Only added to.
CREATE TABLE account_bases (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    from_month TEXT NOT NULL,
    base_fen INTEGER,
    pension_fen INTEGER,
    source TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    PRIMARY KEY (area, person_no, from_month)
) STRICT, WITHOUT ROWID;

-- Monthly and yearly runs over all accounts, and how far they came (批量任务).
CREATE TABLE account_runs (
    area INTEGER NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    after_person TEXT NOT NULL,
    persons INTEGER NOT NULL,
    moved INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    problems TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    started_by TEXT NOT NULL,
    PRIMARY KEY (area, kind, period)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER account_events_no_update BEFORE UPDATE ON account_events
BEGIN
    SELECT RAISE(ABORT, 'account_events is append-only');
END;
CREATE TRIGGER account_events_no_delete BEFORE DELETE ON account_events
BEGIN
    SELECT RAISE(ABORT, 'account_events is append-only');
END;
