-- The transfer by which the books took an adjustment (调整的记账分录), batch and place as
-- `SP…#3`; empty while no statement with it is approved, and for what is booked with the payment.
-- What was approved before is numbered as it was posted: the nth of a kind is the nth transfer of
-- that reason.
ALTER TABLE clearing_adjustments ADD COLUMN transfer text COLLATE "C" NOT NULL DEFAULT '';
UPDATE clearing_adjustments SET transfer = posted.number
FROM (
    SELECT a.area, a.adjustment_id, t.batch_id || '#' || t.sequence::text AS number
    FROM (
        SELECT area, adjustment_id, statement_id, kind, ROW_NUMBER() OVER (
            PARTITION BY area, statement_id, kind ORDER BY made_at, adjustment_id) AS place
        FROM clearing_adjustments WHERE statement_id <> '' AND amount_fen <> 0
    ) a
    JOIN (
        SELECT area, batch_id, sequence, reason, ROW_NUMBER() OVER (
            PARTITION BY area, batch_id, reason ORDER BY sequence) AS place
        FROM clearing_transfers
    ) t ON t.area = a.area AND t.batch_id = 'SP' || a.statement_id AND t.reason = a.kind
        AND t.place = a.place
) posted
WHERE posted.area = clearing_adjustments.area
    AND posted.adjustment_id = clearing_adjustments.adjustment_id;
