-- What an account's owner allows a relative (共济授权): purposes is a JSON list, empty for all that
-- policy allows; limit_fen is the owner's limit of a calendar year.
ALTER TABLE family_grants ADD COLUMN purposes jsonb NOT NULL DEFAULT '[]';
ALTER TABLE family_grants ADD COLUMN limit_fen bigint;
-- Why an account does not pay (冻结); empty while it may.
ALTER TABLE accounts ADD COLUMN hold text NOT NULL DEFAULT '';

-- What happened to accounts beside bills: credit, interest, freeze, inheritance … An occasion (a
-- fee month, a year, a number) happens once to a person. Only added to.
CREATE TABLE account_events (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    occasion text COLLATE "C" NOT NULL,
    event_id text NOT NULL,
    amount_fen bigint NOT NULL,
    done_at timestamp NOT NULL,
    done_by text NOT NULL,
    edition text NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, person_no, kind, occasion)
);
CREATE INDEX account_events_by_occasion ON account_events (area, kind, occasion, person_no);

-- What one person proposes and another decides (继承等待复核).
CREATE TABLE account_proposals (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    proposal_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    amount_fen bigint NOT NULL,
    proposed_at timestamp NOT NULL,
    proposed_by text NOT NULL,
    decided_at timestamp,
    decided_by text NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, person_no, proposal_id)
);

-- From which base or pension an account is credited where no employer's assessment says it
-- (划账基数), from a fee month on until the next. Only added to.
CREATE TABLE account_bases (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    from_month text COLLATE "C" NOT NULL,
    base_fen bigint,
    pension_fen bigint,
    source text NOT NULL,
    noted_at timestamp NOT NULL,
    PRIMARY KEY (area, person_no, from_month)
);

-- Monthly and yearly runs over all accounts, and how far they came (批量任务).
CREATE TABLE account_runs (
    area integer NOT NULL,
    kind text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    after_person text COLLATE "C" NOT NULL,
    persons bigint NOT NULL,
    moved bigint NOT NULL,
    amount_fen bigint NOT NULL,
    skipped bigint NOT NULL,
    problems jsonb NOT NULL,
    started_at timestamp NOT NULL,
    ended_at timestamp,
    started_by text NOT NULL,
    PRIMARY KEY (area, kind, period)
);

CREATE TRIGGER account_events_stays BEFORE UPDATE OR DELETE ON account_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
