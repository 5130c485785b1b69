//! A fee line with its catalogue entry and the codes scanned for it.

use lines::{LineRow, Lines, ScanRow, TraceEventKind};
use policy::CatalogueItem;
use store::AuditVisit;
use terms::{ItemClass, Scheme};

use super::words::{kind_of, moment_of};
use super::{AuditIntake, line_key};
use crate::stock::LineCode;
use crate::visit::{LineNote, milligrams, twelfths_a_day};

/// Micros per thousandth, and micros per 1/10 000 yuan.
const THOUSANDTH: i64 = 1_000;
const PRICE: i64 = 100;

impl AuditIntake {
    pub(super) fn line(&mut self, of: &AuditVisit, row: &store::LineRow) {
        let key = line_key(&row.visit_id, &row.line_no);
        let Ok(count) = i32::try_from(row.quantity_micro / THOUSANDTH) else {
            self.intake.note("明细数量超出可表示的范围", key);
            return;
        };
        let note: LineNote = serde_json::from_str(&row.detail).unwrap_or_else(|_| {
            self.intake.note("明细附注不可读", key.clone());
            LineNote::default()
        });
        // A line without a national code is known by the institution's own.
        let code = match row.item_code.as_str() {
            "" => &row.local_code,
            code => code,
        };
        self.name_item(code);
        let item = self.known.law.item(&row.item_code).cloned();
        let name = item.as_ref().map_or(&note.name, |item| &item.name);
        let outside = item
            .as_ref()
            .is_some_and(|item| self.is_outside(of, row, item));
        let mark = |set: bool, flag: u8| if set { flag } else { 0 };
        let dose = milligrams(&note.dose);
        let split = note.codes.iter().any(|code| code.split);
        let prescription = match note.prescription.as_str() {
            "" => String::new(),
            number => line_key(&row.visit_id, number),
        };
        self.block.push(&LineRow {
            id: &key,
            visit: &row.visit_id,
            item: code,
            item_name: name,
            kind: item.as_ref().map(|item| kind_of(item)).unwrap_or_default(),
            time: moment_of(row.charged_at),
            count,
            price: row.price_micro / PRICE,
            amount: row.amounts.total,
            in_scope: Some(row.amounts.in_scope),
            department: &note.department.1,
            doctor: &note.doctor.0,
            prescription: &prescription,
            supply_days: note.supply_days,
            dose: dose
                .and_then(|weight| i32::try_from(weight).ok())
                .unwrap_or(0),
            flags: mark(outside, Lines::OUTSIDE_CATALOGUE)
                | mark(split, Lines::SPLIT)
                | mark(note.take_home, Lines::TAKE_HOME),
        });
        self.order(&key, dose, &note);
        self.scans(of, row, (&key, code, &note.codes), count < 0);
    }

    /// The codes scanned for a line; one that takes back a sale gives its packs back.
    fn scans(
        &mut self,
        of: &AuditVisit,
        row: &store::LineRow,
        (line, item, codes): (&str, &str, &[LineCode]),
        back: bool,
    ) {
        let kind = if back {
            TraceEventKind::Return
        } else {
            TraceEventKind::Sale
        };
        for scanned in codes {
            self.codes.insert(scanned.code.clone());
            self.intake.scan(&ScanRow {
                code: &scanned.code,
                line,
                line_id: None,
                kind,
                time: moment_of(row.charged_at),
                provider: &of.visit.institution,
                person: "",
                item,
                quantity: 1_000,
            });
        }
    }

    /// What a day takes of it, in grams, where dose and frequency can be read (单日剂量).
    fn order(&mut self, line: &str, dose: Option<i64>, note: &LineNote) {
        if let Some((weight, times)) = dose.zip(twelfths_a_day(&note.frequency)) {
            let daily = weight.saturating_mul(times) / 12;
            let grams = format!("{}.{:03}", daily / 1_000, daily % 1_000);
            self.orders.push([line, &grams]);
        }
    }

    /// Whether the item is outside the catalogue (丙类) for the scheme and the house on the day.
    fn is_outside(&self, of: &AuditVisit, row: &store::LineRow, item: &CatalogueItem) -> bool {
        let scheme: Option<Scheme> = of.visit.scheme.parse().ok();
        let institution = self.known.institution(&of.visit.institution);
        let (Some(scheme), Some(institution)) = (scheme, institution) else {
            return false;
        };
        let day = row.charged_at.date();
        let terms = item.terms_for(scheme, institution.grade, day);
        terms.is_some_and(|terms| terms.class == ItemClass::C)
    }
}
