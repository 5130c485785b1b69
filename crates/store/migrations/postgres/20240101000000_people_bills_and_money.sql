-- Keys compare byte by byte (COLLATE "C"), so both engines sort alike. No serial ids, no foreign
-- keys. The pooling area leads every key; what belongs to a person carries person_no next, so
-- that all rows of one person can live on one node.

-- Medical institutions (定点医药机构); keys holds the access keys of the interface.
CREATE TABLE institutions (
    area integer NOT NULL,
    institution text COLLATE "C" NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    grade text NOT NULL,
    county integer NOT NULL,
    keys jsonb NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, institution)
);

-- Insured persons (参保人); marks holds identities with their dates.
CREATE TABLE persons (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    name text NOT NULL,
    sex text NOT NULL,
    birth date NOT NULL,
    death date,
    county integer NOT NULL,
    marks jsonb NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, person_no)
);
CREATE INDEX persons_by_name ON persons (area, name);

-- One narrow row per person whose version rises with every change that a bill could depend on.
CREATE TABLE person_heads (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (area, person_no)
) WITH (fillfactor = 70);

-- Identity document, card, credential → person. Not owned by the person: looked up without one.
CREATE TABLE person_identifiers (
    area integer NOT NULL,
    kind text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    PRIMARY KEY (area, kind, value)
);

CREATE TABLE coverage_periods (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    scheme text COLLATE "C" NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    category text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    county integer NOT NULL,
    employer text NOT NULL,
    PRIMARY KEY (area, person_no, scheme, starts_on)
);

-- Personal accounts (个人账户). previous and version guard against a stale change.
CREATE TABLE accounts (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    balance bigint NOT NULL,
    previous bigint NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (area, person_no, kind),
    CHECK (version > 1 OR previous = 0)
) WITH (fillfactor = 70);

CREATE TABLE account_movements (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    before_fen bigint NOT NULL,
    delta_fen bigint NOT NULL,
    after_fen bigint NOT NULL,
    source text NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    used_by text COLLATE "C" NOT NULL,
    edition text NOT NULL,
    moved_at timestamp NOT NULL,
    PRIMARY KEY (area, person_no, kind, version),
    CHECK (after_fen = before_fen + delta_fen)
);
-- A person's own movements are found by the key; only relatives' use needs another way.
CREATE INDEX account_movements_by_user ON account_movements (area, used_by, settlement_id)
    WHERE used_by <> person_no;

-- Whose account a member may use (家庭共济授权); owned by the member.
CREATE TABLE family_grants (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    sponsor text COLLATE "C" NOT NULL,
    relation text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    PRIMARY KEY (area, person_no, sponsor)
);

-- Chronic and special diseases, separately paid drugs (慢特病认定、单独支付药品备案).
CREATE TABLE recognitions (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    code text COLLATE "C" NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    name text NOT NULL,
    institutions jsonb NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, person_no, kind, code, starts_on)
);

-- Treatment elsewhere, referral, designated institution, accident (备案).
CREATE TABLE registrations (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    registration_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    state text NOT NULL,
    institution text NOT NULL,
    destination text NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, person_no, registration_id)
);

CREATE TABLE visits (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    visit_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    institution text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    care_type text NOT NULL,
    scheme text NOT NULL,
    status text NOT NULL,
    started_at timestamp NOT NULL,
    ended_at timestamp,
    diagnoses jsonb NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, person_no, visit_id)
) WITH (fillfactor = 80);
CREATE INDEX visits_by_institution ON visits (area, institution, started_at);

-- Fee lines (费用明细). Amounts never change; only the status moves. withdrawn is empty until the
-- line is withdrawn and then names its upload: a number is taken once among lines not withdrawn,
-- and a withdrawn line can be sent again.
CREATE TABLE fee_lines (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    visit_id text COLLATE "C" NOT NULL,
    line_no text COLLATE "C" NOT NULL,
    withdrawn text COLLATE "C" NOT NULL,
    upload text NOT NULL,
    charge_batch text NOT NULL,
    status text NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    item_code text NOT NULL,
    local_code text NOT NULL,
    price_micro bigint NOT NULL,
    quantity_micro bigint NOT NULL,
    total_fen bigint NOT NULL,
    self_paid_fen bigint NOT NULL,
    over_limit_fen bigint NOT NULL,
    prior_fen bigint NOT NULL,
    in_scope_fen bigint NOT NULL,
    charged_at timestamp NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, person_no, visit_id, line_no, withdrawn)
) WITH (fillfactor = 80);

