use money::{Fen, parse_decimal};

use super::{Intake, LineBlock};
use crate::{ItemKind, LineId, Lines, Moment, NONE, Row, Table};

/// One line as texts and exact numbers, ready for a block (一条明细).
#[derive(Debug, Clone, Copy, Default)]
pub struct LineRow<'r> {
    /// Line id.
    pub id: &'r str,
    /// Visit number.
    pub visit: &'r str,
    /// Item code.
    pub item: &'r str,
    /// Item name.
    pub item_name: &'r str,
    /// Kind of item.
    pub kind: ItemKind,
    /// When the fee arose.
    pub time: Moment,
    /// Thousandths.
    pub count: i32,
    /// 1/10 000 yuan.
    pub price: i64,
    /// Total.
    pub amount: Fen,
    /// Inside the scope of payment; `None` when the file has no such column.
    pub in_scope: Option<Fen>,
    /// Department.
    pub department: &'r str,
    /// Doctor.
    pub doctor: &'r str,
    /// Prescription.
    pub prescription: &'r str,
    /// Days of supply.
    pub supply_days: u16,
    /// Thousandths.
    pub dose: i32,
    /// See the constants of [`Lines`].
    pub flags: u8,
}

impl LineBlock {
    /// The rows of a table of lines; those without what a line needs are counted and left out.
    pub fn of(table: &Table) -> Self {
        let mut block = Self::default();
        let scoped = table.has("in_scope");
        for row in table.rows() {
            match read(row, scoped) {
                Ok(line) => block.push(&line),
                Err(problem) => block.quality.note(problem, row.text("line")),
            }
        }
        block
    }

    /// Adds one line with every column filled.
    pub fn push(&mut self, row: &LineRow<'_>) {
        let id =
            LineId::plain(row.id).unwrap_or_else(|| LineId::text(self.id_texts.number(row.id)));
        let item = self.items.number(row.item);
        self.items.name_it(item, row.item_name);
        self.items.kind_it(item, row.kind);
        let department = self.departments.number_or_none(row.department);
        let lines = &mut self.lines;
        lines.id.push(id);
        lines.visit.push(self.visits.number(row.visit));
        lines.item.push(item);
        lines.time.push(row.time);
        lines.count.push(row.count);
        lines.price.push(row.price);
        lines.amount.push(row.amount);
        lines.in_scope.extend(row.in_scope);
        lines
            .department
            .push(u16::try_from(department).unwrap_or(u16::MAX));
        lines.doctor.push(self.doctors.number_or_none(row.doctor));
        lines
            .prescription
            .push(self.prescriptions.number_or_none(row.prescription));
        lines.supply_days.push(row.supply_days);
        lines.dose.push(row.dose);
        lines.flags.push(row.flags);
    }
}

impl Intake {
    pub(super) fn take_lines(&mut self, table: &Table) {
        self.append(LineBlock::of(table));
    }
}

fn read(row: Row<'_>, scoped: bool) -> Result<LineRow<'_>, &'static str> {
    let item = row.given("item").ok_or("明细缺目录编码")?;
    let time = Moment::parse(row.text("time")).ok_or("明细费用时间缺失或不可读")?;
    let count = number(row, "count", 3).ok_or("明细数量缺失或不可读")?;
    let amount = row.decimal("amount", 2).ok_or("明细金额缺失或不可读")?;
    let count = i32::try_from(count).map_err(|_| "明细数量超出可表示的范围")?;
    Ok(LineRow {
        id: row.given("line").ok_or("明细缺流水号")?,
        visit: row.given("visit").ok_or("明细缺就诊号")?,
        item,
        item_name: row.text("item_name"),
        kind: ItemKind::parse(row.text("kind")),
        time,
        count,
        price: number(row, "price", 4).unwrap_or(0),
        amount: Fen::new(amount),
        in_scope: scoped.then(|| Fen::new(row.decimal("in_scope", 2).unwrap_or(0))),
        department: row.text("department"),
        doctor: row.text("doctor"),
        prescription: row.text("prescription"),
        supply_days: row
            .whole("supply_days")
            .and_then(|d| u16::try_from(d).ok())
            .unwrap_or(0),
        dose: number(row, "dose", 3)
            .and_then(|d| i32::try_from(d).ok())
            .unwrap_or(0),
        flags: flags(row),
    })
}

fn number(row: Row<'_>, column: &str, places: u32) -> Option<i64> {
    parse_decimal(row.given(column)?, places).ok()
}

fn flags(row: Row<'_>) -> u8 {
    let mark = |set: bool, flag: u8| if set { flag } else { 0 };
    mark(row.text("charge_level") == "03", Lines::OUTSIDE_CATALOGUE)
        | mark(row.text("take_home") == "1", Lines::TAKE_HOME)
        | mark(row.text("split") == "1", Lines::SPLIT)
        | mark(row.given("trace_code").is_some(), Lines::TRACED)
}

const _: () = assert!(
    NONE > u16::MAX as u32,
    "unknown departments do not fit 16 bits"
);
