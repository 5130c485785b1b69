-- Contributions from law to money: what employers and residents owe, what came in, what goes back.
-- Employers (参保单位); marks is what rules may ask about.
CREATE TABLE employers (
    area integer NOT NULL,
    employer text COLLATE "C" NOT NULL,
    name text NOT NULL,
    kind text COLLATE "C" NOT NULL,
    marks jsonb NOT NULL,
    county integer NOT NULL,
    state text COLLATE "C" NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, employer)
);
CREATE INDEX employers_by_name ON employers (area, name);

-- Who is on an employer's list, over a span of days (在册职工).
CREATE TABLE employer_staff (
    area integer NOT NULL,
    employer text COLLATE "C" NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    category text NOT NULL,
    PRIMARY KEY (area, employer, person_no, starts_on)
);
CREATE INDEX employer_staff_by_person ON employer_staff (area, person_no);

-- Wages as declared (工资申报), each from a fee month on until the next. Only added to.
CREATE TABLE wage_declarations (
    area integer NOT NULL,
    employer text COLLATE "C" NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    from_month text COLLATE "C" NOT NULL,
    declared_at timestamp NOT NULL,
    wage_fen bigint NOT NULL,
    declared_by text NOT NULL,
    source text NOT NULL,
    PRIMARY KEY (area, employer, person_no, from_month, declared_at)
);

-- An employer's month as assessed (单位月核定). Only added to; the highest version counts.
CREATE TABLE employer_months (
    area integer NOT NULL,
    employer text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    persons bigint NOT NULL,
    base_fen bigint NOT NULL,
    employer_fen bigint NOT NULL,
    person_fen bigint NOT NULL,
    due_on date,
    problems jsonb NOT NULL,
    edition text NOT NULL,
    assessed_at timestamp NOT NULL,
    assessed_by text NOT NULL,
    PRIMARY KEY (area, employer, month, version)
);
CREATE INDEX employer_months_by_month ON employer_months (area, month, employer);

-- Each person's part of it with its explanation (职工月核定).
CREATE TABLE employer_month_lines (
    area integer NOT NULL,
    employer text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    wage_fen bigint NOT NULL,
    base_fen bigint NOT NULL,
    employer_fen bigint NOT NULL,
    person_fen bigint NOT NULL,
    trace jsonb NOT NULL,
    PRIMARY KEY (area, employer, month, version, person_no)
);
CREATE INDEX employer_month_lines_by_person ON employer_month_lines (area, person_no, month);

-- A resident's year as assessed (居民年度核定). Only added to; the highest version counts.
CREATE TABLE resident_premiums (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    year bigint NOT NULL,
    version bigint NOT NULL,
    tier text NOT NULL,
    enrolled_on date NOT NULL,
    own_fen bigint NOT NULL,
    late_fen bigint NOT NULL,
    subsidy_fen bigint NOT NULL,
    subsidy_fund text NOT NULL,
    subsidy_title text NOT NULL,
    public_fen bigint NOT NULL,
    due_fen bigint NOT NULL,
    due_on date NOT NULL,
    trace jsonb NOT NULL,
    edition text NOT NULL,
    assessed_at timestamp NOT NULL,
    assessed_by text NOT NULL,
    PRIMARY KEY (area, person_no, year, version)
);
CREATE INDEX resident_premiums_by_year ON resident_premiums (area, year);

-- Files of receipts from the tax side (到账文件), known by the hash of their bytes.
CREATE TABLE receipt_files (
    area integer NOT NULL,
    file text COLLATE "C" NOT NULL,
    name text NOT NULL,
    number text NOT NULL,
    lines bigint NOT NULL,
    total_fen bigint NOT NULL,
    unreadable bigint NOT NULL,
    imported_at timestamp NOT NULL,
    imported_by text NOT NULL,
    PRIMARY KEY (area, file)
);

