-- Contributions from law to money: what employers and residents owe, what came in, what goes back.
-- Employers (参保单位); marks is what rules may ask about.
CREATE TABLE employers (
    area INTEGER NOT NULL,
    employer TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    marks TEXT NOT NULL,
    county INTEGER NOT NULL,
    state TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, employer)
) STRICT, WITHOUT ROWID;
CREATE INDEX employers_by_name ON employers (area, name);

-- Who is on an employer's list, over a span of days (在册职工).
CREATE TABLE employer_staff (
    area INTEGER NOT NULL,
    employer TEXT NOT NULL,
    person_no TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    category TEXT NOT NULL,
    PRIMARY KEY (area, employer, person_no, starts_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX employer_staff_by_person ON employer_staff (area, person_no);

-- Wages as declared (工资申报), each from a fee month on until the next. Only added to.
CREATE TABLE wage_declarations (
    area INTEGER NOT NULL,
    employer TEXT NOT NULL,
    person_no TEXT NOT NULL,
    from_month TEXT NOT NULL,
    declared_at TEXT NOT NULL,
    wage_fen INTEGER NOT NULL,
    declared_by TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (area, employer, person_no, from_month, declared_at)
) STRICT, WITHOUT ROWID;

-- An employer's month as assessed (单位月核定). Only added to; the highest version counts.
CREATE TABLE employer_months (
    area INTEGER NOT NULL,
    employer TEXT NOT NULL,
    month TEXT NOT NULL,
    version INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    base_fen INTEGER NOT NULL,
    employer_fen INTEGER NOT NULL,
    person_fen INTEGER NOT NULL,
    due_on TEXT,
    problems TEXT NOT NULL,
    edition TEXT NOT NULL,
    assessed_at TEXT NOT NULL,
    assessed_by TEXT NOT NULL,
    PRIMARY KEY (area, employer, month, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX employer_months_by_month ON employer_months (area, month, employer);

-- Each person's part of it with its explanation (职工月核定).
CREATE TABLE employer_month_lines (
    area INTEGER NOT NULL,
    employer TEXT NOT NULL,
    month TEXT NOT NULL,
    version INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    wage_fen INTEGER NOT NULL,
    base_fen INTEGER NOT NULL,
    employer_fen INTEGER NOT NULL,
    person_fen INTEGER NOT NULL,
    trace TEXT NOT NULL,
    PRIMARY KEY (area, employer, month, version, person_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX employer_month_lines_by_person ON employer_month_lines (area, person_no, month);

-- A resident's year as assessed (居民年度核定). Only added to; the highest version counts.
CREATE TABLE resident_premiums (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    tier TEXT NOT NULL,
    enrolled_on TEXT NOT NULL,
    own_fen INTEGER NOT NULL,
    late_fen INTEGER NOT NULL,
    subsidy_fen INTEGER NOT NULL,
    subsidy_fund TEXT NOT NULL,
    subsidy_title TEXT NOT NULL,
    public_fen INTEGER NOT NULL,
    due_fen INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    trace TEXT NOT NULL,
    edition TEXT NOT NULL,
    assessed_at TEXT NOT NULL,
    assessed_by TEXT NOT NULL,
    PRIMARY KEY (area, person_no, year, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX resident_premiums_by_year ON resident_premiums (area, year);

-- Files of receipts from the tax side (到账文件), known by the hash of their bytes.
CREATE TABLE receipt_files (
    area INTEGER NOT NULL,
    file TEXT NOT NULL,
    name TEXT NOT NULL,
    number TEXT NOT NULL,
    lines INTEGER NOT NULL,
    total_fen INTEGER NOT NULL,
    unreadable INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    imported_by TEXT NOT NULL,
    PRIMARY KEY (area, file)
) STRICT, WITHOUT ROWID;

-- Their lines (到账明细); the left columns are what no period has taken.
CREATE TABLE receipt_lines (
    area INTEGER NOT NULL,
    file TEXT NOT NULL,
    line_no INTEGER NOT NULL,
    owner_kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    period TEXT NOT NULL,
    employer_fen INTEGER NOT NULL,
    person_fen INTEGER NOT NULL,
    late_fee_fen INTEGER NOT NULL,
    paid_on TEXT NOT NULL,
    voucher TEXT NOT NULL,
    status TEXT NOT NULL,
    note TEXT NOT NULL,
    left_employer_fen INTEGER NOT NULL,
    left_person_fen INTEGER NOT NULL,
    PRIMARY KEY (area, file, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_lines_by_voucher ON receipt_lines (area, voucher);
CREATE INDEX receipt_lines_by_owner ON receipt_lines (area, owner);

-- Money counted towards a period (到账分配), negative where it is taken away. Only added to.
CREATE TABLE contribution_allocations (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    period TEXT NOT NULL,
    allocation TEXT NOT NULL,
    kind TEXT NOT NULL,
    employer_fen INTEGER NOT NULL,
    person_fen INTEGER NOT NULL,
    late_fee_fen INTEGER NOT NULL,
    file TEXT NOT NULL,
    line_no INTEGER NOT NULL,
    paid_on TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (area, owner, period, allocation)
) STRICT, WITHOUT ROWID;

-- Late fees that came due because money came late (滞纳金). Only added to.
CREATE TABLE contribution_late_fees (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    period TEXT NOT NULL,
    item TEXT NOT NULL,
    due_on TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    days INTEGER NOT NULL,
    arrears_fen INTEGER NOT NULL,
    fee_fen INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (area, owner, period, item)
) STRICT, WITHOUT ROWID;

-- Refunds (退费): proposed by one, decided by another, then paid.
CREATE TABLE contribution_refunds (
    area INTEGER NOT NULL,
    refund TEXT NOT NULL,
    owner_kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    period TEXT NOT NULL,
    reason TEXT NOT NULL,
    employer_fen INTEGER NOT NULL,
    person_fen INTEGER NOT NULL,
    state TEXT NOT NULL,
    file TEXT NOT NULL,
    line_no INTEGER NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT,
    paid_at TEXT,
    note TEXT NOT NULL,
    PRIMARY KEY (area, refund)
) STRICT, WITHOUT ROWID;
CREATE INDEX contribution_refunds_by_owner ON contribution_refunds (area, owner);

-- Periods a person's contribution is paid for (已缴所属期), from which cover is made.
CREATE TABLE paid_periods (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    scheme TEXT NOT NULL,
    period TEXT NOT NULL,
    owner TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    registered INTEGER NOT NULL,
    PRIMARY KEY (area, person_no, scheme, period, owner)
) STRICT, WITHOUT ROWID;

-- One narrow row per owner of contributions; its version rises with every change.
CREATE TABLE contribution_heads (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area, owner)
) STRICT, WITHOUT ROWID;

-- The ledger of contributions, by who owes them. Only added to.
CREATE TABLE contribution_transfers (
    area INTEGER NOT NULL,
    owner TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    book TEXT NOT NULL,
    debit TEXT NOT NULL,
    debit_holder TEXT NOT NULL,
    credit TEXT NOT NULL,
    credit_holder TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    reason TEXT NOT NULL,
    reference TEXT NOT NULL,
    posted_on TEXT NOT NULL,
    reverses TEXT NOT NULL,
    PRIMARY KEY (area, owner, batch_id, sequence),
    CHECK (amount_fen > 0)
) STRICT, WITHOUT ROWID;

-- What every owner owes for every period, what has come in for it, until when it is due (应缴与到账).
CREATE VIEW contribution_dues AS
  SELECT m.area AS area, m.employer AS owner, 'employer' AS owner_kind, m.month AS period,
    m.version AS version, m.due_on AS due_on,
    m.employer_fen AS owed_employer_fen, m.person_fen AS owed_person_fen,
    (SELECT CAST(COALESCE(SUM(a.employer_fen), 0) AS bigint) FROM contribution_allocations a
      WHERE a.area = m.area AND a.owner = m.employer AND a.period = m.month) AS paid_employer_fen,
    (SELECT CAST(COALESCE(SUM(a.person_fen), 0) AS bigint) FROM contribution_allocations a
      WHERE a.area = m.area AND a.owner = m.employer AND a.period = m.month) AS paid_person_fen
  FROM employer_months m
  WHERE m.version = (SELECT MAX(n.version) FROM employer_months n
    WHERE n.area = m.area AND n.employer = m.employer AND n.month = m.month)
  UNION ALL
  SELECT p.area, p.person_no, 'person', CAST(p.year AS text), p.version, p.due_on,
    CAST(0 AS bigint), p.due_fen, CAST(0 AS bigint),
    (SELECT CAST(COALESCE(SUM(a.person_fen), 0) AS bigint) FROM contribution_allocations a
      WHERE a.area = p.area AND a.owner = p.person_no AND a.period = CAST(p.year AS text))
  FROM resident_premiums p
  WHERE p.version = (SELECT MAX(q.version) FROM resident_premiums q
    WHERE q.area = p.area AND q.person_no = p.person_no AND q.year = p.year);

-- What is recorded stays recorded.
CREATE TRIGGER wage_declarations_no_update BEFORE UPDATE ON wage_declarations
BEGIN
    SELECT RAISE(ABORT, 'wage_declarations is append-only');
END;
CREATE TRIGGER wage_declarations_no_delete BEFORE DELETE ON wage_declarations
BEGIN
    SELECT RAISE(ABORT, 'wage_declarations is append-only');
END;
CREATE TRIGGER employer_months_no_update BEFORE UPDATE ON employer_months
BEGIN
    SELECT RAISE(ABORT, 'employer_months is append-only');
END;
CREATE TRIGGER employer_months_no_delete BEFORE DELETE ON employer_months
BEGIN
    SELECT RAISE(ABORT, 'employer_months is append-only');
END;
CREATE TRIGGER employer_month_lines_no_update BEFORE UPDATE ON employer_month_lines
BEGIN
    SELECT RAISE(ABORT, 'employer_month_lines is append-only');
END;
CREATE TRIGGER employer_month_lines_no_delete BEFORE DELETE ON employer_month_lines
BEGIN
    SELECT RAISE(ABORT, 'employer_month_lines is append-only');
END;
CREATE TRIGGER resident_premiums_no_update BEFORE UPDATE ON resident_premiums
BEGIN
    SELECT RAISE(ABORT, 'resident_premiums is append-only');
END;
CREATE TRIGGER resident_premiums_no_delete BEFORE DELETE ON resident_premiums
BEGIN
    SELECT RAISE(ABORT, 'resident_premiums is append-only');
END;
CREATE TRIGGER contribution_allocations_no_update BEFORE UPDATE ON contribution_allocations
BEGIN
    SELECT RAISE(ABORT, 'contribution_allocations is append-only');
END;
CREATE TRIGGER contribution_allocations_no_delete BEFORE DELETE ON contribution_allocations
BEGIN
    SELECT RAISE(ABORT, 'contribution_allocations is append-only');
END;
CREATE TRIGGER contribution_late_fees_no_update BEFORE UPDATE ON contribution_late_fees
BEGIN
    SELECT RAISE(ABORT, 'contribution_late_fees is append-only');
END;
CREATE TRIGGER contribution_late_fees_no_delete BEFORE DELETE ON contribution_late_fees
BEGIN
    SELECT RAISE(ABORT, 'contribution_late_fees is append-only');
END;
CREATE TRIGGER contribution_transfers_no_update BEFORE UPDATE ON contribution_transfers
BEGIN
    SELECT RAISE(ABORT, 'contribution_transfers is append-only');
END;
CREATE TRIGGER contribution_transfers_no_delete BEFORE DELETE ON contribution_transfers
BEGIN
    SELECT RAISE(ABORT, 'contribution_transfers is append-only');
END;
