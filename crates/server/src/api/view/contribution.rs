//! Contributions as lists and pages show them.

use app::contribution::{
    Arrear, EmployerFile, MonthBoard, MonthDone, MonthProblem, ReceiptsDone, SavedStep,
};
use money::Fen;
use policy::FeeMonth;
use store::{
    DueRow, EmployerMonthRow, EmployerRow, MonthLineRow, MonthSums, ReceiptFileRow, ReceiptLineRow,
    ReceiptSums, RefundRow, StaffRow,
};

use super::super::contribution::{
    ArrearView, AssessResult, BoardFile, BoardGroup, ContributionBoard, ReceiptIssueView,
    ReceiptLineView, ReceiptStatus, ReceiptsResult,
};
use super::super::employer::{
    EmployerDetail, EmployerLine, EmployerMonth, EmployerProblem, MonthLine, MonthStep, StaffMember,
};
use super::super::refund::RefundView;

/// The 中文 name of a kind of employer.
pub fn kind_name(kind: &str) -> &str {
    match kind {
        "enterprise" => "企业",
        "public_body" => "机关事业单位",
        "self_employed" => "个体工商户",
        "organisation" => "社会组织",
        "resident" => "城乡居民",
        other => other,
    }
}

/// The 中文 name of a line's status.
pub fn status_name(status: &str) -> &str {
    match status {
        "matched" => "已入账",
        "duplicate" => "重复",
        "unmatched" => "未匹配",
        "over" => "多缴",
        "under" => "不足",
        "unreadable" => "不能读取",
        other => other,
    }
}

/// The 中文 name of why money is given back.
fn reason_name(reason: &str) -> &str {
    match reason {
        "reassessed" => "重新核定",
        "overpaid" => "多缴",
        "subsidised" => "资助参保",
        "double_cover" => "重复参保",
        "employee_cover" => "转为职工参保",
        "death" => "死亡",
        "military_service" => "参军",
        other => other,
    }
}

