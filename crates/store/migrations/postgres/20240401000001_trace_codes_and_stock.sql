-- Trace codes (药品追溯码): the sale that stands on a box, one row for each box ever sold. The code
-- is asked for by its whole text before money moves; on a cluster it is distributed by itself, for
-- a box may be sold to anybody. version rises with every change: of two sales at once, one finds it
-- raised.
CREATE TABLE trace_codes (
    area integer NOT NULL,
    code text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    sold boolean NOT NULL,
    split boolean NOT NULL,
    awaits_bill boolean NOT NULL,
    institution text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    visit_id text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    msgid text COLLATE "C" NOT NULL,
    item_code text COLLATE "C" NOT NULL,
    sold_at timestamp NOT NULL,
    PRIMARY KEY (area, code)
);

-- What happened to each box, in the order it was told (追溯码流向). contested: told of a sale while
-- another sale stood.
CREATE TABLE trace_events (
    area integer NOT NULL,
    code text COLLATE "C" NOT NULL,
    event_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    sale text COLLATE "C" NOT NULL,
    record_id text COLLATE "C" NOT NULL,
    item_code text COLLATE "C" NOT NULL,
    split boolean NOT NULL,
    contested boolean NOT NULL,
    happened_at timestamp NOT NULL,
    recorded_at timestamp NOT NULL,
    PRIMARY KEY (area, code, event_id)
);

-- What an institution tells of its goods (进销存上传), line by line; taken back lines stay, marked.
-- Quantities are in ten-thousandths.
CREATE TABLE stock_records (
    area integer NOT NULL,
    institution text COLLATE "C" NOT NULL,
    record_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    movement text COLLATE "C" NOT NULL,
    deleted boolean NOT NULL,
    batch text COLLATE "C" NOT NULL,
    local_code text COLLATE "C" NOT NULL,
    item_code text COLLATE "C" NOT NULL,
    name text NOT NULL,
    quantity bigint NOT NULL,
    price_micro bigint NOT NULL,
    happened_at timestamp NOT NULL,
    person text COLLATE "C" NOT NULL,
    visit text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    split boolean NOT NULL,
    codes jsonb NOT NULL,
    recorded_at timestamp NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (area, institution, record_id)
);
CREATE INDEX stock_records_by_visit ON stock_records (area, institution, visit);
CREATE INDEX stock_records_by_batch ON stock_records (area, institution, batch);
CREATE INDEX stock_records_by_time ON stock_records (area, institution, happened_at);

-- The same summed up by item and month (月度进销存), kept with every upload. What a month begins
-- with follows from the months before it.
CREATE TABLE stock_months (
    area integer NOT NULL,
    institution text COLLATE "C" NOT NULL,
    local_code text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    item_code text COLLATE "C" NOT NULL,
    name text NOT NULL,
    purchased bigint NOT NULL,
    sent_back bigint NOT NULL,
    sold bigint NOT NULL,
    returned bigint NOT NULL,
    other_in bigint NOT NULL,
    other_out bigint NOT NULL,
    counted bigint,
    counted_on date,
    PRIMARY KEY (area, institution, local_code, month)
);
CREATE INDEX stock_months_by_month ON stock_months (area, month, institution);
