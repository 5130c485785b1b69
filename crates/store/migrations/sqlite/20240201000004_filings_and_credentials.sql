-- Filings (备案与认定申请): what an institution or a counter has applied for in a person's name, until
-- it is decided. What a decision makes true of the person stands in the register.
CREATE TABLE filings (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    filing_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    class TEXT NOT NULL,
    state TEXT NOT NULL,
    reviewed INTEGER NOT NULL,
    person_name TEXT NOT NULL,
    institution TEXT NOT NULL,
    subject TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    filed_at TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, person_no, filing_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX filings_by_state ON filings (area, state, filed_at, filing_id);

-- Who has switched on the electronic credential, and where (医保码激活).
CREATE TABLE credential_activations (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    channel TEXT NOT NULL,
    device TEXT NOT NULL,
    institution TEXT NOT NULL,
    activated_at TEXT NOT NULL,
    PRIMARY KEY (area, person_no, channel)
) STRICT, WITHOUT ROWID;

-- Tokens of the electronic credential (令牌), kept under their hash. once is false for the tokens of
-- a sandbox, which last. used_for names the visit a token was spent on.
CREATE TABLE credential_tokens (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    channel TEXT NOT NULL,
    once INTEGER NOT NULL,
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    read_at TEXT,
    read_by TEXT NOT NULL,
    read_message TEXT NOT NULL,
    used_at TEXT,
    used_by TEXT NOT NULL,
    used_for TEXT NOT NULL,
    PRIMARY KEY (area, person_no, token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX credential_tokens_by_hash ON credential_tokens (area, token_hash);

-- By what a person was identified when a bill was settled (结算凭证).
CREATE TABLE credential_uses (
    area INTEGER NOT NULL,
    person_no TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    proof TEXT NOT NULL,
    institution TEXT NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (area, person_no, settlement_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX credential_uses_by_time ON credential_uses (area, used_at);
