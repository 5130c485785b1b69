use std::borrow::Cow;
use std::collections::BTreeSet;

use money::Ratio;

use super::choose::{Candidate, best};
use super::output::{Auxiliary, COMPREHENSIVE, DipGrouped};
use super::scheme::{Asked, DipScheme, Row, Stage};
use super::spelling::{Spelt, spell};
use crate::discharge::Discharge;
use crate::output::Note;
use crate::place::some_of;
use crate::reading::Reading;
use crate::refusal::Refusal;
use crate::tables::AuxiliaryKind;

/// The procedures of a case that count.
struct Done<'c> {
    /// In the order of the case.
    ordered: Vec<&'c str>,
    /// Each once, sorted.
    sorted: Vec<&'c str>,
    class: usize,
}

/// Finds the DIP group of a discharge, and why (DIP 入组).
///
/// Procedures that do not count are dropped; stages are tried in the directory's order, and of
/// several rows of a stage the declared preferences choose one; then the comprehensive groups of
/// the same treatment class, narrowest first; then nothing, with the refusal that says so.
pub fn assign<'a>(scheme: &'a DipScheme, discharge: &Discharge<'_>) -> DipGrouped<'a> {
    let mut grouped = nothing();
    let spelt = Spelt::of(discharge);
    let plain = spelt.discharge(discharge);
    let Some(principal) = plain.principal else {
        grouped.refusal = Some(Refusal::MissingPrincipal);
        return grouped;
    };
    if let Some(days) = plain.stay_days.filter(|days| *days < 0) {
        grouped.refusal = Some(Refusal::NegativeStay { days });
        return grouped;
    }
    if plain.stay_days == Some(0) {
        grouped.notes.push(Note::StayOfNoDays.to_string());
    }
    let done = count(scheme, &plain.procedures, &mut grouped.notes);
    if let Some(class) = scheme.settings.classes.get(done.class) {
        (grouped.class, grouped.class_name) = (&class.word, &class.name);
    }
    if scheme.excluded_diagnoses.longest(principal).is_some() {
        let diagnosis = principal.to_owned();
        grouped.refusal = Some(Refusal::ExcludedPrincipal { diagnosis });
        return grouped;
    }
    let mut reading = Reading::new(&plain, &scheme.diagnoses, &scheme.procedures);
    reading.comorbidity_points = points(scheme, &plain.others);
    if !place(scheme, &reading, principal, &done, &mut grouped) {
        let diagnosis = principal.to_owned();
        grouped.refusal = Some(Refusal::NotInDirectory { diagnosis });
    }
    add_auxiliary(scheme, &reading, &mut grouped);
    grouped
}

fn nothing<'a>() -> DipGrouped<'a> {
    DipGrouped {
        dip: "",
        name: "",
        stage: "",
        class: "",
        class_name: "",
        primary_care: false,
        score: None,
        factor: Ratio::ONE,
        auxiliary: Vec::new(),
        place: None,
        matched: Vec::new(),
        passed_over: Vec::new(),
        refusal: None,
        notes: Vec::new(),
    }
}

/// Which procedures count, and the class of the case: the highest among them.
fn count<'c>(scheme: &DipScheme, procedures: &[&'c str], notes: &mut Vec<String>) -> Done<'c> {
    let settings = &scheme.settings;
    let (mut ordered, mut dropped, mut class) = (Vec::new(), Vec::new(), 0);
    let mut seen = BTreeSet::new();
    for code in procedures.iter().filter(|code| seen.insert(**code)) {
        let rank = scheme.classes.longest(code).copied();
        let unclassed = rank.is_none() && settings.drop_unclassed && !scheme.classes.is_empty();
        if unclassed || scheme.excluded_procedures.longest(code).is_some() {
            dropped.push(*code);
        } else {
            class = class.max(rank.unwrap_or(0));
            ordered.push(*code);
        }
    }
    let main = procedures.first().filter(|main| dropped.contains(main));
    if let Some(main) = main.filter(|_| settings.excluded_main_is_conservative) {
        notes.push(format!("主要手术操作{main}不参加分组，按保守治疗"));
        (ordered, class) = (Vec::new(), 0);
    } else if !dropped.is_empty() {
        notes.push(format!("手术操作{}不参加分组", some_of(dropped)));
    }
    let mut sorted = ordered.clone();
    sorted.sort_unstable();
    Done {
        ordered,
        sorted,
        class,
    }
}

fn points(scheme: &DipScheme, others: &[&str]) -> i64 {
    let distinct: BTreeSet<&str> = others.iter().copied().collect();
    let points = distinct
        .iter()
        .filter_map(|code| scheme.comorbidity.longest(code));
    points.sum()
}

