-- Suppliers paid for institutions, advances, assessments; yearly targets and talks about them.
-- An invoice or credit note of a supplier, brought by the purchasing platform (供应商发票).
CREATE TABLE supplier_invoices (
    area integer NOT NULL,
    institution text COLLATE "C" NOT NULL,
    invoice text COLLATE "C" NOT NULL,
    supplier text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    original text COLLATE "C" NOT NULL,
    invoice_no text COLLATE "C" NOT NULL,
    order_no text COLLATE "C" NOT NULL,
    amount_fen bigint NOT NULL,
    accepted_on date NOT NULL,
    submitted_on date NOT NULL,
    confirm_by date NOT NULL,
    state text COLLATE "C" NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamp,
    note text NOT NULL,
    PRIMARY KEY (area, institution, invoice)
);
CREATE INDEX supplier_invoices_by_state ON supplier_invoices (area, state, institution);
CREATE INDEX supplier_invoices_by_original ON supplier_invoices (area, original);
CREATE INDEX supplier_invoices_by_number ON supplier_invoices (area, supplier, invoice_no);

-- A batch of invoices to be paid out of a month's settlements (代结算批次).
CREATE TABLE netting_batches (
    area integer NOT NULL,
    batch text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    mode text NOT NULL,
    state text COLLATE "C" NOT NULL,
    invoices bigint NOT NULL,
    total_fen bigint NOT NULL,
    made_by text NOT NULL,
    made_at timestamp NOT NULL,
    checked_by text NOT NULL,
    checked_at timestamp,
    trace jsonb NOT NULL,
    PRIMARY KEY (area, batch)
);

-- What a batch pays of an invoice from a book; below zero where it takes back (批次明细).
CREATE TABLE netting_lines (
    area integer NOT NULL,
    batch text COLLATE "C" NOT NULL,
    line_no bigint NOT NULL,
    institution text COLLATE "C" NOT NULL,
    supplier text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    invoice text COLLATE "C" NOT NULL,
    amount_fen bigint NOT NULL,
    order_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (area, batch, line_no)
);
CREATE INDEX netting_lines_by_invoice ON netting_lines (area, invoice);
CREATE INDEX netting_lines_by_order ON netting_lines (area, order_id);

-- By how much an institution's settlement in a book falls (机构抵扣).
CREATE TABLE netting_offsets (
    area integer NOT NULL,
    batch text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    due_fen bigint NOT NULL,
    offset_fen bigint NOT NULL,
    shortfall_fen bigint NOT NULL,
    PRIMARY KEY (area, batch, institution, book)
);

-- Money advanced to an institution (预付金).
CREATE TABLE provider_advances (
    area integer NOT NULL,
    advance text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    institution text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    year bigint NOT NULL,
    amount_fen bigint NOT NULL,
    returned_fen bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    document text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp NOT NULL,
    checked_by text NOT NULL,
    checked_at timestamp,
    trace jsonb NOT NULL,
    PRIMARY KEY (area, advance)
);
CREATE INDEX provider_advances_by_institution ON provider_advances (area, institution, year);

-- A part in which an advance comes back (分期冲抵).
CREATE TABLE advance_parts (
    area integer NOT NULL,
    advance text COLLATE "C" NOT NULL,
    part bigint NOT NULL,
    month text COLLATE "C" NOT NULL,
    amount_fen bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    PRIMARY KEY (area, advance, part)
);
CREATE INDEX advance_parts_by_month ON advance_parts (area, month, state);

-- An institution's yearly assessment and what it returns (年度考核).
CREATE TABLE provider_assessments (
    area integer NOT NULL,
    assessment text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    year bigint NOT NULL,
    score text NOT NULL,
    state text COLLATE "C" NOT NULL,
    document text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp NOT NULL,
    checked_by text NOT NULL,
    checked_at timestamp,
    PRIMARY KEY (area, assessment)
);
CREATE INDEX provider_assessments_by_institution ON provider_assessments (area, institution, year);

-- What an assessment gives back in a book (考核返还).
CREATE TABLE assessment_returns (
    area integer NOT NULL,
    assessment text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    retained_fen bigint NOT NULL,
    returned_fen bigint NOT NULL,
    sentence text NOT NULL,
    PRIMARY KEY (area, assessment, book)
);

-- A round of negotiation about an institution's yearly target in a book (预算指标协商).
CREATE TABLE budget_targets (
    area integer NOT NULL,
    institution text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    year bigint NOT NULL,
    version bigint NOT NULL,
    amount_fen bigint NOT NULL,
    asked_fen bigint NOT NULL,
    offered_fen bigint NOT NULL,
    quotas jsonb NOT NULL,
    season text NOT NULL,
    state text COLLATE "C" NOT NULL,
    note text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp NOT NULL,
    checked_by text NOT NULL,
    checked_at timestamp,
    PRIMARY KEY (area, institution, book, year, version)
);
CREATE INDEX budget_targets_by_year ON budget_targets (area, year, state);

-- A talk with an institution about spending beyond its quotas (约谈记录).
CREATE TABLE budget_interviews (
    area integer NOT NULL,
    interview text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    through_month text COLLATE "C" NOT NULL,
    actual_fen bigint NOT NULL,
    quota_fen bigint NOT NULL,
    progress text NOT NULL,
    warning text NOT NULL,
    causes text NOT NULL,
    remedies text NOT NULL,
    deadline date NOT NULL,
    follow_up_month text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    result text NOT NULL,
    progress_after text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp NOT NULL,
    closed_by text NOT NULL,
    closed_at timestamp,
    PRIMARY KEY (area, interview)
);
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
SELECT set_config('citus.enable_unsafe_triggers', 'on', true);
CREATE TRIGGER netting_lines_stays BEFORE UPDATE OR DELETE ON netting_lines
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER netting_offsets_stays BEFORE UPDATE OR DELETE ON netting_offsets
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assessment_returns_stays BEFORE UPDATE OR DELETE ON assessment_returns
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
