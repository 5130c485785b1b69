//! How long a bill waits to learn what stands on its boxes, with ten million codes known.
//!
//! `cargo run --release -p store --example box_lookup -- sqlite:/tmp/boxes.db 10000000`

use std::time::{Duration, Instant};

use sqlx::AssertSqlSafe;
use store::Store;

/// Scatters consecutive numbers, so that neither engine finds them side by side.
const STEP: u64 = 7_919_000_039;
const BASE: u64 = 10_000_000_000_000_000_000;
const SPACE: u64 = 1_000_000_000_000_000;
/// Boxes of one bill.
const BILL: u64 = 4;
const BILLS: u64 = 2_000;

fn code(number: u64) -> String {
    let scattered = u128::from(number) * u128::from(STEP) % u128::from(SPACE);
    format!("{}", u128::from(BASE) + scattered)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("an address is wanted")?;
    let count: u64 = arguments.next().ok_or("a count is wanted")?.parse()?;
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let begun = Instant::now();
    fill(&url, count).await?;
    println!("{count} codes entered in {:?}", begun.elapsed());
    let area = "421300".parse()?;
    let mut waited = Vec::new();
    for bill in 0..BILLS {
        let first = bill * 48_271 % (count - BILL);
        // Every second box was never sold.
        let codes: Vec<String> = (first..first + BILL)
            .map(|number| code(number + number % 2 * count))
            .collect();
        let begun = Instant::now();
        let found = store.trace_codes(area, &codes).await?;
        waited.push(begun.elapsed());
        assert_eq!(found.len() as u64, BILL / 2);
    }
    waited.sort_unstable();
    let at = |share: usize| -> Duration { waited[waited.len() * share / 100] };
    let worst = waited.last().copied().unwrap_or_default();
    println!(
        "{BILLS} bills of {BILL} boxes: p50 {:?}, p99 {:?}, worst {worst:?}",
        at(50),
        at(99)
    );
    store.close().await?;
    Ok(())
}

async fn fill(url: &str, count: u64) -> Result<(), sqlx::Error> {
    let columns = "1, 1, 0, 0, 'H1', 'P1', 'V1', 'S1', 'M1', 'X1', '2024-11-15T12:00:00'";
    if url.starts_with("sqlite:") {
        let sql = format!(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {} - 1) \
             INSERT INTO trace_codes SELECT 421300, '10000' || printf('%015d', \
             (i * {STEP}) % {SPACE}), {columns} FROM n ORDER BY 2",
            count
        );
        let pool = sqlx::SqlitePool::connect(url).await?;
        sqlx::query(AssertSqlSafe(sql)).execute(&pool).await?;
        pool.close().await;
    } else {
        let columns = columns.replace("1, 1, 0, 0,", "1, true, false, false,");
        let columns = columns.replace("'2024", "timestamp '2024");
        let sql = format!(
            "INSERT INTO trace_codes SELECT 421300, '10000' || lpad(CAST((CAST(i AS numeric) \
             * {STEP}) % {SPACE} AS text), 15, '0'), {columns} \
             FROM generate_series(0, {count} - 1) AS g(i)"
        );
        let pool = sqlx::PgPool::connect(url).await?;
        sqlx::query(AssertSqlSafe(sql)).execute(&pool).await?;
        sqlx::query("VACUUM ANALYZE trace_codes")
            .execute(&pool)
            .await?;
        pool.close().await;
    }
    Ok(())
}