/// Stages in order, then comprehensive groups; false when nothing takes the case.
fn place<'a>(
    scheme: &'a DipScheme,
    reading: &Reading<'_, '_>,
    principal: &str,
    done: &Done<'_>,
    grouped: &mut DipGrouped<'a>,
) -> bool {
    for stage in &scheme.stages {
        let candidates = candidates(scheme, stage, reading, principal, done);
        let cost = reading.discharge.total_cost;
        let Some(chosen) = best(&scheme.settings.preferences, &candidates, cost) else {
            continue;
        };
        let row = chosen.row;
        (grouped.dip, grouped.name, grouped.stage) = (&row.code, &row.name, &stage.name);
        (grouped.score, grouped.primary_care) = (row.score, row.primary_care);
        grouped.place = Some(&row.place);
        grouped.matched = chosen
            .matched
            .iter()
            .map(|code| (*code).to_owned())
            .collect();
        let lost = candidates
            .iter()
            .filter(|other| other.number != chosen.number);
        grouped.passed_over = lost.map(|other| other.row.code.as_str()).collect();
        return true;
    }
    let mut rows = scheme.comprehensive.iter();
    let row = rows.find(|row| row.class == done.class && row.diagnosis.takes(principal));
    if let Some(row) = row {
        (grouped.dip, grouped.name, grouped.stage) = (&row.code, &row.name, COMPREHENSIVE);
        grouped.score = row.score;
        grouped.place = Some(&row.place);
    }
    row.is_some()
}

fn candidates<'a, 'c>(
    scheme: &DipScheme,
    stage: &'a Stage,
    reading: &Reading<'_, '_>,
    principal: &str,
    done: &Done<'c>,
) -> Vec<Candidate<'a, 'c>> {
    let by_diagnosis = stage.by_diagnosis.all(principal).flatten();
    let mut numbers: Vec<usize> = by_diagnosis.chain(&stage.others).copied().collect();
    numbers.sort_unstable();
    let rows = numbers
        .into_iter()
        .filter_map(|number| Some((number, stage.rows.get(number)?)));
    let fitting =
        rows.filter(|(_, row)| row.diagnosis.takes(principal) && row.condition.test.holds(reading));
    let matching = fitting.filter_map(|(number, row)| {
        let matched = matched(scheme, row, done)?;
        Some(Candidate {
            number,
            row,
            matched,
        })
    });
    matching.collect()
}

/// The procedures that fulfil what a row asks for.
fn matched<'c>(scheme: &DipScheme, row: &Row, done: &Done<'c>) -> Option<Vec<&'c str>> {
    let (main, rest) = (done.ordered.get(..1), done.ordered.get(1..));
    let mut rest: Vec<&'c str> = rest.unwrap_or_default().to_vec();
    let main_only = scheme.settings.main_only;
    let mut found = match &row.procedure {
        Asked::Nothing => Vec::new(),
        Asked::Conservative if done.class == 0 => Vec::new(),
        Asked::Conservative => return None,
        Asked::Procedures(asked) if main_only => asked.matched(main.unwrap_or_default())?,
        Asked::Procedures(asked) => asked.matched(&done.sorted)?,
    };
    if let Some(related) = &row.related {
        rest.sort_unstable();
        let held_against = if main_only { &rest } else { &done.sorted };
        found.extend(related.matched(held_against)?);
        found.sort_unstable();
        found.dedup();
    }
    Some(found)
}

/// Every entry that applies; of the factors the highest counts, and violations only inform.
fn add_auxiliary<'a>(
    scheme: &'a DipScheme,
    reading: &Reading<'_, '_>,
    grouped: &mut DipGrouped<'a>,
) {
    let applying = scheme
        .auxiliary
        .iter()
        .filter(|rule| rule.condition.test.holds(reading));
    grouped.auxiliary = applying
        .map(|rule| Auxiliary {
            kind: rule.kind,
            code: &rule.code,
            name: &rule.name,
            factor: rule.factor,
        })
        .collect();
    let changing = grouped
        .auxiliary
        .iter()
        .filter(|one| one.kind != AuxiliaryKind::Violation);
    if grouped.refusal.is_none() {
        grouped.factor = changing.map(|one| one.factor).max().unwrap_or(Ratio::ONE);
    }
}

impl DipScheme {
    /// The procedures of a combination that count, sorted, and the class they make.
    pub(super) fn kept(&self, codes: &[String]) -> (Vec<String>, usize) {
        let spelt: Vec<Cow<'_, str>> = codes.iter().map(|code| spell(code)).collect();
        let plain: Vec<&str> = spelt.iter().map(Cow::as_ref).collect();
        let done = count(self, &plain, &mut Vec::new());
        let kept = done.sorted.iter().map(|code| (*code).to_owned());
        (kept.collect(), done.class)
    }
}
