use terms::Sex;

use super::scheme::{Adrg, DrgScheme, Mdc};
use crate::discharge::Discharge;
use crate::formula::{Part, Severity};
use crate::output::{Complication, Grouped, NO_ADRG, NO_DRG, NO_MDC, Note, RuleUse};
use crate::reading::Reading;
use crate::refusal::Refusal;
use crate::rule::Rule;
use crate::tables::{Check, RowResult};

/// Days of age up to which a child is a newborn.
const NEWBORN_DAYS: u32 = 28;
/// Days of age from which a child is one year old.
const YEAR_DAYS: u32 = 366;

/// Finds the DRG of a discharge, and why (DRG 分组). Every discharge gets an answer: one that has no
/// group carries the refusal that says why.
///
/// Categories are tried in the scheme's order, their rows in order, then the subgroups; the first
/// rule that holds wins.
pub fn group<'a>(scheme: &'a DrgScheme, discharge: &Discharge<'a>) -> Grouped<'a> {
    let mut reading = Reading::new(discharge, &scheme.diagnoses, &scheme.procedures);
    let complications = weigh(scheme, &mut reading);
    let mut grouped = Grouped {
        mdc: NO_MDC,
        mdc_name: "",
        adrg: NO_ADRG,
        drg: NO_DRG,
        name: "",
        weight: None,
        severity: reading.severity(),
        result: None,
        refusal: None,
        mdc_rule: None,
        adrg_rule: None,
        drg_rule: None,
        passed_over: Vec::new(),
        complications,
        notes: std::mem::take(&mut reading.notes),
    };
    if let Err(refusal) = examine(scheme, &reading, &mut grouped.notes) {
        grouped.refusal = Some(refusal);
        return grouped;
    }
    place(scheme, &reading, &mut grouped);
    check_sex(scheme, discharge, &mut grouped);
    grouped
}

/// Which secondary diagnoses are complications, and which of them the principal one excludes.
fn weigh<'a>(scheme: &'a DrgScheme, reading: &mut Reading<'a, '_>) -> Vec<Complication<'a>> {
    let mut found = Vec::new();
    for code in &reading.others {
        let number = scheme.diagnoses.number(code);
        let rows = number.map(|number| scheme.complications.of(number));
        for (severity, exclusion) in rows.unwrap_or_default() {
            let taken = exclusion.filter(|list| reading.marks.has(Part::Principal, *list));
            match (taken, severity) {
                (Some(_), _) => {}
                (None, Severity::Mcc) => reading.has_mcc = true,
                (None, _) => reading.has_cc = true,
            }
            found.push(Complication {
                diagnosis: code.text,
                severity: *severity,
                excluded_by: taken.map(|list| scheme.diagnoses.label(list)),
            });
        }
    }
    found
}

/// What must be right before any rule is asked.
fn examine<'a>(
    scheme: &'a DrgScheme,
    reading: &Reading<'a, '_>,
    notes: &mut Vec<Note<'a>>,
) -> Result<(), Refusal> {
    let (settings, discharge) = (&scheme.settings, reading.discharge);
    let principal = reading
        .principal
        .as_ref()
        .ok_or(Refusal::MissingPrincipal)?;
    if principal.unknown && settings.unknown_principal == Check::Refuse {
        let diagnosis = principal.text.to_owned();
        return Err(Refusal::UnknownPrincipal { diagnosis });
    }
    if principal.gray && settings.gray_principal == Check::Refuse {
        let diagnosis = principal.text.to_owned();
        return Err(Refusal::GrayPrincipal { diagnosis });
    }
    let main = reading.done.first().filter(|main| main.gray);
    if let Some(main) = main.filter(|_| settings.gray_main_procedure == Check::Refuse) {
        let procedure = main.text.to_owned();
        return Err(Refusal::GrayMainProcedure { procedure });
    }
    match (discharge.sex, settings.unknown_sex) {
        (None, Check::Refuse) => return Err(Refusal::UnknownSex),
        (None, Check::Note) => notes.push(Note::SexUnknown),
        _ => {}
    }
    match discharge.stay_days {
        Some(days) if days < 0 => return Err(Refusal::NegativeStay { days }),
        Some(0) => notes.push(Note::StayOfNoDays),
        _ => {}
    }
    if let (Some(years), Some(days)) = (discharge.age_years, discharge.age_days) {
        let year_old = days >= YEAR_DAYS;
        if (years == 0) == year_old && !(years == 1 && days == YEAR_DAYS - 1) {
            notes.push(Note::AgeConflict { years, days });
        }
    }
    newborn(scheme, discharge, notes)?;
    ventilation(scheme, reading, notes);
    Ok(())
}

