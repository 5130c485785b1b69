-- Keys compare byte by byte. No serial ids, no foreign keys. The pooling area leads every key; what
-- belongs to a person carries person_no next. Dates and times are ISO text. Narrow tables lie in
-- the order of their key (WITHOUT ROWID), so the rows of one person share pages.

-- Medical institutions (定点医药机构); keys holds the access keys of the interface.
CREATE TABLE institutions (
    area INTEGER NOT NULL,
    institution TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    grade TEXT NOT NULL,
    county INTEGER NOT NULL,
    keys TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, institution)
) STRICT;

-- Insured persons (参保人); marks holds identities with their dates.
CREATE TABLE persons (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    name TEXT NOT NULL,
    sex TEXT NOT NULL,
    birth TEXT NOT NULL,
    death TEXT,
    county INTEGER NOT NULL,
    marks TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, person_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX persons_by_name ON persons (area, name);

-- One narrow row per person whose version rises with every change that a bill could depend on.
CREATE TABLE person_heads (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area, person_no)
) STRICT, WITHOUT ROWID;

-- Identity document, card, credential → person. Not owned by the person: looked up without one.
CREATE TABLE person_identifiers (
    area INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    person_no TEXT NOT NULL,
    PRIMARY KEY (area, kind, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE coverage_periods (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    scheme TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    category TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    county INTEGER NOT NULL,
    employer TEXT NOT NULL,
    PRIMARY KEY (area, person_no, scheme, starts_on)
) STRICT, WITHOUT ROWID;

-- Personal accounts (个人账户). previous and version guard against a stale change.
CREATE TABLE accounts (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    balance INTEGER NOT NULL,
    previous INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area, person_no, kind),
    CHECK (version > 1 OR previous = 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_movements (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    before_fen INTEGER NOT NULL,
    delta_fen INTEGER NOT NULL,
    after_fen INTEGER NOT NULL,
    source TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    used_by TEXT NOT NULL,
    edition TEXT NOT NULL,
    moved_at TEXT NOT NULL,
    PRIMARY KEY (area, person_no, kind, version),
    CHECK (after_fen = before_fen + delta_fen)
) STRICT, WITHOUT ROWID;
-- A person's own movements are found by the key; only relatives' use needs another way.
CREATE INDEX account_movements_by_user ON account_movements (area, used_by, settlement_id)
    WHERE used_by <> person_no;

-- Whose account a member may use (家庭共济授权); owned by the member.
CREATE TABLE family_grants (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    sponsor TEXT NOT NULL,
    relation TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    PRIMARY KEY (area, person_no, sponsor)
) STRICT, WITHOUT ROWID;

-- Chronic and special diseases, separately paid drugs (慢特病认定、单独支付药品备案).
CREATE TABLE recognitions (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    name TEXT NOT NULL,
    institutions TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, person_no, kind, code, starts_on)
) STRICT, WITHOUT ROWID;

-- Treatment elsewhere, referral, designated institution, accident (备案).
CREATE TABLE registrations (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    registration_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    state TEXT NOT NULL,
    institution TEXT NOT NULL,
    destination TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, person_no, registration_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE visits (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    institution TEXT NOT NULL,
    kind TEXT NOT NULL,
    care_type TEXT NOT NULL,
    scheme TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    diagnoses TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, person_no, visit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_by_institution ON visits (area, institution, started_at);

-- Fee lines (费用明细). Amounts never change; only the status moves. withdrawn is empty until the
-- line is withdrawn and then names its upload: a number is taken once among lines not withdrawn,
-- and a withdrawn line can be sent again.
CREATE TABLE fee_lines (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    line_no TEXT NOT NULL,
    withdrawn TEXT NOT NULL,
    upload TEXT NOT NULL,
    charge_batch TEXT NOT NULL,
    status TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    item_code TEXT NOT NULL,
    local_code TEXT NOT NULL,
    price_micro INTEGER NOT NULL,
    quantity_micro INTEGER NOT NULL,
    total_fen INTEGER NOT NULL,
    self_paid_fen INTEGER NOT NULL,
    over_limit_fen INTEGER NOT NULL,
    prior_fen INTEGER NOT NULL,
    in_scope_fen INTEGER NOT NULL,
    charged_at TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, person_no, visit_id, line_no, withdrawn)
) STRICT, WITHOUT ROWID;

-- Settlements (结算), reversals among them with negative amounts. Ids rise with time.
CREATE TABLE settlements (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    original_id TEXT NOT NULL,
    reversed_by TEXT NOT NULL,
    institution TEXT NOT NULL,
    msgid TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    scheme TEXT NOT NULL,
    care_type TEXT NOT NULL,
    benefit_year INTEGER NOT NULL,
    edition TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    settled_at TEXT NOT NULL,
    total_fen INTEGER NOT NULL,
    self_paid_fen INTEGER NOT NULL,
    over_limit_fen INTEGER NOT NULL,
    prior_fen INTEGER NOT NULL,
    in_scope_fen INTEGER NOT NULL,
    fund_fen INTEGER NOT NULL,
    account_fen INTEGER NOT NULL,
    family_fen INTEGER NOT NULL,
    cash_fen INTEGER NOT NULL,
    other_fen INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (area, person_no, settlement_id)
) STRICT;
CREATE INDEX settlements_by_id ON settlements (area, settlement_id);
CREATE INDEX settlements_by_time ON settlements (area, settled_at, settlement_id);
CREATE INDEX settlements_by_institution ON settlements (area, institution, settled_at);

CREATE TABLE settlement_funds (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    fund TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    PRIMARY KEY (area, person_no, settlement_id, fund)
) STRICT, WITHOUT ROWID;

-- Benefit counters (累计): deductible used, fund paid, visits of the year. Fen or a plain count.
CREATE TABLE counters (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    scheme TEXT NOT NULL,
    counter TEXT NOT NULL,
    period TEXT NOT NULL,
    subject TEXT NOT NULL,
    year INTEGER NOT NULL,
    value INTEGER NOT NULL,
    previous INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area, person_no, scheme, counter, period, subject),
    CHECK (version > 1 OR previous = 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE counter_postings (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    scheme TEXT NOT NULL,
    counter TEXT NOT NULL,
    period TEXT NOT NULL,
    subject TEXT NOT NULL,
    version INTEGER NOT NULL,
    before_value INTEGER NOT NULL,
    delta INTEGER NOT NULL,
    after_value INTEGER NOT NULL,
    source TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    edition TEXT NOT NULL,
    PRIMARY KEY (area, person_no, scheme, counter, period, subject, version),
    CHECK (after_value = before_value + delta)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_transfers (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
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
    PRIMARY KEY (area, person_no, batch_id, sequence),
    CHECK (amount_fen > 0)
) STRICT, WITHOUT ROWID;

-- A message number is claimed once per institution, whoever the message is about. Written before
-- what is decided; on a cluster in a transaction of its own, because it lies on another node.
CREATE TABLE request_claims (
    area INTEGER NOT NULL,
    institution TEXT NOT NULL,
    msgid TEXT NOT NULL,
    person_no TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    blocked INTEGER NOT NULL,
    claimed_at TEXT NOT NULL,
    PRIMARY KEY (area, institution, msgid)
) STRICT, WITHOUT ROWID;

-- What was answered; written in one transaction with what was decided.
CREATE TABLE requests (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    institution TEXT NOT NULL,
    msgid TEXT NOT NULL,
    infno TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    reply BLOB NOT NULL,
    decided_at TEXT NOT NULL,
    PRIMARY KEY (area, person_no, institution, msgid)
) STRICT;

-- Who looked at or changed what (操作留痕). person_no is empty when no person was named.
CREATE TABLE access_log (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    log_id TEXT NOT NULL,
    at TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    institution TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    result TEXT NOT NULL,
    address TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, person_no, log_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX access_log_by_time ON access_log (area, at);

-- Sign-ins of institution operators (签到).
CREATE TABLE sign_ins (
    area INTEGER NOT NULL,
    sign_no TEXT NOT NULL,
    institution TEXT NOT NULL,
    operator TEXT NOT NULL,
    mac TEXT NOT NULL,
    ip TEXT NOT NULL,
    signed_in_at TEXT NOT NULL,
    signed_out_at TEXT,
    PRIMARY KEY (area, sign_no)
) STRICT, WITHOUT ROWID;

-- Console users and their sessions; a session is stored under the hash of its token.
CREATE TABLE users (
    area INTEGER NOT NULL,
    user_name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    institution TEXT NOT NULL,
    active INTEGER NOT NULL,
    PRIMARY KEY (area, user_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    area INTEGER NOT NULL,
    token_hash TEXT NOT NULL,
    user_name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (area, token_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_editions (
    area INTEGER NOT NULL,
    edition TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (area, edition)
) STRICT, WITHOUT ROWID;
