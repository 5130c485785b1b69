-- Clearing and payment: what institutions are owed for a month, and how they get it.
-- An institution's month in one book (清算单). The number is made from month, institution and book, so
-- there is one of each. lines is what adds up to due_fen; snapshot is the hash of bills and lines.
CREATE TABLE clearing_statements (
    area integer NOT NULL,
    statement_id text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    bills bigint NOT NULL,
    funds_fen bigint NOT NULL,
    account_fen bigint NOT NULL,
    adjusted_fen bigint NOT NULL,
    due_fen bigint NOT NULL,
    snapshot text COLLATE "C" NOT NULL,
    lines jsonb NOT NULL,
    built_by text NOT NULL,
    built_at timestamp NOT NULL,
    published_by text NOT NULL,
    published_at timestamp,
    respond_by date,
    pay_by date,
    applied_on date,
    approved_by text NOT NULL,
    approved_at timestamp,
    PRIMARY KEY (area, statement_id)
);
CREATE INDEX clearing_statements_by_month ON clearing_statements (area, month, institution, book);
CREATE INDEX clearing_statements_by_institution ON clearing_statements (area, institution, month);

-- Which settlement is in which statement (清算明细): each once per book, over all months. Amounts are
-- what the funds of the book and personal accounts owe the institution; below zero for a reversal.
CREATE TABLE clearing_bills (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    statement_id text COLLATE "C" NOT NULL,
    class text COLLATE "C" NOT NULL,
    funds_fen bigint NOT NULL,
    account_fen bigint NOT NULL,
    PRIMARY KEY (area, person_no, settlement_id, book)
);
CREATE INDEX clearing_bills_by_statement ON clearing_bills (area, statement_id, settlement_id);

-- Whatever else changes what an institution gets (清算调整); signed, below zero takes money from it.
CREATE TABLE clearing_adjustments (
    area integer NOT NULL,
    adjustment_id text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    class text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    amount_fen bigint NOT NULL,
    first_month text COLLATE "C" NOT NULL,
    document text NOT NULL,
    text text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp NOT NULL,
    state text COLLATE "C" NOT NULL,
    statement_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (area, adjustment_id)
);
CREATE INDEX clearing_adjustments_by_institution ON clearing_adjustments (area, institution, state);
CREATE INDEX clearing_adjustments_by_statement ON clearing_adjustments (area, statement_id);

-- What became of a statement, step by step (办理过程), with the statement as it stood then.
CREATE TABLE clearing_events (
    area integer NOT NULL,
    statement_id text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    event text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    by_name text NOT NULL,
    at timestamp NOT NULL,
    note text NOT NULL,
    snapshot text COLLATE "C" NOT NULL,
    statement jsonb NOT NULL,
    PRIMARY KEY (area, statement_id, sequence)
);

-- What an institution objects to, and the answer (异议与答复).
CREATE TABLE clearing_objections (
    area integer NOT NULL,
    statement_id text COLLATE "C" NOT NULL,
    objection_no bigint NOT NULL,
    version bigint NOT NULL,
    settlements jsonb NOT NULL,
    text text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp NOT NULL,
    state text COLLATE "C" NOT NULL,
    answer text NOT NULL,
    answered_by text NOT NULL,
    answered_at timestamp,
    PRIMARY KEY (area, statement_id, objection_no)
);

-- Applications of institutions for clearing (清算申请), with our own totals beside theirs.
CREATE TABLE clearing_applications (
    area integer NOT NULL,
    application_id text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    class text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    message text COLLATE "C" NOT NULL,
    totals jsonb NOT NULL,
    own jsonb NOT NULL,
    applied_by text NOT NULL,
    applied_at timestamp NOT NULL,
    ended_at timestamp,
    PRIMARY KEY (area, application_id)
);
CREATE INDEX clearing_applications_by_institution
    ON clearing_applications (area, institution, month);

-- Accounts that money is paid to (收款账户); the highest version counts.
CREATE TABLE payees (
    area integer NOT NULL,
    payee text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    bank text NOT NULL,
    account text NOT NULL,
    document text NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamp NOT NULL,
    PRIMARY KEY (area, payee, version)
);

-- Payment orders (支付凭单), each of one book and one payee. source says what is paid: a
-- statement, or a batch of a supplier.
CREATE TABLE payment_orders (
    area integer NOT NULL,
    order_id text COLLATE "C" NOT NULL,
    source_kind text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    payee text COLLATE "C" NOT NULL,
    payee_name text NOT NULL,
    bank text NOT NULL,
    account text NOT NULL,
    amount_fen bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    reissues text COLLATE "C" NOT NULL,
    file text COLLATE "C" NOT NULL,
    line_no bigint NOT NULL,
    made_by text NOT NULL,
    made_at timestamp NOT NULL,
    paid_on date,
    bank_reference text NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (area, order_id)
);
CREATE INDEX payment_orders_by_source ON payment_orders (area, source);
CREATE INDEX payment_orders_by_file ON payment_orders (area, file, line_no);
CREATE INDEX payment_orders_by_month ON payment_orders (area, month, state);

