-- What happened to an edition of the audit's knowledge (知识库版本): proposed by one person, then
-- approved or rejected by another.
CREATE TABLE knowledge_editions (
    area INTEGER NOT NULL,
    edition TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    state TEXT NOT NULL,
    by_user TEXT NOT NULL,
    at TEXT NOT NULL,
    note TEXT NOT NULL,
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (area, edition, sequence)
) STRICT, WITHOUT ROWID;

-- One version of a knowledge row (知识行) as an edition brought it; it speaks once the edition is
-- approved, and is never changed.
CREATE TABLE knowledge_rows (
    area INTEGER NOT NULL,
    edition TEXT NOT NULL,
    table_name TEXT NOT NULL,
    kp_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    begins TEXT,
    ends TEXT,
    cells TEXT NOT NULL,
    PRIMARY KEY (area, table_name, kp_id, version, edition)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER knowledge_editions_no_update BEFORE UPDATE ON knowledge_editions
BEGIN
    SELECT RAISE(ABORT, 'knowledge_editions is append-only');
END;
CREATE TRIGGER knowledge_editions_no_delete BEFORE DELETE ON knowledge_editions
BEGIN
    SELECT RAISE(ABORT, 'knowledge_editions is append-only');
END;
CREATE TRIGGER knowledge_rows_no_update BEFORE UPDATE ON knowledge_rows
BEGIN
    SELECT RAISE(ABORT, 'knowledge_rows is append-only');
END;
CREATE TRIGGER knowledge_rows_no_delete BEFORE DELETE ON knowledge_rows
BEGIN
    SELECT RAISE(ABORT, 'knowledge_rows is append-only');
END;
