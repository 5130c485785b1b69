use std::sync::Mutex;

use ledger::Account;
use money::Fen;
use store::*;

use crate::bench::*;
use crate::settling::join;

async fn verify(bench: &Bench) -> Result<Verified, Difference> {
    let told = Mutex::new(Vec::new());
    let progress = |persons| told.lock().unwrap().push(persons);
    let expected = |row: &SettlementRow| Ok(expected_ledger(row));
    let result = bench
        .store
        .verify(area(), &expected, &progress)
        .await
        .unwrap();
    if let Ok(verified) = &result {
        assert_eq!(told.lock().unwrap().last(), Some(&verified.persons));
    }
    result
}

const PERSONS: i64 = 250;

/// More persons than one page holds, half of them with a bill, some of those taken back, one paid
/// by a relative.
async fn lived_in(bench: &Bench) {
    let mut people: Vec<_> = (0..PERSONS).map(|n| person(&format!("P{n:03}"))).collect();
    people[1].family.push(FamilyRow {
        sponsor: SPONSOR.into(),
        relation: "child".into(),
        starts_on: today(),
        ends_on: None,
        purposes: "[]".to_owned(),
        limit: None,
    });
    bench.enter(&people).await;
    let lives = (1..PERSONS)
        .step_by(2)
        .map(async |n| Ok(live(bench, n).await));
    assert!(
        join(lives)
            .await
            .iter()
            .all(|answer| *answer == Answer::Done)
    );
}

async fn live(bench: &Bench, n: i64) -> Answer {
    let no = format!("P{n:03}");
    let context = bench.context(&no).await;
    let mut commit = sale(&context, &format!("S{n:03}"), 10_000 + n);
    if let Some(account) = context.family_accounts.first() {
        let row = commit.settlement.as_mut().unwrap();
        (row.family, row.cash) = (Fen::yuan(5), row.cash - Fen::yuan(5));
        let change = AccountChange {
            read: account.clone(),
            delta: -Fen::yuan(5),
        };
        commit.accounts.push(change);
        commit.ledger = expected_ledger(commit.settlement.as_ref().unwrap());
    }
    let settlement = commit.settlement.clone().unwrap();
    let answer = bench.store.commit(commit).await.unwrap();
    if n % 5 != 0 {
        return answer;
    }
    let context = bench.context(&no).await;
    let mut back = reversal(&context, &settlement, &format!("T{n:03}"));
    back.line_moves = vec![set_free(&settlement, LineStatus::Cancelled)];
    bench.store.commit(back).await.unwrap()
}

/// The lines of a settlement leave it.
fn set_free(settlement: &SettlementRow, to: LineStatus) -> LineMove {
    LineMove {
        visit_id: settlement.visit_id.clone(),
        chosen: LinesChosen::All,
        from: (LineStatus::Settled, settlement.settlement_id.clone()),
        to: (to, String::new()),
        expected: 1,
    }
}

#[tokio::test]
async fn a_sound_store_verifies() {
    each_engine(async |bench| {
        let empty = verify(&bench).await.unwrap();
        assert_eq!((empty.persons, empty.settlements), (0, 0));
        lived_in(&bench).await;
        let sound = verify(&bench).await.unwrap();
        assert_eq!(sound.persons, 250);
        assert_eq!(sound.settlements, 125 + 25);
        assert_eq!(sound.postings, 150);
        assert_eq!(sound.movements, 250 + 150 + 1);
        let payable = sound.balances.of(&Account::held("E", "M2001", "H1"));
        let standing = (1..PERSONS).step_by(2).filter(|n| n % 5 != 0);
        let owed: i64 = standing.map(|n| 1_000 + (10_000 + n) * 7 / 10).sum();
        // The relative's five yuan are owed too.
        assert_eq!(-payable.balance(), Fen::new(owed) + Fen::yuan(5));
    })
    .await;
}

/// Statements that bend one record, and the check that must notice.
const BENT: &[(&str, &str)] = &[
    (
        "settlement.payers",
        "UPDATE settlements SET cash_fen = cash_fen + 1 WHERE settlement_id = 'S201'",
    ),
    (
        "settlement.parts",
        "UPDATE settlements SET prior_fen = 1 WHERE settlement_id = 'S201'",
    ),
    (
        "settlement.funds",
        "UPDATE settlements SET fund_fen = fund_fen + 1, cash_fen = cash_fen - 1 \
         WHERE settlement_id = 'S201'",
    ),
    (
        "settlement.lines",
        "UPDATE fee_lines SET total_fen = total_fen - 1 WHERE settlement_id = 'S201'",
    ),
    (
        "settlement.lines",
        "DELETE FROM fee_lines WHERE settlement_id = 'S201'",
    ),
    (
        "settlement.account",
        "UPDATE settlements SET account_fen = account_fen - 1, cash_fen = cash_fen + 1 \
         WHERE settlement_id = 'S201'",
    ),
    (
        "settlement.family",
        "UPDATE settlements SET family_fen = family_fen - 1, cash_fen = cash_fen + 1 \
         WHERE settlement_id = 'S001'",
    ),
    (
        "settlement.request",
        "DELETE FROM requests WHERE settlement_id = 'S201'",
    ),
    (
        "settlement.reversal",
        "UPDATE settlements SET reversed_by = 'T9' WHERE settlement_id = 'S201'",
    ),
    (
        "reversal.original",
        "UPDATE settlements SET reversed_by = '' WHERE settlement_id = 'S205'",
    ),
    (
        "reversal.amounts",
        "UPDATE settlements SET cash_fen = cash_fen + 1, total_fen = total_fen + 1, \
         in_scope_fen = in_scope_fen + 1 WHERE settlement_id = 'T205'",
    ),
    (
        "counter.value",
        "UPDATE counters SET value = value + 1 WHERE person_no = 'P201'",
    ),
    (
        "counter.chain",
        "UPDATE counters SET version = 5 WHERE person_no = 'P201'",
    ),
    (
        "account.balance",
        "UPDATE accounts SET balance = balance + 1 WHERE person_no = 'P000'",
    ),
    (
        "account.chain",
        "UPDATE accounts SET version = 9 WHERE person_no = 'P201'",
    ),
    (
        "counter.settlement",
        "DELETE FROM settlements WHERE settlement_id = 'S201'",
    ),
];

