//! A settlement touches one person's rows only: the statements of a commit are overheard and may
//! name no table but those distributed by person and the claim on the message number.
//!
//! A test program of its own, because it listens to every statement of the process.
#![allow(clippy::unwrap_used)]

#[path = "../behaviour/bench.rs"]
#[allow(dead_code)]
mod bench;

use std::fmt::Debug;
use std::sync::{LazyLock, Mutex};

use bench::*;
use store::*;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

static HEARD: LazyLock<Mutex<Vec<String>>> = LazyLock::new(Mutex::default);

/// Hears the text of every statement that the driver runs.
struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        struct Texts;
        impl Visit for Texts {
            fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
                self.record_str(field, &format!("{value:?}"));
            }
            fn record_str(&mut self, field: &Field, value: &str) {
                if ["summary", "db.statement"].contains(&field.name()) {
                    HEARD.lock().unwrap().push(value.to_owned());
                }
            }
        }
        event.record(&mut Texts);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// The tables a statement reads or writes.
fn tables(statements: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for statement in statements {
        let words: Vec<_> = statement
            .split(|c: char| c.is_whitespace() || c == '(')
            .collect();
        for pair in words.windows(2) {
            let leads = ["INTO", "FROM", "UPDATE", "JOIN"].contains(&pair[0]);
            if leads && !["SET", "UNNEST", ""].contains(&pair[1]) {
                found.push(pair[1].trim_matches(['"', '\\']).to_owned());
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn of_persons() -> Vec<String> {
    let quoted = |statement: &String| statement.split('\'').nth(1).map(str::to_owned);
    let statements = distribution_statements();
    statements
        .iter()
        .filter(|text| text.contains("'person_no'"))
        .filter_map(quoted)
        .collect()
}

#[tokio::test]
async fn a_settlement_names_only_tables_of_the_person() {
    tracing::subscriber::set_global_default(Listener).unwrap();
    let own = of_persons();
    assert!(own.contains(&"settlements".to_owned()), "{own:?}");
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let mut upload = Commit::new(area(), "P1");
        upload.visit = Some(visit(1, "open"));
        upload.lines = vec![line("1", 10_000)];
        bench.store.commit(upload).await.unwrap();
        let context = bench.context("P1").await;
        let mut settle = bill(&context, "S1", 10_000);
        settle.visit = Some(visit(2, "settled"));
        settle.line_moves = vec![LineMove {
            visit_id: "V1".into(),
            chosen: LinesChosen::All,
            from: (LineStatus::Live, String::new()),
            to: (LineStatus::Settled, "S1".into()),
            expected: 1,
        }];
        let original = settle.settlement.clone().unwrap();
        HEARD.lock().unwrap().clear();

        assert_eq!(bench.store.commit(settle).await.unwrap(), Answer::Done);
        let context = bench.context("P1").await;
        let mut back = reversal(&context, &original, "S2");
        back.reversed_request = Some(request("MS1", "", "").key);
        assert_eq!(bench.store.commit(back).await.unwrap(), Answer::Done);

        let heard = std::mem::take(&mut *HEARD.lock().unwrap());
        let named = tables(&heard);
        for expected in [
            "settlements",
            "requests",
            "fee_lines",
            "counters",
            "ledger_transfers",
        ] {
            assert!(
                named.iter().any(|name| name == expected),
                "{expected}: {named:?}"
            );
        }
        for name in named.iter().filter(|name| *name != "request_claims") {
            assert!(own.contains(name), "{name} is not the person's: {heard:#?}");
        }
    })
    .await;
}
