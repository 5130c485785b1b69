//! From a list, the settlement, the visit and the person to the case that is grouped.

use grouping::Discharge;
use grouping::quality::ListFacts;
use jiff::Unit;
use jiff::civil::Date;
use store::{PersonRow, SettlementRow, VisitRow};

use super::SettlementList;

/// The longest stay in days that is told apart; no list is older than our calendar.
const LONGEST: i32 = 100_000;

/// Everything known of a case.
pub(super) struct Known<'a> {
    pub list: &'a SettlementList,
    pub person: &'a PersonRow,
    pub settlement: &'a SettlementRow,
    pub visit: Option<&'a VisitRow>,
}

impl<'a> Known<'a> {
    /// Day of admission: the list's, else the visit's.
    pub fn admitted_on(&self) -> Option<Date> {
        let stated = self.list.admitted_at.map(|at| at.date());
        stated.or_else(|| self.visit.map(|visit| visit.started_at.date()))
    }

    /// Day of discharge: the list's, else the visit's, else the settlement's.
    pub fn discharged_on(&self) -> Date {
        let stated = self.list.discharged_at.map(|at| at.date());
        let ended = || self.visit.and_then(|visit| visit.ended_at);
        stated
            .or_else(|| ended().map(|end| end.date()))
            .unwrap_or_else(|| self.settlement.settled_at.date())
    }

    /// The case as grouping sees it. Sex and age come from the register, the bill from our own
    /// settlement; what the list says otherwise is a finding.
    pub fn discharge(&self) -> Discharge<'a> {
        let (list, born) = (self.list, self.person.birth);
        let admitted = self.admitted_on();
        let age_years = admitted.and_then(|day| years(born, day));
        let newborn = age_years == Some(0);
        let age_days = admitted.filter(|_| newborn).and_then(|day| days(born, day));
        let principal = list.principal();
        let mut marked = false;
        let others = list.western().filter(|one| {
            let is_principal = one.main && !marked;
            marked |= one.main;
            !is_principal
        });
        let (main, rest): (Vec<_>, Vec<_>) = list.procedures.iter().partition(|one| one.main);
        Discharge {
            sex: self.person.sex.parse().ok(),
            age_years,
            age_days: age_days.and_then(|days| u32::try_from(days).ok()),
            birth_weight_g: list.birth_weight_g,
            stay_days: admitted.and_then(|from| days(from, self.discharged_on())),
            ventilator_hours: list.ventilator_hours().ok().flatten(),
            discharge_status: list.discharge_way.trim().parse().ok(),
            department: Some(list.department.as_str()).filter(|code| !code.is_empty()),
            principal,
            others: others.map(|one| one.code.as_str()).collect(),
            procedures: main
                .into_iter()
                .chain(rest)
                .map(|one| one.code.as_str())
                .collect(),
            total_cost: Some(self.settlement.amounts.total),
        }
    }

    /// What the quality checks look at.
    pub fn facts(&self) -> ListFacts<'a> {
        let list = self.list;
        let mains = |one: &&super::ListDiagnosis| one.main;
        let dated = list.procedures.iter();
        let settlement = self.settlement;
        ListFacts {
            discharge: self.discharge(),
            principals: list.western().filter(mains).count(),
            main_procedures: list.procedures.iter().filter(|one| one.main).count(),
            stated_sex: list.sex,
            stated_years: list.years,
            admitted_on: list.admitted_at.map(|at| at.date()),
            discharged_on: list.discharged_at.map(|at| at.date()),
            registered: self.visit.and_then(|visit| {
                let end = visit.ended_at?;
                Some((visit.started_at.date(), end.date()))
            }),
            settled_on: Some(settlement.settled_at.date()),
            procedure_days: dated
                .filter_map(|one| Some((one.code.as_str(), one.on?)))
                .collect(),
            ventilation_unreadable: list.ventilator_hours().err(),
            totals: list
                .charges
                .map(|stated| (stated, settlement.amounts.total)),
            funds: list.funds.map(|stated| (stated, settlement.fund)),
            missing: list.missing.iter().map(String::as_str).collect(),
        }
    }
}

fn years(born: Date, day: Date) -> Option<u16> {
    let span = born.until((Unit::Year, day)).ok()?;
    u16::try_from(span.get_years()).ok()
}

fn days(from: Date, to: Date) -> Option<i32> {
    let span = from.until((Unit::Day, to)).ok()?;
    Some(span.get_days().clamp(-LONGEST, LONGEST))
}