#[tokio::test]
async fn a_posting_on_a_member_account_without_a_movement_is_noticed() {
    each_engine(async |bench| {
        lived_in(&bench).await;
        let sql = "INSERT INTO ledger_transfers SELECT area, person_no, 'X', 1, book, debit, \
                   debit_holder, 'M2007', person_no, 1, reason, 'X', posted_on, '' \
                   FROM ledger_transfers WHERE person_no = 'P201' AND sequence = 1";
        bench.tamper(sql).await.unwrap();
        let difference = verify(&bench).await.unwrap_err();
        assert_eq!(difference.check, "account.ledger", "{difference}");
        assert_eq!(difference.person_no, "P201");
    })
    .await;
}

#[tokio::test]
async fn every_bent_record_is_noticed() {
    each_engine(async |bench| {
        lived_in(&bench).await;
        for (check, sql) in BENT {
            let difference = bent(&bench, sql).await;
            assert_eq!(difference.check, *check, "{sql}: {difference}");
            assert!(
                sql.contains(&difference.person_no[1..]),
                "{sql}: {difference}"
            );
        }
        assert!(verify(&bench).await.is_ok());
    })
    .await;
}

/// Bends a record, verifies, and puts everything back as it was.
async fn bent(bench: &Bench, sql: &str) -> Difference {
    let table = sql
        .split_whitespace()
        .nth(if sql.starts_with("DELETE") { 2 } else { 1 })
        .unwrap();
    bench
        .tamper(&format!("CREATE TABLE kept AS SELECT * FROM {table}"))
        .await
        .unwrap();
    bench.tamper(sql).await.unwrap();
    let result = verify(bench).await;
    bench.tamper(&format!("DELETE FROM {table}")).await.unwrap();
    bench
        .tamper(&format!("INSERT INTO {table} SELECT * FROM kept"))
        .await
        .unwrap();
    bench.tamper("DROP TABLE kept").await.unwrap();
    result.expect_err(sql)
}

#[tokio::test]
async fn a_wrong_ledger_is_noticed() {
    each_engine(async |bench| {
        bench.enter(&[person("P1")]).await;
        let context = bench.context("P1").await;
        let mut commit = sale(&context, "S1", 10_000);
        let mut other = commit.settlement.clone().unwrap();
        other.fund += Fen::new(1);
        commit.ledger = expected_ledger(&other);
        assert_eq!(bench.store.commit(commit).await.unwrap(), Answer::Done);
        let difference = verify(&bench).await.unwrap_err();
        assert_eq!(difference.check, "settlement.ledger");
        assert_eq!(
            difference.to_string(),
            "人员P1，结算 S1：核对项 settlement.ledger 不符，\
             应为借E:M3002 贷E:M2001/H1 70.00元；借E:M2007/P1 贷E:M2001/H1 10.00元，\
             实为借E:M3002 贷E:M2001/H1 70.01元；借E:M2007/P1 贷E:M2001/H1 10.00元"
        );
    })
    .await;
}

#[tokio::test]
async fn a_reversal_that_is_no_mirror_is_noticed() {
    type Bend = fn(&mut Commit);
    let wrong: [(&str, Bend); 3] = [
        ("reversal.counters", |back| back.counters[0].delta += 1),
        ("reversal.ledger", |back| back.ledger = None),
        ("reversal.funds", |back| {
            back.settlement.as_mut().unwrap().funds[0].fund = "assistance".into();
        }),
    ];
    for (check, bend) in wrong {
        each_engine(async |bench| {
            bench.enter(&[person("P1")]).await;
            let first = sale(&bench.context("P1").await, "S1", 10_000);
            let original = first.settlement.clone().unwrap();
            bench.store.commit(first).await.unwrap();
            let mut back = reversal(&bench.context("P1").await, &original, "T1");
            back.line_moves = vec![set_free(&original, LineStatus::Live)];
            bend(&mut back);
            assert_eq!(bench.store.commit(back).await.unwrap(), Answer::Done);
            assert_eq!(verify(&bench).await.unwrap_err().check, check);
        })
        .await;
    }
}
