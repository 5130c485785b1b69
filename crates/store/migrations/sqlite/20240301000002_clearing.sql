-- Clearing and payment: what institutions are owed for a month, and how they get it.
-- An institution's month in one book (清算单). The number is made from month, institution and book, so
-- there is one of each. lines is what adds up to due_fen; snapshot is the hash of bills and lines.
CREATE TABLE clearing_statements (
    area INTEGER NOT NULL,
    statement_id TEXT NOT NULL,
    month TEXT NOT NULL,
    institution TEXT NOT NULL,
    book TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    bills INTEGER NOT NULL,
    funds_fen INTEGER NOT NULL,
    account_fen INTEGER NOT NULL,
    adjusted_fen INTEGER NOT NULL,
    due_fen INTEGER NOT NULL,
    snapshot TEXT NOT NULL,
    lines TEXT NOT NULL,
    built_by TEXT NOT NULL,
    built_at TEXT NOT NULL,
    published_by TEXT NOT NULL,
    published_at TEXT,
    respond_by TEXT,
    pay_by TEXT,
    applied_on TEXT,
    approved_by TEXT NOT NULL,
    approved_at TEXT,
    PRIMARY KEY (area, statement_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX clearing_statements_by_month ON clearing_statements (area, month, institution, book);
CREATE INDEX clearing_statements_by_institution ON clearing_statements (area, institution, month);

-- Which settlement is in which statement (清算明细): each once per book, over all months. Amounts are
-- what the funds of the book and personal accounts owe the institution; below zero for a reversal.
CREATE TABLE clearing_bills (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    book TEXT NOT NULL,
    statement_id TEXT NOT NULL,
    class TEXT NOT NULL,
    funds_fen INTEGER NOT NULL,
    account_fen INTEGER NOT NULL,
    PRIMARY KEY (area, person_no, settlement_id, book)
) STRICT, WITHOUT ROWID;
CREATE INDEX clearing_bills_by_statement ON clearing_bills (area, statement_id, settlement_id);

-- Whatever else changes what an institution gets (清算调整); signed, below zero takes money from it.
CREATE TABLE clearing_adjustments (
    area INTEGER NOT NULL,
    adjustment_id TEXT NOT NULL,
    institution TEXT NOT NULL,
    book TEXT NOT NULL,
    class TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    first_month TEXT NOT NULL,
    document TEXT NOT NULL,
    text TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    state TEXT NOT NULL,
    statement_id TEXT NOT NULL,
    PRIMARY KEY (area, adjustment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX clearing_adjustments_by_institution ON clearing_adjustments (area, institution, state);
CREATE INDEX clearing_adjustments_by_statement ON clearing_adjustments (area, statement_id);

-- What became of a statement, step by step (办理过程), with the statement as it stood then.
CREATE TABLE clearing_events (
    area INTEGER NOT NULL,
    statement_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    event TEXT NOT NULL,
    version INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    at TEXT NOT NULL,
    note TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    statement TEXT NOT NULL,
    PRIMARY KEY (area, statement_id, sequence)
) STRICT, WITHOUT ROWID;

-- What an institution objects to, and the answer (异议与答复).
CREATE TABLE clearing_objections (
    area INTEGER NOT NULL,
    statement_id TEXT NOT NULL,
    objection_no INTEGER NOT NULL,
    version INTEGER NOT NULL,
    settlements TEXT NOT NULL,
    text TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    state TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at TEXT,
    PRIMARY KEY (area, statement_id, objection_no)
) STRICT, WITHOUT ROWID;

-- Applications of institutions for clearing (清算申请), with our own totals beside theirs.
CREATE TABLE clearing_applications (
    area INTEGER NOT NULL,
    application_id TEXT NOT NULL,
    institution TEXT NOT NULL,
    month TEXT NOT NULL,
    class TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT NOT NULL,
    totals TEXT NOT NULL,
    own TEXT NOT NULL,
    applied_by TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (area, application_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX clearing_applications_by_institution
    ON clearing_applications (area, institution, month);

-- Accounts that money is paid to (收款账户); the highest version counts.
CREATE TABLE payees (
    area INTEGER NOT NULL,
    payee TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    bank TEXT NOT NULL,
    account TEXT NOT NULL,
    document TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (area, payee, version)
) STRICT, WITHOUT ROWID;

-- Payment orders (支付凭单), each of one book and one payee. source says what is paid: a
-- statement, or a batch of a supplier.
CREATE TABLE payment_orders (
    area INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    source TEXT NOT NULL,
    month TEXT NOT NULL,
    book TEXT NOT NULL,
    payee TEXT NOT NULL,
    payee_name TEXT NOT NULL,
    bank TEXT NOT NULL,
    account TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    state TEXT NOT NULL,
    reissues TEXT NOT NULL,
    file TEXT NOT NULL,
    line_no INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    paid_on TEXT,
    bank_reference TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (area, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_orders_by_source ON payment_orders (area, source);
CREATE INDEX payment_orders_by_file ON payment_orders (area, file, line_no);
CREATE INDEX payment_orders_by_month ON payment_orders (area, month, state);

-- Files of orders handed to the bank (银行付款文件), one book each.
CREATE TABLE bank_files (
    area INTEGER NOT NULL,
    file TEXT NOT NULL,
    book TEXT NOT NULL,
    month TEXT NOT NULL,
    lines INTEGER NOT NULL,
    total_fen INTEGER NOT NULL,
    hash TEXT NOT NULL,
    state TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (area, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX bank_files_by_month ON bank_files (area, month);

-- Files the bank answers with (银行回单文件), known by the hash of their bytes.
CREATE TABLE bank_receipts (
    area INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    name TEXT NOT NULL,
    file TEXT NOT NULL,
    lines INTEGER NOT NULL,
    total_fen INTEGER NOT NULL,
    paid_fen INTEGER NOT NULL,
    returned_fen INTEGER NOT NULL,
    imported_by TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    PRIMARY KEY (area, receipt)
) STRICT, WITHOUT ROWID;
CREATE INDEX bank_receipts_by_file ON bank_receipts (area, file);

-- Their lines (回单明细).
CREATE TABLE bank_receipt_lines (
    area INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    line_no INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    settled_on TEXT NOT NULL,
    bank_reference TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (area, receipt, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX bank_receipt_lines_by_order ON bank_receipt_lines (area, order_id);

-- One narrow row per subject of which only one change may be made at a time: a month being built.
CREATE TABLE clearing_heads (
    area INTEGER NOT NULL,
    subject TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area, subject)
) STRICT, WITHOUT ROWID;

-- The ledger of clearing and payment, by whom the money goes to. Only added to.
CREATE TABLE clearing_transfers (
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
CREATE INDEX clearing_transfers_by_reference ON clearing_transfers (area, reference);

-- Every transfer of every fund, whoever it is kept by (总账).
CREATE VIEW fund_transfers AS
  SELECT area, book, batch_id, debit, debit_holder, credit, credit_holder,
  amount_fen, reason, reference, posted_on
  FROM ledger_transfers
  UNION ALL
  SELECT area, book, batch_id, debit, debit_holder, credit, credit_holder,
  amount_fen, reason, reference, posted_on
  FROM contribution_transfers
  UNION ALL
  SELECT area, book, batch_id, debit, debit_holder, credit, credit_holder,
  amount_fen, reason, reference, posted_on
  FROM clearing_transfers;

-- What is recorded stays recorded.
CREATE TRIGGER clearing_bills_no_update BEFORE UPDATE ON clearing_bills
BEGIN
    SELECT RAISE(ABORT, 'clearing_bills is append-only');
END;
CREATE TRIGGER clearing_bills_no_delete BEFORE DELETE ON clearing_bills
BEGIN
    SELECT RAISE(ABORT, 'clearing_bills is append-only');
END;
CREATE TRIGGER clearing_events_no_update BEFORE UPDATE ON clearing_events
BEGIN
    SELECT RAISE(ABORT, 'clearing_events is append-only');
END;
CREATE TRIGGER clearing_events_no_delete BEFORE DELETE ON clearing_events
BEGIN
    SELECT RAISE(ABORT, 'clearing_events is append-only');
END;
CREATE TRIGGER payees_no_update BEFORE UPDATE ON payees
BEGIN
    SELECT RAISE(ABORT, 'payees is append-only');
END;
CREATE TRIGGER payees_no_delete BEFORE DELETE ON payees
BEGIN
    SELECT RAISE(ABORT, 'payees is append-only');
END;
CREATE TRIGGER bank_receipts_no_update BEFORE UPDATE ON bank_receipts
BEGIN
    SELECT RAISE(ABORT, 'bank_receipts is append-only');
END;
CREATE TRIGGER bank_receipts_no_delete BEFORE DELETE ON bank_receipts
BEGIN
    SELECT RAISE(ABORT, 'bank_receipts is append-only');
END;
CREATE TRIGGER bank_receipt_lines_no_update BEFORE UPDATE ON bank_receipt_lines
BEGIN
    SELECT RAISE(ABORT, 'bank_receipt_lines is append-only');
END;
CREATE TRIGGER bank_receipt_lines_no_delete BEFORE DELETE ON bank_receipt_lines
BEGIN
    SELECT RAISE(ABORT, 'bank_receipt_lines is append-only');
END;
CREATE TRIGGER clearing_transfers_no_update BEFORE UPDATE ON clearing_transfers
BEGIN
    SELECT RAISE(ABORT, 'clearing_transfers is append-only');
END;
CREATE TRIGGER clearing_transfers_no_delete BEFORE DELETE ON clearing_transfers
BEGIN
    SELECT RAISE(ABORT, 'clearing_transfers is append-only');
END;
