-- Trace codes (药品追溯码): the sale that stands on a box, one row for each box ever sold. The code
-- is asked for by its whole text before money moves; on a cluster it is distributed by itself, for
-- a box may be sold to anybody. version rises with every change: of two sales at once, one finds it
-- raised.
CREATE TABLE trace_codes (
    area INTEGER NOT NULL,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    sold INTEGER NOT NULL,
    split INTEGER NOT NULL,
    awaits_bill INTEGER NOT NULL,
    institution TEXT NOT NULL,
    person TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    msgid TEXT NOT NULL,
    item_code TEXT NOT NULL,
    sold_at TEXT NOT NULL,
    PRIMARY KEY (area, code)
) STRICT, WITHOUT ROWID;

-- What happened to each box, in the order it was told (追溯码流向). contested: told of a sale while
-- another sale stood.
CREATE TABLE trace_events (
    area INTEGER NOT NULL,
    code TEXT NOT NULL,
    event_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    institution TEXT NOT NULL,
    sale TEXT NOT NULL,
    record_id TEXT NOT NULL,
    item_code TEXT NOT NULL,
    split INTEGER NOT NULL,
    contested INTEGER NOT NULL,
    happened_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (area, code, event_id)
) STRICT, WITHOUT ROWID;

-- What an institution tells of its goods (进销存上传), line by line; taken back lines stay, marked.
-- Quantities are in ten-thousandths.
CREATE TABLE stock_records (
    area INTEGER NOT NULL,
    institution TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    movement TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    batch TEXT NOT NULL,
    local_code TEXT NOT NULL,
    item_code TEXT NOT NULL,
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    price_micro INTEGER NOT NULL,
    happened_at TEXT NOT NULL,
    person TEXT NOT NULL,
    visit TEXT NOT NULL,
    settlement_id TEXT NOT NULL,
    split INTEGER NOT NULL,
    codes TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (area, institution, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_records_by_visit ON stock_records (area, institution, visit);
CREATE INDEX stock_records_by_batch ON stock_records (area, institution, batch);
CREATE INDEX stock_records_by_time ON stock_records (area, institution, happened_at);

-- The same summed up by item and month (月度进销存), kept with every upload. What a month begins
-- with follows from the months before it.
CREATE TABLE stock_months (
    area INTEGER NOT NULL,
    institution TEXT NOT NULL,
    local_code TEXT NOT NULL,
    month TEXT NOT NULL,
    item_code TEXT NOT NULL,
    name TEXT NOT NULL,
    purchased INTEGER NOT NULL,
    sent_back INTEGER NOT NULL,
    sold INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    other_in INTEGER NOT NULL,
    other_out INTEGER NOT NULL,
    counted INTEGER,
    counted_on TEXT,
    PRIMARY KEY (area, institution, local_code, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_months_by_month ON stock_months (area, month, institution);