-- Their lines (到账明细); the left columns are what no period has taken.
CREATE TABLE receipt_lines (
    area integer NOT NULL,
    file text COLLATE "C" NOT NULL,
    line_no bigint NOT NULL,
    owner_kind text NOT NULL,
    owner text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    employer_fen bigint NOT NULL,
    person_fen bigint NOT NULL,
    late_fee_fen bigint NOT NULL,
    paid_on date NOT NULL,
    voucher text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    note text NOT NULL,
    left_employer_fen bigint NOT NULL,
    left_person_fen bigint NOT NULL,
    PRIMARY KEY (area, file, line_no)
);
CREATE INDEX receipt_lines_by_voucher ON receipt_lines (area, voucher);
CREATE INDEX receipt_lines_by_owner ON receipt_lines (area, owner);

-- Money counted towards a period (到账分配), negative where it is taken away. Only added to.
CREATE TABLE contribution_allocations (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    allocation text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    employer_fen bigint NOT NULL,
    person_fen bigint NOT NULL,
    late_fee_fen bigint NOT NULL,
    file text NOT NULL,
    line_no bigint NOT NULL,
    paid_on date NOT NULL,
    made_at timestamp NOT NULL,
    made_by text NOT NULL,
    PRIMARY KEY (area, owner, period, allocation)
);

-- Late fees that came due because money came late (滞纳金). Only added to.
CREATE TABLE contribution_late_fees (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    item text COLLATE "C" NOT NULL,
    due_on date NOT NULL,
    paid_on date NOT NULL,
    days bigint NOT NULL,
    arrears_fen bigint NOT NULL,
    fee_fen bigint NOT NULL,
    made_at timestamp NOT NULL,
    PRIMARY KEY (area, owner, period, item)
);

-- Refunds (退费): proposed by one, decided by another, then paid.
CREATE TABLE contribution_refunds (
    area integer NOT NULL,
    refund text COLLATE "C" NOT NULL,
    owner_kind text NOT NULL,
    owner text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    reason text NOT NULL,
    employer_fen bigint NOT NULL,
    person_fen bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    file text NOT NULL,
    line_no bigint NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamp NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamp,
    paid_at timestamp,
    note text NOT NULL,
    PRIMARY KEY (area, refund)
);
CREATE INDEX contribution_refunds_by_owner ON contribution_refunds (area, owner);

-- Periods a person's contribution is paid for (已缴所属期), from which cover is made.
CREATE TABLE paid_periods (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    scheme text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    owner text COLLATE "C" NOT NULL,
    paid_on date NOT NULL,
    noted_at timestamp NOT NULL,
    registered boolean NOT NULL,
    PRIMARY KEY (area, person_no, scheme, period, owner)
);

-- One narrow row per owner of contributions; its version rises with every change.
CREATE TABLE contribution_heads (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (area, owner)
);

-- The ledger of contributions, by who owes them. Only added to.
CREATE TABLE contribution_transfers (
    area integer NOT NULL,
    owner text COLLATE "C" NOT NULL,
    batch_id text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    book text COLLATE "C" NOT NULL,
    debit text COLLATE "C" NOT NULL,
    debit_holder text COLLATE "C" NOT NULL,
    credit text COLLATE "C" NOT NULL,
    credit_holder text COLLATE "C" NOT NULL,
    amount_fen bigint NOT NULL,
    reason text NOT NULL,
    reference text NOT NULL,
    posted_on date NOT NULL,
    reverses text NOT NULL,
    PRIMARY KEY (area, owner, batch_id, sequence),
    CHECK (amount_fen > 0)
);

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
SELECT set_config('citus.enable_unsafe_triggers', 'on', true);
CREATE TRIGGER wage_declarations_stays BEFORE UPDATE OR DELETE ON wage_declarations
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER employer_months_stays BEFORE UPDATE OR DELETE ON employer_months
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER employer_month_lines_stays BEFORE UPDATE OR DELETE ON employer_month_lines
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER resident_premiums_stays BEFORE UPDATE OR DELETE ON resident_premiums
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contribution_allocations_stays BEFORE UPDATE OR DELETE ON contribution_allocations
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contribution_late_fees_stays BEFORE UPDATE OR DELETE ON contribution_late_fees
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contribution_transfers_stays BEFORE UPDATE OR DELETE ON contribution_transfers
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
