"""Two rules about populations as SQL on DataFusion: population_sql.py FOLDER [THREADS].

FOLDER holds months as generate_month.py writes them. Prints findings and the best of three clocks;
F024 wants one earlier month instead of six, two deviations instead of six and 1,000 yuan instead
of 20,000, as the months of the folder are one, with a few stays that end in the next.
"""

import sys
import time
from pathlib import Path

from datafusion import SessionConfig, SessionContext

MONTH = "CAST(date_part('year', {0}) * 12 + date_part('month', {0}) AS BIGINT)"

RULES = {
    # What an institution charges of an item in a month, beside its months before.
    "F024": f"""
        WITH sums AS (
            SELECT fixmedins_code AS provider, med_list_codg AS item,
                   {MONTH.format("fee_ocur_time")} AS month, sum(det_item_fee_sumamt) AS amount
            FROM lines GROUP BY 1, 2, 3),
        beside AS (
            SELECT *, count(*) OVER past AS months, avg(amount) OVER past AS mean,
                   stddev_pop(amount) OVER past AS deviation
            FROM sums WINDOW past AS (PARTITION BY provider, item ORDER BY month
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
        SELECT provider, item, month FROM beside
        WHERE months >= 1 AND amount - mean > 1000 AND amount > mean + 2 * deviation""",
    # The mean cost of an institution's stays, beside its level's, two months running.
    "F023": f"""
        WITH costs AS (
            SELECT mdtrt_id, sum(det_item_fee_sumamt) AS cost FROM lines GROUP BY 1),
        means AS (
            SELECT hosp_lv, fixmedins_code AS provider, {MONTH.format("endtime")} AS month,
                   avg(coalesce(cost, 0)) AS mean
            FROM visits LEFT JOIN costs USING (mdtrt_id) WHERE med_type = '21' GROUP BY 1, 2, 3),
        middles AS (
            SELECT hosp_lv, month, median(mean) AS middle, count(*) AS peers
            FROM means GROUP BY 1, 2),
        spreads AS (
            SELECT means.hosp_lv AS hosp_lv, means.month AS month,
                   median(abs(mean - middle)) AS spread
            FROM means JOIN middles
            ON middles.hosp_lv = means.hosp_lv AND middles.month = means.month GROUP BY 1, 2),
        far AS (
            SELECT provider, means.month AS month,
                   lag(means.month) OVER (PARTITION BY provider ORDER BY means.month) AS before
            FROM means JOIN middles ON middles.hosp_lv = means.hosp_lv AND middles.month = means.month
            JOIN spreads ON spreads.hosp_lv = means.hosp_lv AND spreads.month = means.month
            WHERE peers >= 5 AND abs(mean - middle) > 3.5 * 1.4826 * spread)
        SELECT provider, month FROM far WHERE before = month - 1""",
}


def main():
    folder, threads = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2
    context = SessionContext(SessionConfig().with_target_partitions(threads))
    for table in ("lines", "visits"):
        files = sorted(Path(folder).glob(f"*/{table}.parquet"))
        for place, file in enumerate(files):
            context.register_parquet(f"{table}_{place}", str(file.resolve()))
        parts = [f"SELECT * FROM {table}_{place}" for place in range(len(files))]
        context.sql(f"CREATE VIEW {table} AS {' UNION ALL '.join(parts)}")
    for rule, query in RULES.items():
        clocks = []
        for _ in range(3):
            started = time.time()
            rows = context.sql(f"SELECT count(*) FROM ({query})").collect()
            clocks.append(time.time() - started)
        print(f"{rule} {rows[0].column(0)[0].as_py()} findings, {min(clocks):.2f} s")


main()
