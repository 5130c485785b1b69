-- Suppliers paid for institutions, advances, assessments; yearly targets and talks about them.
-- An invoice or credit note of a supplier, brought by the purchasing platform (供应商发票).
CREATE TABLE supplier_invoices (
    area INTEGER NOT NULL,
    institution TEXT NOT NULL,
    invoice TEXT NOT NULL,
    supplier TEXT NOT NULL,
    kind TEXT NOT NULL,
    original TEXT NOT NULL,
    invoice_no TEXT NOT NULL,
    order_no TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    accepted_on TEXT NOT NULL,
    submitted_on TEXT NOT NULL,
    confirm_by TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT,
    note TEXT NOT NULL,
    PRIMARY KEY (area, institution, invoice)
) STRICT, WITHOUT ROWID;
CREATE INDEX supplier_invoices_by_state ON supplier_invoices (area, state, institution);
CREATE INDEX supplier_invoices_by_original ON supplier_invoices (area, original);
CREATE INDEX supplier_invoices_by_number ON supplier_invoices (area, supplier, invoice_no);

-- A batch of invoices to be paid out of a month's settlements (代结算批次).
CREATE TABLE netting_batches (
    area INTEGER NOT NULL,
    batch TEXT NOT NULL,
    month TEXT NOT NULL,
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    invoices INTEGER NOT NULL,
    total_fen INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    checked_at TEXT,
    trace TEXT NOT NULL,
    PRIMARY KEY (area, batch)
) STRICT, WITHOUT ROWID;