-- Settlements (结算), reversals among them with negative amounts. Ids rise with time.
CREATE TABLE settlements (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    original_id text COLLATE "C" NOT NULL,
    reversed_by text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    msgid text COLLATE "C" NOT NULL,
    visit_id text COLLATE "C" NOT NULL,
    person_name text NOT NULL,
    scheme text NOT NULL,
    care_type text NOT NULL,
    benefit_year integer NOT NULL,
    edition text NOT NULL,
    decided_on date NOT NULL,
    settled_at timestamp NOT NULL,
    total_fen bigint NOT NULL,
    self_paid_fen bigint NOT NULL,
    over_limit_fen bigint NOT NULL,
    prior_fen bigint NOT NULL,
    in_scope_fen bigint NOT NULL,
    fund_fen bigint NOT NULL,
    account_fen bigint NOT NULL,
    family_fen bigint NOT NULL,
    cash_fen bigint NOT NULL,
    other_fen bigint NOT NULL,
    outcome jsonb NOT NULL,
    PRIMARY KEY (area, person_no, settlement_id)
);
CREATE INDEX settlements_by_id ON settlements (area, settlement_id);
CREATE INDEX settlements_by_time ON settlements (area, settled_at, settlement_id);
CREATE INDEX settlements_by_institution ON settlements (area, institution, settled_at);

CREATE TABLE settlement_funds (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    fund text COLLATE "C" NOT NULL,
    amount_fen bigint NOT NULL,
    PRIMARY KEY (area, person_no, settlement_id, fund)
);

-- Benefit counters (累计): deductible used, fund paid, visits of the year. Fen or a plain count.
CREATE TABLE counters (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    scheme text COLLATE "C" NOT NULL,
    counter text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    year integer NOT NULL,
    value bigint NOT NULL,
    previous bigint NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (area, person_no, scheme, counter, period, subject),
    CHECK (version > 1 OR previous = 0)
) WITH (fillfactor = 70);

CREATE TABLE counter_postings (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    scheme text COLLATE "C" NOT NULL,
    counter text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    before_value bigint NOT NULL,
    delta bigint NOT NULL,
    after_value bigint NOT NULL,
    source text NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    edition text NOT NULL,
    PRIMARY KEY (area, person_no, scheme, counter, period, subject, version),
    CHECK (after_value = before_value + delta)
);

CREATE TABLE ledger_transfers (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    batch_id text COLLATE "C" NOT NULL,
    sequence integer NOT NULL,
    book text NOT NULL,
    debit text NOT NULL,
    debit_holder text NOT NULL,
    credit text NOT NULL,
    credit_holder text NOT NULL,
    amount_fen bigint NOT NULL,
    reason text NOT NULL,
    reference text COLLATE "C" NOT NULL,
    posted_on date NOT NULL,
    reverses text COLLATE "C" NOT NULL,
    PRIMARY KEY (area, person_no, batch_id, sequence),
    CHECK (amount_fen > 0)
);

-- A message number is claimed once per institution, whoever the message is about. Written before
-- what is decided; on a cluster in a transaction of its own, because it lies on another node.
CREATE TABLE request_claims (
    area integer NOT NULL,
    institution text COLLATE "C" NOT NULL,
    msgid text COLLATE "C" NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    body_hash text NOT NULL,
    blocked boolean NOT NULL,
    claimed_at timestamp NOT NULL,
    PRIMARY KEY (area, institution, msgid)
);

-- What was answered; written in one transaction with what was decided.
CREATE TABLE requests (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    msgid text COLLATE "C" NOT NULL,
    infno text NOT NULL,
    body_hash text NOT NULL,
    state text NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    reply bytea NOT NULL,
    decided_at timestamp NOT NULL,
    PRIMARY KEY (area, person_no, institution, msgid)
);

-- Who looked at or changed what (操作留痕). person_no is empty when no person was named.
CREATE TABLE access_log (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    log_id text COLLATE "C" NOT NULL,
    at timestamp NOT NULL,
    actor_kind text NOT NULL,
    actor text NOT NULL,
    institution text NOT NULL,
    action text NOT NULL,
    target text NOT NULL,
    result text NOT NULL,
    address text NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, person_no, log_id)
);
CREATE INDEX access_log_by_time ON access_log (area, at);

-- Sign-ins of institution operators (签到).
CREATE TABLE sign_ins (
    area integer NOT NULL,
    sign_no text COLLATE "C" NOT NULL,
    institution text NOT NULL,
    operator text NOT NULL,
    mac text NOT NULL,
    ip text NOT NULL,
    signed_in_at timestamp NOT NULL,
    signed_out_at timestamp,
    PRIMARY KEY (area, sign_no)
);

-- Console users and their sessions; a session is stored under the hash of its token.
CREATE TABLE users (
    area integer NOT NULL,
    user_name text COLLATE "C" NOT NULL,
    display_name text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL,
    institution text NOT NULL,
    active boolean NOT NULL,
    PRIMARY KEY (area, user_name)
);

CREATE TABLE sessions (
    area integer NOT NULL,
    token_hash text COLLATE "C" NOT NULL,
    user_name text NOT NULL,
    created_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    PRIMARY KEY (area, token_hash)
);

CREATE TABLE policy_editions (
    area integer NOT NULL,
    edition text COLLATE "C" NOT NULL,
    seen_at timestamp NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (area, edition)
);