fn newborn(
    scheme: &DrgScheme,
    discharge: &Discharge<'_>,
    notes: &mut Vec<Note<'_>>,
) -> Result<(), Refusal> {
    let days = discharge.age_days.filter(|days| *days <= NEWBORN_DAYS);
    let newborn = discharge.age_years.is_none_or(|years| years == 0);
    let weighed = discharge.birth_weight_g.is_some_and(|grams| grams > 0);
    let Some(days) = days.filter(|_| newborn && !weighed) else {
        return Ok(());
    };
    match scheme.settings.newborn_without_weight {
        Check::Refuse => return Err(Refusal::NewbornWithoutWeight { days }),
        Check::Note => notes.push(Note::WeightUnknown),
        Check::Ignore => {}
    }
    Ok(())
}

/// Hours count only through the coded procedure; a contradiction is named, never resolved.
fn ventilation<'a>(scheme: &'a DrgScheme, reading: &Reading<'a, '_>, notes: &mut Vec<Note<'a>>) {
    let Some(hours) = reading
        .discharge
        .ventilator_hours
        .filter(|hours| *hours > 0)
    else {
        return;
    };
    for claim in &scheme.settings.ventilation {
        let coded = reading
            .done
            .iter()
            .find(|code| code.text == claim.procedure);
        let too_short = hours < claim.from_hours;
        let too_long = claim.below_hours.is_some_and(|below| hours >= below);
        if let Some(code) = coded.filter(|_| too_short || too_long) {
            let procedure = code.text;
            notes.push(Note::VentilationConflict { hours, procedure });
        }
    }
}

/// Asks the rules, in order.
fn place<'a>(scheme: &'a DrgScheme, reading: &Reading<'a, '_>, grouped: &mut Grouped<'a>) {
    let holding = scheme
        .mdcs
        .iter()
        .filter(|mdc| mdc.rule.test.holds(reading));
    for mdc in holding {
        let row = mdc.adrgs.iter().find(|row| row.rule.test.holds(reading));
        if row.is_none() && mdc.passes_on {
            // Any operation enters a pre-group category: that it was left again says nothing.
            if !scheme.settings.pre_categories.contains(&mdc.code) {
                grouped.passed_over.push(&mdc.code);
            }
            continue;
        }
        (grouped.mdc, grouped.mdc_name) = (&mdc.code, &mdc.name);
        grouped.mdc_rule = Some(used(&mdc.rule, reading));
        match row {
            Some(row) => settle(scheme, mdc, row, reading, grouped),
            None => no_group(mdc, &mdc.ungrouped, grouped),
        }
        return;
    }
    grouped.refusal = Some(Refusal::NoCategory);
}

fn no_group<'a>(mdc: &'a Mdc, adrg: &'a str, grouped: &mut Grouped<'a>) {
    grouped.adrg = adrg;
    grouped.result = Some(RowResult::Ungrouped);
    grouped.refusal = Some(Refusal::NoGroup {
        mdc: mdc.code.clone(),
    });
}

/// A row of the category took the case: which subgroup is it?
fn settle<'a>(
    scheme: &'a DrgScheme,
    mdc: &'a Mdc,
    row: &'a Adrg,
    reading: &Reading<'a, '_>,
    grouped: &mut Grouped<'a>,
) {
    grouped.adrg_rule = Some(used(&row.rule, reading));
    if row.result == RowResult::Ungrouped {
        no_group(mdc, &row.code, grouped);
    }
    grouped.adrg = &row.code;
    grouped.result = Some(row.result);
    let Some(subgroups) = row.subgroups.and_then(|at| scheme.subgroups.get(at)) else {
        grouped.drg = &row.alone;
        grouped.name = &row.name;
        return;
    };
    let mut drgs = subgroups.iter();
    match drgs.find(|drg| drg.rule.test.holds(reading)) {
        Some(drg) => {
            grouped.drg = &drg.code;
            grouped.name = &drg.name;
            grouped.weight = drg.weight;
            grouped.drg_rule = Some(used(&drg.rule, reading));
        }
        None => {
            grouped.refusal = Some(Refusal::NoSubgroup {
                adrg: row.code.clone(),
            });
        }
    }
}

fn used<'a>(rule: &'a Rule, reading: &Reading<'a, '_>) -> RuleUse<'a> {
    let mut hits = Vec::new();
    rule.test.hits(reading, &mut hits);
    RuleUse {
        place: &rule.place,
        text: &rule.text,
        hits,
    }
}

/// A category for one sex that took a case of the other.
fn check_sex<'a>(scheme: &'a DrgScheme, discharge: &Discharge<'_>, grouped: &mut Grouped<'a>) {
    let settings = &scheme.settings;
    let against = |wanted: &(String, Sex)| {
        wanted.0 == grouped.mdc && discharge.sex.is_some_and(|sex| sex != wanted.1)
    };
    if settings.sex_conflict == Check::Ignore || !settings.sex_of_category.iter().any(against) {
        return;
    }
    if settings.sex_conflict == Check::Note {
        grouped.notes.push(Note::SexConflict { mdc: grouped.mdc });
        return;
    }
    let mdc = grouped.mdc.to_owned();
    grouped.refusal = Some(Refusal::SexConflict { mdc });
    (grouped.adrg, grouped.drg) = (NO_ADRG, NO_DRG);
    (grouped.name, grouped.weight, grouped.result) = ("", None, None);
}
