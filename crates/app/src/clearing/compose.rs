//! What a statement says: its bills by class, what adjusts them, and what is carried forward.

use std::collections::BTreeMap;
use std::str::FromStr;

use ::store::{AdjustmentRow, Gathered, StatementBillRow, StatementRow};
use jiff::civil::DateTime;
use money::Fen;
use policy::FeeMonth;
use sha2::{Digest, Sha256};
use terms::{AdjustmentKind, BenefitClass};

use super::lines::StatementLine;

/// 依据 of bills: what settlements say a fund pays.
const BILLS_SOURCE: &str = "《医疗机构医疗保障定点管理暂行办法》（国家医疗保障局令第2号）";

/// What a statement adds up to (清算单合计).
pub(super) struct Sums {
    /// 明细笔数.
    pub bills: i64,
    /// What the funds owe for bills.
    pub funds: Fen,
    /// What personal accounts pay of bills.
    pub account: Fen,
    /// The sum of the adjustments, derived ones among them.
    pub adjusted: Fen,
    /// 应拨付金额.
    pub due: Fen,
    /// The lines, JSON.
    pub lines: String,
    /// The hash of bills and lines.
    pub snapshot: String,
    /// Adjustments that follow from the others.
    pub derived: Vec<AdjustmentRow>,
}

/// By whom and when a statement is composed.
pub(super) struct Composing<'a> {
    pub by: &'a str,
    pub at: DateTime,
    pub month: FeeMonth,
    pub institution: &'a str,
    pub book: &'a str,
}

/// Composes a statement from its bills and adjustments; what is due is never below zero: what the
/// month cannot bear is carried to the next, by kind, and shown.
pub(super) fn sums(composing: &Composing<'_>, gathered: &Gathered) -> Sums {
    let mut lines = bill_lines(&gathered.bills);
    lines.extend(gathered.adjustments.iter().map(adjustment_line));
    let derived = carried(composing, &gathered.statement, &lines);
    lines.extend(derived.iter().map(adjustment_line));
    let of_bills = |part: fn(&StatementBillRow) -> Fen| gathered.bills.iter().map(part).sum();
    let (funds, account) = (of_bills(|bill| bill.funds), of_bills(|bill| bill.account));
    let due: Fen = lines.iter().map(|line| line.amount).sum();
    let text = StatementLine::write(&lines);
    Sums {
        bills: i64::try_from(gathered.bills.len()).unwrap_or(i64::MAX),
        funds,
        account,
        adjusted: due - funds - account,
        due,
        snapshot: snapshot(&gathered.statement, &gathered.bills, &text),
        lines: text,
        derived,
    }
}

/// The statement of what was gathered, as a draft or in the state it has.
pub(super) fn row(composing: &Composing<'_>, gathered: &Gathered, sums: &Sums) -> StatementRow {
    let empty = || StatementRow {
        statement: gathered.statement.clone(),
        month: composing.month.to_string(),
        institution: composing.institution.to_owned(),
        book: composing.book.to_owned(),
        version: 1,
        state: "draft".to_owned(),
        bills: 0,
        funds: Fen::ZERO,
        account: Fen::ZERO,
        adjusted: Fen::ZERO,
        due: Fen::ZERO,
        snapshot: String::new(),
        lines: String::new(),
        built_by: composing.by.to_owned(),
        built_at: composing.at,
        published_by: String::new(),
        published_at: None,
        respond_by: None,
        pay_by: None,
        applied_on: None,
        approved_by: String::new(),
        approved_at: None,
    };
    let mut row = gathered.before.clone().unwrap_or_else(empty);
    row.bills = sums.bills;
    (row.funds, row.account) = (sums.funds, sums.account);
    (row.adjusted, row.due) = (sums.adjusted, sums.due);
    row.lines.clone_from(&sums.lines);
    row.snapshot.clone_from(&sums.snapshot);
    row
}

fn bill_lines(bills: &[StatementBillRow]) -> Vec<StatementLine> {
    let mut sums: BTreeMap<BenefitClass, (u64, Fen)> = BTreeMap::new();
    let mut add = |class, amount: Fen| {
        if !amount.is_zero() {
            let sum = sums.entry(class).or_insert((0, Fen::ZERO));
            (sum.0, sum.1) = (sum.0 + 1, sum.1 + amount);
        }
    };
    for bill in bills {
        let class = BenefitClass::from_str(&bill.class).unwrap_or(BenefitClass::Inpatient);
        add(class, bill.funds);
        add(BenefitClass::PersonalAccount, bill.account);
    }
    let line = |(class, (count, amount)): (BenefitClass, (u64, Fen))| StatementLine {
        kind: "bills".to_owned(),
        class,
        text: format!("{class}结算{count}笔"),
        amount,
        bills: count,
        source: String::new(),
        legal: BILLS_SOURCE.to_owned(),
    };
    sums.into_iter().map(line).collect()
}

