//! 费用明细：三个上传交易共有的部分。

use app::visit::{LineNote, NewLine};

use crate::ask::Ask;
use crate::{Node, Refusal, codes};

/// The number that stands for all batches or all lines.
const ALL: &str = "0000";

/// What is wanted, or nothing where all are meant.
pub(crate) fn unless_all(number: &str) -> Option<String> {
    (number != ALL).then(|| number.to_owned())
}

/// The fields every kind of line has.
pub(crate) fn line(node: &Node) -> Result<NewLine, Refusal> {
    Ok(NewLine {
        number: node.text("feedetl_sn")?.to_owned(),
        charge_batch: String::new(),
        item_code: node.text("med_list_codg")?.to_owned(),
        local_code: node.text("medins_list_codg")?.to_owned(),
        charged_at: node.datetime("fee_ocur_time")?,
        price: node.price("pric")?,
        quantity: node.quantity("cnt")?,
        amount: node.amount("det_item_fee_sumamt")?,
        outside_indication: false,
        note: LineNote {
            doctor: pair(node, "bilg_dr_codg", "bilg_dr_name"),
            ..LineNote::default()
        },
    })
}

/// Adds what lines outside stays say of taking a drug: prescription, dose, frequency, days.
pub(crate) fn taking(node: &Node, line: &mut NewLine) {
    let text = |field| node.optional_text(field).unwrap_or_default().to_owned();
    line.note.prescription = text("rxno");
    line.note.dose = text("sin_dos_dscr");
    line.note.frequency = text("used_frqu_dscr");
    line.note.supply_days = supply_days(node);
}

/// Adds what hospital lines say beside that.
pub(crate) fn in_hospital(ask: &Ask<'_>, node: &Node, line: &mut NewLine) {
    line.note.department = pair(node, "bilg_dept_codg", "bilg_dept_name");
    line.note.take_home = codes::is_set(node.optional_text("dscg_tkdrug_flag"));
    let approval = node.optional_text("hosp_appr_flag");
    let item = ask.app.law.item(&line.item_code);
    let is_limited = item.is_some_and(|item| !item.restrictions.is_empty());
    line.outside_indication = is_outside(approval, is_limited);
}

/// A limited item needs the hospital's approval (1); an unlimited one may be refused it (2).
fn is_outside(approval: Option<&str>, is_limited: bool) -> bool {
    match approval {
        Some("2") => true,
        Some("0") => is_limited,
        _ => false,
    }
}

/// Whole days a drug lasts, 0 where not given (周期天数).
fn supply_days(node: &Node) -> u16 {
    let days = node
        .optional_hundredths("prd_days")
        .map(|count| count / 100);
    days.and_then(|days| u16::try_from(days).ok()).unwrap_or(0)
}

/// A code with its name, empty where not given.
pub(crate) fn pair(node: &Node, code: &str, name: &str) -> (String, String) {
    let text = |field| node.optional_text(field).unwrap_or_default().to_owned();
    (text(code), text(name))
}

/// Person and visit of an upload: the same in every row.
pub(crate) fn owner(rows: &[Node]) -> Result<(String, String), Refusal> {
    let first = &rows[0];
    let (person, visit) = (first.text("psn_no")?, first.text("mdtrt_id")?);
    for row in rows {
        for (field, wanted) in [("psn_no", person), ("mdtrt_id", visit)] {
            if row.text(field)? != wanted {
                return Err(row.refuse(
                    field,
                    &format!("与第1行的“{wanted}”不同，一次只能上传一次就诊的明细"),
                ));
            }
        }
    }
    Ok((person.to_owned(), visit.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approval_decides_on_limited_items() {
        for (approval, is_limited, outside) in [
            (Some("0"), true, true),
            (Some("1"), true, false),
            (Some("2"), true, true),
            (Some("0"), false, false),
            (Some("1"), false, false),
            (Some("2"), false, true),
            (None, true, false),
        ] {
            assert_eq!(
                is_outside(approval, is_limited),
                outside,
                "{approval:?} {is_limited}"
            );
        }
        assert_eq!(unless_all("0000"), None);
        assert_eq!(unless_all("B1").as_deref(), Some("B1"));
    }
}