-- Files of orders handed to the bank (银行付款文件), one book each.
CREATE TABLE bank_files (
    area integer NOT NULL,
    file text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    lines bigint NOT NULL,
    total_fen bigint NOT NULL,
    hash text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    made_by text NOT NULL,
    made_at timestamp NOT NULL,
    PRIMARY KEY (area, file)
);
CREATE INDEX bank_files_by_month ON bank_files (area, month);

-- Files the bank answers with (银行回单文件), known by the hash of their bytes.
CREATE TABLE bank_receipts (
    area integer NOT NULL,
    receipt text COLLATE "C" NOT NULL,
    name text NOT NULL,
    file text COLLATE "C" NOT NULL,
    lines bigint NOT NULL,
    total_fen bigint NOT NULL,
    paid_fen bigint NOT NULL,
    returned_fen bigint NOT NULL,
    imported_by text NOT NULL,
    imported_at timestamp NOT NULL,
    PRIMARY KEY (area, receipt)
);
CREATE INDEX bank_receipts_by_file ON bank_receipts (area, file);

-- Their lines (回单明细).
CREATE TABLE bank_receipt_lines (
    area integer NOT NULL,
    receipt text COLLATE "C" NOT NULL,
    line_no bigint NOT NULL,
    order_id text COLLATE "C" NOT NULL,
    amount_fen bigint NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    settled_on date NOT NULL,
    bank_reference text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (area, receipt, line_no)
);
CREATE INDEX bank_receipt_lines_by_order ON bank_receipt_lines (area, order_id);

-- One narrow row per subject of which only one change may be made at a time: a month being built.
CREATE TABLE clearing_heads (
    area integer NOT NULL,
    subject text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (area, subject)
);

-- The ledger of clearing and payment, by whom the money goes to. Only added to.
CREATE TABLE clearing_transfers (
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
    reason text COLLATE "C" NOT NULL,
    reference text COLLATE "C" NOT NULL,
    posted_on date NOT NULL,
    reverses text COLLATE "C" NOT NULL,
    PRIMARY KEY (area, owner, batch_id, sequence),
    CHECK (amount_fen > 0)
);
CREATE INDEX clearing_transfers_by_reference ON clearing_transfers (area, reference);

-- Every transfer of every fund, whoever it is kept by (总账).
CREATE VIEW fund_transfers AS
  SELECT area, book COLLATE "C" AS book,
  batch_id COLLATE "C" AS batch_id, debit COLLATE "C" AS debit,
  debit_holder COLLATE "C" AS debit_holder, credit COLLATE "C" AS credit,
  credit_holder COLLATE "C" AS credit_holder, amount_fen,
  reason COLLATE "C" AS reason, reference COLLATE "C" AS reference,
  posted_on
  FROM ledger_transfers
  UNION ALL
  SELECT area, book COLLATE "C" AS book,
  batch_id COLLATE "C" AS batch_id, debit COLLATE "C" AS debit,
  debit_holder COLLATE "C" AS debit_holder, credit COLLATE "C" AS credit,
  credit_holder COLLATE "C" AS credit_holder, amount_fen,
  reason COLLATE "C" AS reason, reference COLLATE "C" AS reference,
  posted_on
  FROM contribution_transfers
  UNION ALL
  SELECT area, book COLLATE "C" AS book,
  batch_id COLLATE "C" AS batch_id, debit COLLATE "C" AS debit,
  debit_holder COLLATE "C" AS debit_holder, credit COLLATE "C" AS credit,
  credit_holder COLLATE "C" AS credit_holder, amount_fen,
  reason COLLATE "C" AS reason, reference COLLATE "C" AS reference,
  posted_on
  FROM clearing_transfers;

-- What is recorded stays recorded.
SELECT set_config('citus.enable_unsafe_triggers', 'on', true);
CREATE TRIGGER clearing_bills_stays BEFORE UPDATE OR DELETE ON clearing_bills
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clearing_events_stays BEFORE UPDATE OR DELETE ON clearing_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payees_stays BEFORE UPDATE OR DELETE ON payees
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bank_receipts_stays BEFORE UPDATE OR DELETE ON bank_receipts
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bank_receipt_lines_stays BEFORE UPDATE OR DELETE ON bank_receipt_lines
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clearing_transfers_stays BEFORE UPDATE OR DELETE ON clearing_transfers
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