fn adjustment_line(row: &AdjustmentRow) -> StatementLine {
    StatementLine {
        kind: row.kind.clone(),
        class: BenefitClass::from_str(&row.class).unwrap_or(BenefitClass::Inpatient),
        text: row.text.clone(),
        amount: row.amount,
        bills: 0,
        source: row.adjustment.clone(),
        legal: row.document.clone(),
    }
}

/// Whether a line is set off against what the fund has paid before.
pub(super) fn is_offset(line: &StatementLine) -> bool {
    AdjustmentKind::from_str(&line.kind).is_ok_and(AdjustmentKind::is_offset)
}

/// What is spent by class: bills and adjustments without offsets.
pub(super) fn spent(lines: &[StatementLine]) -> Vec<(BenefitClass, Fen)> {
    let mut sums: BTreeMap<BenefitClass, Fen> = BTreeMap::new();
    for line in lines.iter().filter(|line| !is_offset(line)) {
        *sums.entry(line.class).or_default() += line.amount;
    }
    sums.into_iter().collect()
}

/// What is set off of one kind, above zero.
pub(super) fn offset(lines: &[StatementLine], kind: AdjustmentKind) -> Fen {
    let of = lines.iter().filter(|line| line.kind == kind.word());
    -of.map(|line| line.amount).sum::<Fen>()
}

/// What the month cannot bear: a negative sum, and offsets beyond what is due.
fn carried(
    composing: &Composing<'_>,
    statement: &str,
    lines: &[StatementLine],
) -> Vec<AdjustmentRow> {
    let row = |kind: AdjustmentKind, class: BenefitClass, amount, text: &str| AdjustmentRow {
        adjustment: format!("{statement}-{}", kind.word()),
        institution: composing.institution.to_owned(),
        book: composing.book.to_owned(),
        class: class.word().to_owned(),
        kind: kind.word().to_owned(),
        amount,
        first_month: composing.month.to_string(),
        document: statement.to_owned(),
        text: text.to_owned(),
        made_by: composing.by.to_owned(),
        made_at: composing.at,
        state: "taken".to_owned(),
        statement: statement.to_owned(),
        transfer: String::new(),
    };
    let mut derived = Vec::new();
    let by_class = spent(lines);
    let pure: Fen = by_class.iter().map(|(_, amount)| *amount).sum();
    if pure.is_negative() {
        let lowest = by_class.iter().min_by_key(|(_, amount)| *amount);
        let class = lowest.map_or(BenefitClass::Inpatient, |(class, _)| *class);
        let text = "本期合计为负，转下期扣回";
        derived.push(row(AdjustmentKind::CarriedForward, class, -pure, text));
    }
    let mut available = pure.max(Fen::ZERO);
    for kind in [
        AdjustmentKind::SupplierNetting,
        AdjustmentKind::AdvanceRecovery,
    ] {
        let asked = offset(lines, kind);
        let borne = asked.min(available).max(Fen::ZERO);
        available -= borne;
        if asked > borne {
            let class = default_class(composing.book);
            let text = "本期应付不足抵扣，余额转下期";
            derived.push(row(kind, class, asked - borne, text));
        }
    }
    derived
}

/// The class of money that belongs to no bill of its own.
pub(super) fn default_class(book: &str) -> BenefitClass {
    match book {
        "A" => BenefitClass::Aid,
        "L" => BenefitClass::LongTermCare,
        _ => BenefitClass::Inpatient,
    }
}

/// The hash of a statement's bills and lines: the same facts give the same bytes.
fn snapshot(statement: &str, bills: &[StatementBillRow], lines: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(statement.as_bytes());
    for bill in bills {
        let (funds, account) = (bill.funds.get(), bill.account.get());
        let (person, settlement, class) = (&bill.person_no, &bill.settlement, &bill.class);
        hash.update(format!("\n{settlement} {person} {class} {funds} {account}").as_bytes());
    }
    hash.update(b"\n");
    hash.update(lines.as_bytes());
    hexadecimal(&hash.finalize())
}

/// Bytes as hexadecimal text.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
