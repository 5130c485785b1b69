-- Filings (备案与认定申请): what an institution or a counter has applied for in a person's name, until
-- it is decided. What a decision makes true of the person stands in the register.
CREATE TABLE filings (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    filing_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    class text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    reviewed boolean NOT NULL,
    person_name text NOT NULL,
    institution text COLLATE "C" NOT NULL,
    subject text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    filed_at timestamp NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, person_no, filing_id)
);
CREATE INDEX filings_by_state ON filings (area, state, filed_at, filing_id);

-- Who has switched on the electronic credential, and where (医保码激活).
CREATE TABLE credential_activations (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    channel text COLLATE "C" NOT NULL,
    device text NOT NULL,
    institution text COLLATE "C" NOT NULL,
    activated_at timestamp NOT NULL,
    PRIMARY KEY (area, person_no, channel)
);

-- Tokens of the electronic credential (令牌), kept under their hash. once is false for the tokens of
-- a sandbox, which last. used_for names the visit a token was spent on.
CREATE TABLE credential_tokens (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    token_hash text COLLATE "C" NOT NULL,
    channel text COLLATE "C" NOT NULL,
    once boolean NOT NULL,
    issued_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    read_at timestamp,
    read_by text NOT NULL,
    read_message text NOT NULL,
    used_at timestamp,
    used_by text NOT NULL,
    used_for text NOT NULL,
    PRIMARY KEY (area, person_no, token_hash)
);
CREATE INDEX credential_tokens_by_hash ON credential_tokens (area, token_hash);

-- By what a person was identified when a bill was settled (结算凭证).
CREATE TABLE credential_uses (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    proof text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    used_at timestamp NOT NULL,
    PRIMARY KEY (area, person_no, settlement_id)
);
CREATE INDEX credential_uses_by_time ON credential_uses (area, used_at);
