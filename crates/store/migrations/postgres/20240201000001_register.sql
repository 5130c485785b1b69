-- The register (登记册): every fact ever recorded of a person, with the days it holds and the
-- moment it became known. Only added to; persons, coverage_periods and the rest of a person's rows
-- are made from it.
CREATE TABLE person_facts (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    fact_no bigint NOT NULL,
    kind text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    fact jsonb NOT NULL,
    recorded_at timestamp NOT NULL,
    recorded_by text NOT NULL,
    source text NOT NULL,
    replaces bigint NOT NULL,
    withdrawn boolean NOT NULL,
    PRIMARY KEY (area, person_no, fact_no)
);
CREATE TRIGGER person_facts_stays BEFORE UPDATE OR DELETE ON person_facts
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- By what else a person is found: telephone, household, employer. Several people may share one.
CREATE TABLE person_index (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    PRIMARY KEY (area, person_no, kind, value)
);
CREATE INDEX person_index_by_value ON person_index (area, kind, value, person_no);

-- Bills a change of the past would have decided otherwise (追溯差额): before, after, and what was
-- made of the difference. Nothing is paid from here by itself.
CREATE TABLE reopened_bills (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    fact_no bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    found_at timestamp NOT NULL,
    reason text NOT NULL,
    fund_before_fen bigint NOT NULL,
    fund_after_fen bigint NOT NULL,
    own_before_fen bigint NOT NULL,
    own_after_fen bigint NOT NULL,
    detail jsonb NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamp,
    PRIMARY KEY (area, person_no, settlement_id, fact_no)
);
CREATE INDEX reopened_bills_by_state ON reopened_bills (area, state, found_at);

-- A person's own identifiers, to replace them when the register changes.
CREATE INDEX person_identifiers_by_person ON person_identifiers (area, person_no);

-- Names are looked up from their beginning, byte by byte.
DROP INDEX persons_by_name;
CREATE INDEX persons_by_name ON persons (area, name COLLATE "C");