-- What a batch pays of an invoice from a book; below zero where it takes back (批次明细).
CREATE TABLE netting_lines (
    area INTEGER NOT NULL,
    batch TEXT NOT NULL,
    line_no INTEGER NOT NULL,
    institution TEXT NOT NULL,
    supplier TEXT NOT NULL,
    book TEXT NOT NULL,
    invoice TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    PRIMARY KEY (area, batch, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX netting_lines_by_invoice ON netting_lines (area, invoice);
CREATE INDEX netting_lines_by_order ON netting_lines (area, order_id);

-- By how much an institution's settlement in a book falls (机构抵扣).
CREATE TABLE netting_offsets (
    area INTEGER NOT NULL,
    batch TEXT NOT NULL,
    institution TEXT NOT NULL,
    book TEXT NOT NULL,
    due_fen INTEGER NOT NULL,
    offset_fen INTEGER NOT NULL,
    shortfall_fen INTEGER NOT NULL,
    PRIMARY KEY (area, batch, institution, book)
) STRICT, WITHOUT ROWID;

-- Money advanced to an institution (预付金).
CREATE TABLE provider_advances (
    area INTEGER NOT NULL,
    advance TEXT NOT NULL,
    kind TEXT NOT NULL,
    institution TEXT NOT NULL,
    book TEXT NOT NULL,
    year INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    returned_fen INTEGER NOT NULL,
    state TEXT NOT NULL,
    document TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    checked_at TEXT,
    trace TEXT NOT NULL,
    PRIMARY KEY (area, advance)
) STRICT, WITHOUT ROWID;
CREATE INDEX provider_advances_by_institution ON provider_advances (area, institution, year);

-- A part in which an advance comes back (分期冲抵).
CREATE TABLE advance_parts (
    area INTEGER NOT NULL,
    advance TEXT NOT NULL,
    part INTEGER NOT NULL,
    month TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (area, advance, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX advance_parts_by_month ON advance_parts (area, month, state);

-- An institution's yearly assessment and what it returns (年度考核).
CREATE TABLE provider_assessments (
    area INTEGER NOT NULL,
    assessment TEXT NOT NULL,
    institution TEXT NOT NULL,
    year INTEGER NOT NULL,
    score TEXT NOT NULL,
    state TEXT NOT NULL,
    document TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    checked_at TEXT,
    PRIMARY KEY (area, assessment)
) STRICT, WITHOUT ROWID;
CREATE INDEX provider_assessments_by_institution ON provider_assessments (area, institution, year);

-- What an assessment gives back in a book (考核返还).
CREATE TABLE assessment_returns (
    area INTEGER NOT NULL,
    assessment TEXT NOT NULL,
    book TEXT NOT NULL,
    retained_fen INTEGER NOT NULL,
    returned_fen INTEGER NOT NULL,
    sentence TEXT NOT NULL,
    PRIMARY KEY (area, assessment, book)
) STRICT, WITHOUT ROWID;

-- A round of negotiation about an institution's yearly target in a book (预算指标协商).
CREATE TABLE budget_targets (
    area INTEGER NOT NULL,
    institution TEXT NOT NULL,
    book TEXT NOT NULL,
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    asked_fen INTEGER NOT NULL,
    offered_fen INTEGER NOT NULL,
    quotas TEXT NOT NULL,
    season TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    checked_at TEXT,
    PRIMARY KEY (area, institution, book, year, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX budget_targets_by_year ON budget_targets (area, year, state);

-- A talk with an institution about spending beyond its quotas (约谈记录).
CREATE TABLE budget_interviews (
    area INTEGER NOT NULL,
    interview TEXT NOT NULL,
    institution TEXT NOT NULL,
    book TEXT NOT NULL,
    through_month TEXT NOT NULL,
    actual_fen INTEGER NOT NULL,
    quota_fen INTEGER NOT NULL,
    progress TEXT NOT NULL,
    warning TEXT NOT NULL,
    causes TEXT NOT NULL,
    remedies TEXT NOT NULL,
    deadline TEXT NOT NULL,
    follow_up_month TEXT NOT NULL,
    state TEXT NOT NULL,
    result TEXT NOT NULL,
    progress_after TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    closed_by TEXT NOT NULL,
    closed_at TEXT,
    PRIMARY KEY (area, interview)
) STRICT, WITHOUT ROWID;
CREATE INDEX budget_interviews_by_institution ON budget_interviews (area, institution, made_at);

-- What is still to be paid of each confirmed invoice, credit notes and batches counted in (应付发票).
CREATE VIEW supplier_claims AS
  SELECT i.area AS area, i.institution AS institution, i.invoice AS invoice,
    i.supplier AS supplier, i.accepted_on AS accepted_on,
    i.amount_fen
      - (SELECT CAST(COALESCE(SUM(c.amount_fen), 0) AS bigint) FROM supplier_invoices c
        WHERE c.area = i.area AND c.original = i.invoice AND c.state = 'confirmed')
      - (SELECT CAST(COALESCE(SUM(l.amount_fen), 0) AS bigint) FROM netting_lines l
        JOIN netting_batches b ON b.area = l.area AND b.batch = l.batch
        WHERE l.area = i.area AND l.invoice = i.invoice AND b.state <> 'cancelled')
      AS remaining_fen
  FROM supplier_invoices i
  WHERE i.kind = 'invoice' AND i.state = 'confirmed';

-- What is recorded stays recorded.
CREATE TRIGGER netting_lines_no_update BEFORE UPDATE ON netting_lines
BEGIN
    SELECT RAISE(ABORT, 'netting_lines is append-only');
END;
CREATE TRIGGER netting_lines_no_delete BEFORE DELETE ON netting_lines
BEGIN
    SELECT RAISE(ABORT, 'netting_lines is append-only');
END;
CREATE TRIGGER netting_offsets_no_update BEFORE UPDATE ON netting_offsets
BEGIN
    SELECT RAISE(ABORT, 'netting_offsets is append-only');
END;
CREATE TRIGGER netting_offsets_no_delete BEFORE DELETE ON netting_offsets
BEGIN
    SELECT RAISE(ABORT, 'netting_offsets is append-only');
END;
CREATE TRIGGER assessment_returns_no_update BEFORE UPDATE ON assessment_returns
BEGIN
    SELECT RAISE(ABORT, 'assessment_returns is append-only');
END;
CREATE TRIGGER assessment_returns_no_delete BEFORE DELETE ON assessment_returns
BEGIN
    SELECT RAISE(ABORT, 'assessment_returns is append-only');
END;
