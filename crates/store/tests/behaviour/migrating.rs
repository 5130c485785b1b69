use sqlx::migrate::Migrator;
use store::*;

use crate::bench::*;

/// The version before the last one.
fn older(migrations: &Migrator) -> i64 {
    let versions: Vec<_> = migrations.iter().map(|step| step.version).collect();
    versions[versions.len() - 2]
}

/// Takes a database back to the version before, as a program of that time would have made it.
async fn make_older(url: &str) {
    if url.starts_with("sqlite:") {
        let migrations = sqlx::migrate!("migrations/sqlite");
        let pool = sqlx::SqlitePool::connect(url).await.unwrap();
        migrations.run_to(older(&migrations), &pool).await.unwrap();
        pool.close().await;
    } else {
        let migrations = sqlx::migrate!("migrations/postgres");
        let pool = sqlx::PgPool::connect(url).await.unwrap();
        migrations.run_to(older(&migrations), &pool).await.unwrap();
        pool.close().await;
    }
}

#[tokio::test]
async fn an_older_database_is_brought_forward_with_all_it_holds() {
    each_unmigrated(async |url| {
        let store = Store::open(&url).await.unwrap();
        make_older(&url).await;
        store
            .put_people(area(), &[person("P1")], noon())
            .await
            .unwrap();
        let bench = Bench { store, url };
        let context = bench.context("P1").await;
        let commit = sale(&context, "S1", 10_000);
        assert_eq!(bench.store.commit(commit).await.unwrap(), Answer::Done);
        let before = bench.context("P1").await;

        bench.store.migrate().await.unwrap();
        bench.store.migrate().await.unwrap();
        assert_eq!(bench.context("P1").await, before);
        let found = bench.store.settlement(area(), None, "S1").await.unwrap();
        assert_eq!(found.unwrap().funds.len(), 1);
        let refused = bench
            .tamper("DELETE FROM ledger_transfers")
            .await
            .unwrap_err();
        assert!(refused.contains("append-only"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_database_newer_than_the_program_is_left_alone() {
    each_engine(async |bench| {
        let newer = "INSERT INTO _sqlx_migrations \
                     (version, description, success, checksum, execution_time) \
                     SELECT version + 1, 'newer', success, checksum, 0 FROM _sqlx_migrations \
                     ORDER BY version DESC LIMIT 1";
        bench.tamper(newer).await.unwrap();
        assert!(bench.store.migrate().await.is_err());
    })
    .await;
}
