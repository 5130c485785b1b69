//! `tongchou verify`：逐人、逐账重算，全部一致才算一致。

use clap::Args;
use indicatif::ProgressBar;
use money::Fen;
use serde_json::{Value, json};
use store::{ClearingSums, ContributionSums, Difference, Store, Verified};
use terms::AreaCode;

use super::database::Database;
use super::open;
use super::policy::{Answer, Format};

/// What to recompute.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is told, and the exit code.
type Told = (String, Value, u8);

/// Recomputes settlements, counters, accounts and ledger person by person, contributions, clearing
/// and both kinds of books.
///
/// # Errors
/// When the database fails; a difference is the answer no.
pub async fn verify(args: VerifyArgs) -> anyhow::Result<Answer> {
    let store = open::store(args.database.url()).await?;
    let (text, value, code) = recompute(&store, args.area).await?;
    store.close().await?;
    let text = match args.format {
        Format::Json => format!("{value:#}\n"),
        Format::Text => text,
    };
    Ok(Answer { text, code })
}

async fn recompute(store: &Store, area: AreaCode) -> anyhow::Result<Told> {
    let people = u64::try_from(store.count_persons(area).await?).unwrap_or(0);
    let bar = ProgressBar::new(people);
    let progress = |done| bar.set_position(done);
    let found = store
        .verify(area, &app::settlement::ledger_of, &progress)
        .await?;
    bar.finish_and_clear();
    let sums = match found {
        Ok(sums) => sums,
        Err(difference) => return Ok(person_differs(&difference)),
    };
    let books = match store.verify_contributions(area).await? {
        Ok(books) => books,
        Err(books) => {
            return Ok(differs(
                &books.to_string(),
                books.check,
                &books.place,
                (books.expected, books.found),
            ));
        }
    };
    let clearing = match store.verify_clearing(area).await? {
        Ok(clearing) => clearing,
        Err(books) => {
            return Ok(differs(
                &books.to_string(),
                books.check,
                &books.place,
                (books.expected, books.found),
            ));
        }
    };
    if let Err(books) = store.verify_provider(area).await? {
        return Ok(differs(
            &books.to_string(),
            books.check,
            &books.place,
            (books.expected, books.found),
        ));
    }
    let bridges = app::clearing::bridges(store, area, None).await;
    let bridges = bridges.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    if let Some(open) = app::clearing::open_bridge(&bridges) {
        return Ok(bridge_open(open));
    }
    Ok(agrees(&sums, &books, (&clearing, bridges.len())))
}

fn person_differs(difference: &Difference) -> Told {
    let value = json!({ "agrees": false, "person": difference.person_no, "place": difference.place,
                        "check": difference.check, "expected": difference.expected,
                        "found": difference.found });
    (format!("{difference}\n"), value, 1)
}

/// Which equation of the books fails, and where.
fn differs(text: &str, check: &str, place: &str, (expected, found): (i64, i64)) -> Told {
    let value = json!({ "agrees": false, "person": "", "place": place, "check": check,
                        "expected": Fen::new(expected).to_string(),
                        "found": Fen::new(found).to_string() });
    (format!("{text}\n"), value, 1)
}

fn bridge_open(open: &app::clearing::BookBridge) -> Told {
    let (month, book, bridge) = (&open.month, &open.book, &open.bridge);
    let (expected, found) = (bridge.expected(), bridge.cash);
    let text = format!("{month}账套{book}桥接表不平：应付出{expected}元，实付{found}元\n");
    let value = json!({ "agrees": false, "person": "", "place": format!("{month} {book}"),
                        "check": "bridge", "expected": expected.to_string(),
                        "found": found.to_string() });
    (text, value, 1)
}

fn agrees(
    sums: &Verified,
    books: &ContributionSums,
    (clearing, bridges): (&ClearingSums, usize),
) -> Told {
    let text = format!(
        "核对一致：{}人，{}笔结算，{}次累计变动，{}次账户收支，{}笔分录；{}次月核定，{}行到账，{}笔征缴分录；\
         {}张清算单，{}笔明细，{}张支付凭单，{}行银行回单，{}笔清算分录，{bridges}个桥接表差额为零\n",
        sums.persons,
        sums.settlements,
        sums.postings,
        sums.movements,
        sums.transfers,
        books.months,
        books.receipts,
        books.transfers,
        clearing.statements,
        clearing.bills,
        clearing.orders,
        clearing.bank_lines,
        clearing.transfers,
    );
    let cleared = json!({ "statements": clearing.statements, "bills": clearing.bills,
                          "orders": clearing.orders, "bank_lines": clearing.bank_lines,
                          "transfers": clearing.transfers, "bridges": bridges });
    let value = json!({ "agrees": true, "persons": sums.persons, "settlements": sums.settlements,
                        "postings": sums.postings, "movements": sums.movements,
                        "transfers": sums.transfers, "assessed_months": books.months,
                        "receipts": books.receipts, "contribution_transfers": books.transfers,
                        "clearing": cleared });
    (text, value, 0)
}
