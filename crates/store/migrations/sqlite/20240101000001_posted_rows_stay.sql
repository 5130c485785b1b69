-- What is posted stays posted: no row of these tables is ever changed or removed.
CREATE TRIGGER account_movements_no_update BEFORE UPDATE ON account_movements
BEGIN
    SELECT RAISE(ABORT, 'account_movements is append-only');
END;
CREATE TRIGGER account_movements_no_delete BEFORE DELETE ON account_movements
BEGIN
    SELECT RAISE(ABORT, 'account_movements is append-only');
END;
CREATE TRIGGER counter_postings_no_update BEFORE UPDATE ON counter_postings
BEGIN
    SELECT RAISE(ABORT, 'counter_postings is append-only');
END;
CREATE TRIGGER counter_postings_no_delete BEFORE DELETE ON counter_postings
BEGIN
    SELECT RAISE(ABORT, 'counter_postings is append-only');
END;
CREATE TRIGGER ledger_transfers_no_update BEFORE UPDATE ON ledger_transfers
BEGIN
    SELECT RAISE(ABORT, 'ledger_transfers is append-only');
END;
CREATE TRIGGER ledger_transfers_no_delete BEFORE DELETE ON ledger_transfers
BEGIN
    SELECT RAISE(ABORT, 'ledger_transfers is append-only');
END;
CREATE TRIGGER settlement_funds_no_update BEFORE UPDATE ON settlement_funds
BEGIN
    SELECT RAISE(ABORT, 'settlement_funds is append-only');
END;
CREATE TRIGGER settlement_funds_no_delete BEFORE DELETE ON settlement_funds
BEGIN
    SELECT RAISE(ABORT, 'settlement_funds is append-only');
END;
CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log
BEGIN
    SELECT RAISE(ABORT, 'access_log is append-only');
END;
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log
BEGIN
    SELECT RAISE(ABORT, 'access_log is append-only');
END;
