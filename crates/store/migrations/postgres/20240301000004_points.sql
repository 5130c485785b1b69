-- Payment by method: what methods pay of a month, what cases are worth, and the clearing of a year.
-- What a method pays of an institution's month (月度支付). claims and items are the bills it covers;
-- what
-- is held waits for the clearing of the year, carry is quota left for later months.
CREATE TABLE method_months (
    area integer NOT NULL,
    institution text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    arrangement text COLLATE "C" NOT NULL,
    title text NOT NULL,
    method text NOT NULL,
    year bigint NOT NULL,
    version bigint NOT NULL,
    claims bigint NOT NULL,
    items_fen bigint NOT NULL,
    paid_fen bigint NOT NULL,
    held_fen bigint NOT NULL,
    carry_fen bigint NOT NULL,
    basis text NOT NULL,
    trace jsonb NOT NULL,
    computed_at timestamp NOT NULL,
    PRIMARY KEY (area, institution, month, book, arrangement)
);

-- What a case counts (病例点数): appended when something about it changed; the greatest value_no
-- counts.
-- points are ten-thousandths; estimate_fen is what the fund would pay for it by the estimated
-- value.
CREATE TABLE case_values (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    arrangement text COLLATE "C" NOT NULL,
    value_no bigint NOT NULL,
    year bigint NOT NULL,
    institution text COLLATE "C" NOT NULL,
    list_id text COLLATE "C" NOT NULL,
    discharged_on date NOT NULL,
    group_code text COLLATE "C" NOT NULL,
    group_name text NOT NULL,
    class text COLLATE "C" NOT NULL,
    points bigint NOT NULL,
    cost_fen bigint NOT NULL,
    fund_fen bigint NOT NULL,
    estimate_fen bigint NOT NULL,
    change text NOT NULL,
    trace jsonb NOT NULL,
    computed_at timestamp NOT NULL,
    PRIMARY KEY (area, person_no, settlement_id, arrangement, value_no)
);

-- The clearing of a year by a method that shares a closed pool (年度清算). points are ten-thousandths.
CREATE TABLE annual_clearings (
    area integer NOT NULL,
    clearing_id text COLLATE "C" NOT NULL,
    year bigint NOT NULL,
    book text COLLATE "C" NOT NULL,
    arrangement text COLLATE "C" NOT NULL,
    title text NOT NULL,
    method text NOT NULL,
    version bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    cases bigint NOT NULL,
    budget_fen bigint NOT NULL,
    items_fen bigint NOT NULL,
    pool_fen bigint NOT NULL,
    points bigint NOT NULL,
    point_value text COLLATE "C" NOT NULL,
    snapshot text COLLATE "C" NOT NULL,
    basis text NOT NULL,
    trace jsonb NOT NULL,
    computed_by text NOT NULL,
    computed_at timestamp NOT NULL,
    approved_by text NOT NULL,
    approved_at timestamp,
    PRIMARY KEY (area, clearing_id)
);

-- An institution's part of it: its share of the pool (entitlement), what it is paid for the year
-- by the
-- method (payment), what it was paid so far, and the difference its adjustment carries.
CREATE TABLE annual_parts (
    area integer NOT NULL,
    clearing_id text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    cases bigint NOT NULL,
    points bigint NOT NULL,
    items_fen bigint NOT NULL,
    others_fen bigint NOT NULL,
    entitlement_fen bigint NOT NULL,
    payment_fen bigint NOT NULL,
    paid_fen bigint NOT NULL,
    difference_fen bigint NOT NULL,
    adjustment_id text COLLATE "C" NOT NULL,
    trace jsonb NOT NULL,
    PRIMARY KEY (area, clearing_id, institution)
);

CREATE INDEX case_values_by_institution ON case_values (area, institution, year, settlement_id);
CREATE INDEX method_months_by_month ON method_months (area, month, institution);
CREATE INDEX annual_clearings_by_year ON annual_clearings (area, year, arrangement);

-- What is recorded stays recorded.
SELECT set_config('citus.enable_unsafe_triggers', 'on', true);
CREATE TRIGGER case_values_stays BEFORE UPDATE OR DELETE ON case_values
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