/// The 中文 name of a refund's state.
fn state_name(state: &str) -> &str {
    match state {
        "proposed" => "待审核",
        "approved" => "待付款",
        "rejected" => "已驳回",
        "paid" => "已退",
        other => other,
    }
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// An employer in a list.
pub fn employer(row: &EmployerRow) -> EmployerLine {
    EmployerLine {
        no: row.employer.clone(),
        name: row.name.clone(),
        kind: row.kind.clone(),
        kind_name: kind_name(&row.kind).to_owned(),
        county: row.county.to_string(),
        state_name: if row.state == "active" {
            "正常"
        } else {
            "已注销"
        }
        .to_owned(),
    }
}

/// An employer's page.
pub fn detail(file: &EmployerFile) -> EmployerDetail {
    let mut months: Vec<EmployerMonth> = Vec::new();
    for row in &file.months {
        let due = file.dues.iter().find(|due| due.period == row.month);
        let view = month(row, due, file);
        match months.last_mut().filter(|last| last.month == view.month) {
            Some(last) => *last = view,
            None => months.push(view),
        }
    }
    months.reverse();
    EmployerDetail {
        employer: employer(&file.employer),
        opened_on: file.employer.opened_on.to_string(),
        staff: file.staff.iter().map(|row| staff(row, file)).collect(),
        months,
        arrears: file.arrears.iter().map(arrear).collect(),
        refunds: file.refunds.iter().map(refund).collect(),
    }
}

fn staff(row: &StaffRow, file: &EmployerFile) -> StaffMember {
    let name = file
        .names
        .iter()
        .find(|(number, _)| *number == row.person_no);
    let mut wages = file.wages.iter().rev();
    let wage = wages.find(|wage| wage.person_no == row.person_no);
    let category: Result<terms::Category, _> = row.category.parse();
    StaffMember {
        no: row.person_no.clone(),
        name: name.map_or_else(String::new, |(_, name)| name.clone()),
        category_name: category
            .map_or(row.category.as_str(), |category| category.zh())
            .to_owned(),
        from: row.starts_on.to_string(),
        to: row.ends_on.map(|day| day.to_string()),
        wage: wage.map(|wage| wage.wage.into()),
        wage_from: wage.map(|wage| wage.from_month.clone()),
    }
}

fn month(row: &EmployerMonthRow, due: Option<&DueRow>, file: &EmployerFile) -> EmployerMonth {
    let paid = due.map_or(Fen::ZERO, |due| due.paid_employer + due.paid_person);
    let owed = row.employer_part + row.person_part;
    let fees = file.late_fees.iter().filter(|fee| fee.period == row.month);
    let problems: Vec<MonthProblem> = serde_json::from_str(&row.problems).unwrap_or_default();
    EmployerMonth {
        month: row.month.clone(),
        version: count(row.version),
        persons: count(row.persons),
        base: row.base.into(),
        employer_part: row.employer_part.into(),
        person_part: row.person_part.into(),
        owed: owed.into(),
        paid: paid.into(),
        unpaid: owed.minus_to_zero(paid).into(),
        overpaid: paid.minus_to_zero(owed).into(),
        late_fee: fees.map(|fee| fee.fee).sum::<Fen>().into(),
        due_on: row.due_on.map(|day| day.to_string()),
        assessed_at: row.assessed_at.to_string(),
        assessed_by: row.assessed_by.clone(),
        problems: problems
            .into_iter()
            .map(|one| EmployerProblem {
                no: one.person_no,
                message: one.message,
            })
            .collect(),
    }
}

/// One person's part of a month, with its explanation.
pub fn line(row: &MonthLineRow, name: &str) -> MonthLine {
    let steps = SavedStep::read(&row.trace).unwrap_or_default();
    MonthLine {
        no: row.person_no.clone(),
        name: name.to_owned(),
        wage: row.wage.into(),
        base: row.base.into(),
        employer_part: row.employer_part.into(),
        person_part: row.person_part.into(),
        steps: steps
            .into_iter()
            .map(|step| MonthStep {
                name: step.name,
                sentence: step.sentence,
                key: step.key.map(|key| key.to_string()),
                effective: step.effective.map(|day| day.to_string()),
            })
            .collect(),
    }
}

/// Something overdue.
pub fn arrear(arrear: &Arrear) -> ArrearView {
    ArrearView {
        owner: arrear.due.owner.clone(),
        name: arrear.name.clone(),
        period: arrear.due.period.clone(),
        employer_part: arrear.employer.into(),
        person_part: arrear.person.into(),
        unpaid: (arrear.employer + arrear.person).into(),
        free_until: arrear.free_until.to_string(),
        days: u32::try_from(arrear.days).unwrap_or(0),
        late_fee: arrear.late_fee.into(),
    }
}

/// A refund.
pub fn refund(row: &RefundRow) -> RefundView {
    RefundView {
        refund: row.refund.clone(),
        owner: row.owner.clone(),
        period: row.period.clone(),
        reason: row.reason.clone(),
        reason_name: reason_name(&row.reason).to_owned(),
        employer_part: row.employer_part.into(),
        person_part: row.person_part.into(),
        amount: (row.employer_part + row.person_part).into(),
        state: row.state.clone(),
        state_name: state_name(&row.state).to_owned(),
        proposed_by: row.proposed_by.clone(),
        proposed_at: row.proposed_at.to_string(),
        decided_by: row.decided_by.clone(),
        note: row.note.clone(),
    }
}

/// A month's board.
pub fn board(period: &str, board: &MonthBoard) -> ContributionBoard {
    let total = board.kinds.iter().fold(none(), |sum, one| MonthSums {
        kind: String::new(),
        owners: sum.owners + one.owners,
        persons: sum.persons + one.persons,
        owed: sum.owed + one.owed,
        paid: sum.paid + one.paid,
        unpaid: sum.unpaid + one.unpaid,
        overpaid: sum.overpaid + one.overpaid,
    });
    let month: Option<FeeMonth> = period.parse().ok();
    ContributionBoard {
        period: period.to_owned(),
        previous: month.map(|month| month.later(-1).to_string()),
        next: month.map(|month| month.later(1).to_string()),
        total: group(&total),
        kinds: board.kinds.iter().map(group).collect(),
        files: board
            .files
            .iter()
            .map(|(row, sums)| file(row, sums))
            .collect(),
        problems: board.problems.iter().map(receipt).collect(),
    }
}

fn none() -> MonthSums {
    MonthSums {
        kind: String::new(),
        owners: 0,
        persons: 0,
        owed: Fen::ZERO,
        paid: Fen::ZERO,
        unpaid: Fen::ZERO,
        overpaid: Fen::ZERO,
    }
}

fn group(sums: &MonthSums) -> BoardGroup {
    BoardGroup {
        kind: sums.kind.clone(),
        name: if sums.kind.is_empty() {
            "合计".to_owned()
        } else {
            kind_name(&sums.kind).to_owned()
        },
        owners: count(sums.owners),
        persons: count(sums.persons),
        owed: sums.owed.into(),
        paid: sums.paid.into(),
        unpaid: sums.unpaid.into(),
        overpaid: sums.overpaid.into(),
    }
}

fn file(row: &ReceiptFileRow, sums: &[ReceiptSums]) -> BoardFile {
    BoardFile {
        file: row.file.clone(),
        name: row.name.clone(),
        number: row.number.clone(),
        lines: count(row.lines),
        total: row.total.into(),
        imported_at: row.imported_at.to_string(),
        imported_by: row.imported_by.clone(),
        by_status: sums
            .iter()
            .map(|sum| status(&sum.status, count(sum.lines), sum.total))
            .collect(),
    }
}

fn status(status: &str, lines: u64, total: Fen) -> ReceiptStatus {
    ReceiptStatus {
        status: status.to_owned(),
        name: status_name(status).to_owned(),
        lines,
        total: total.into(),
    }
}

/// A line of receipts.
pub fn receipt(row: &ReceiptLineRow) -> ReceiptLineView {
    ReceiptLineView {
        file: row.file.clone(),
        line: count(row.line_no),
        owner_kind_name: if row.owner_kind == "person" {
            "个人"
        } else {
            "单位"
        }
        .to_owned(),
        owner: row.owner.clone(),
        period: row.period.clone(),
        amount: (row.employer_part + row.person_part + row.late_fee).into(),
        left: (row.left_employer + row.left_person).into(),
        paid_on: row.paid_on.to_string(),
        voucher: row.voucher.clone(),
        status: row.status.clone(),
        status_name: status_name(&row.status).to_owned(),
        note: row.note.clone(),
    }
}

/// What an import did, or would do.
pub fn import(done: &ReceiptsDone) -> ReceiptsResult {
    let message = match (&done.before, done.applied, done.issues.is_empty()) {
        (Some(before), _, _) => {
            let (at, by) = (before.imported_at, &before.imported_by);
            format!("这个文件已由{by}于{at}导入过，没有再次入账")
        }
        (None, true, _) => "已导入".to_owned(),
        (None, false, true) => "试运行，没有入账".to_owned(),
        (None, false, false) => "有不能读取的行，没有入账".to_owned(),
    };
    ReceiptsResult {
        file: done.file.clone(),
        number: done.number.clone(),
        lines: done.lines,
        total: done.total.into(),
        applied: done.applied,
        message,
        by_status: done
            .by_status
            .iter()
            .map(|(word, (lines, total))| status(word, *lines, *total))
            .collect(),
        issues: done
            .issues
            .iter()
            .map(|issue| ReceiptIssueView {
                line: issue.line,
                column: issue.column.to_owned(),
                message: issue.message.clone(),
            })
            .collect(),
    }
}

/// What a run of assessments did.
pub fn assessed(done: &MonthDone) -> AssessResult {
    AssessResult {
        employers: done.employers,
        unchanged: done.unchanged,
        persons: done.persons,
        employer_part: done.employer_part.into(),
        person_part: done.person_part.into(),
        problems: done.problems,
    }
}
