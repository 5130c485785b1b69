-- What is posted stays posted: no row of these tables is ever changed or removed. The setting lets
-- a distributed engine accept the triggers; a plain server keeps it as an unused name.
SELECT set_config('citus.enable_unsafe_triggers', 'on', true);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER account_movements_stays BEFORE UPDATE OR DELETE ON account_movements
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER counter_postings_stays BEFORE UPDATE OR DELETE ON counter_postings
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_transfers_stays BEFORE UPDATE OR DELETE ON ledger_transfers
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settlement_funds_stays BEFORE UPDATE OR DELETE ON settlement_funds
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER access_log_stays BEFORE UPDATE OR DELETE ON access_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
