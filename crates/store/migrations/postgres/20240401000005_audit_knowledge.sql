-- What happened to an edition of the audit's knowledge (知识库版本): proposed by one person, then
-- approved or rejected by another.
CREATE TABLE knowledge_editions (
    area integer NOT NULL,
    edition text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    by_user text COLLATE "C" NOT NULL,
    at timestamp NOT NULL,
    note text NOT NULL,
    rows bigint NOT NULL,
    hash text COLLATE "C" NOT NULL,
    report jsonb NOT NULL,
    PRIMARY KEY (area, edition, sequence)
);

-- One version of a knowledge row (知识行) as an edition brought it; it speaks once the edition is
-- approved, and is never changed.
CREATE TABLE knowledge_rows (
    area integer NOT NULL,
    edition text COLLATE "C" NOT NULL,
    table_name text COLLATE "C" NOT NULL,
    kp_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    status text COLLATE "C" NOT NULL,
    begins date,
    ends date,
    cells jsonb NOT NULL,
    PRIMARY KEY (area, table_name, kp_id, version, edition)
);

SELECT set_config('citus.enable_unsafe_triggers', 'on', true);
CREATE TRIGGER knowledge_editions_stays BEFORE UPDATE OR DELETE ON knowledge_editions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER knowledge_rows_stays BEFORE UPDATE OR DELETE ON knowledge_rows
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
