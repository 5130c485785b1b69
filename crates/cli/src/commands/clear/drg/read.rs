//! A region by points, read from its file.

use std::borrow::Cow;
use std::collections::HashMap;
use std::thread;

use money::Fen;
use payment::drg::{
    BaseTally, Discharge, DrgParameters, DrgRegion, HighStep, PatientIndex, Readmission, Sharing,
    Tier, Variant,
};
use payment::{Groups, Refusal, Roster};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::commands::clear::distinct;
use crate::commands::clear::field::{Entries, Field, Place};
use crate::commands::clear::problem::Problem;

/// Reads a region; whatever is wrong with it is said with its place.
pub fn read<'a>(file: &Entries<'a>) -> Result<DrgRegion<'a>, Problem> {
    let root = Place::root();
    let parameters = read_parameters(&file.need("params", &root)?)?;
    parameters.check()?;
    let budget = file.need("budget", &root)?.fen()?;
    let roster = read_roster(&file.need("hospitals", &root)?)?;
    let base = file.need("base_year_cases", &root)?;
    let cases = file.need("cases", &root)?;
    let needs_patients = parameters.readmission.is_some();
    // The two long lists are read side by side; what is wrong with the first is said first.
    let (counted, read) = thread::scope(|scope| {
        let counting = scope.spawn(|| read_base(&base, &roster));
        let read = read_discharges(&cases, &roster, needs_patients);
        let counted = counting.join();
        (
            counted.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            read,
        )
    });
    let ((mut groups, base), (own, mut discharges)) = (counted?, read?);
    let absorbed = groups.absorb(&own)?;
    for discharge in &mut discharges {
        discharge.group = discharge.group.map(|group| absorbed.place(group));
    }
    Ok(DrgRegion {
        parameters,
        roster,
        groups,
        base,
        discharges,
        budget,
    })
}

fn read_parameters(params: &Field<'_, '_>) -> Result<DrgParameters, Problem> {
    let (entries, place) = (params.entries()?, params.place());
    let need = |name| entries.need(name, &place);
    let pair = |name| -> Result<[Field<'_, '_>; 2], Problem> {
        let field = need(name)?;
        let raws = field.list()?;
        let [first, second] = raws[..] else {
            return Err(field.wrong("应为两项"));
        };
        Ok([first, second].map(|raw| Field::new(raw, place)))
    };
    let [tier, hospital] = pair("coef_weights")?;
    let [least, most] = pair("coef_clamp")?;
    let same_price = entries.maybe("same_price_groups", &place);
    let same_price = same_price.map(|field| field.list_of(|code| Ok(code.code()?.into_owned())));
    let readmission = entries.maybe("readmission", &place);
    let variant = entries.maybe("variant", &place);
    Ok(DrgParameters {
        n_min: need("n_min")?.count()?,
        cv_max: need("cv_max")?.factor()?,
        low: need("low")?.factor()?,
        high_steps: need("high_steps")?.list_of(read_step)?,
        coef_weights: (tier.factor()?, hospital.factor()?),
        coef_clamp: (least.places()?, most.places()?),
        same_price_groups: same_price
            .transpose()?
            .unwrap_or_default()
            .into_iter()
            .collect(),
        readmission: readmission
            .map(|field| read_readmission(&field))
            .transpose()?,
        share: read_sharing(&need("share")?)?,
        variant: variant.map_or(Ok(Variant::default()), |field| read_variant(&field))?,
    })
}

fn read_variant(field: &Field<'_, '_>) -> Result<Variant, Problem> {
    match field.text()?.as_ref() {
        "A" => Ok(Variant::TotalCost),
        "B" => Ok(Variant::FundOnly),
        _ => Err(field.refused("没有这种点值口径，可用：A、B")),
    }
}

fn read_step(step: &Field<'_, '_>) -> Result<HighStep, Problem> {
    let raws = step.list()?;
    let [limit, multiple] = raws[..] else {
        return Err(step.wrong("应为两项：基准点数上限、倍数"));
    };
    let place = step.place();
    let limit = Field::optional(Some(limit), place.entry(0));
    let multiple = Field::required(Some(multiple), place.entry(1))?;
    Ok(HighStep {
        up_to: limit.map(|limit| limit.places()).transpose()?,
        multiple: multiple.factor()?,
    })
}

fn read_readmission(rule: &Field<'_, '_>) -> Result<Readmission, Problem> {
    let (entries, place) = (rule.entries()?, rule.place());
    Ok(Readmission {
        window: entries.need("window", &place)?.count()?,
        factor: entries.need("factor", &place)?.factor()?,
    })
}

fn read_sharing(share: &Field<'_, '_>) -> Result<Sharing, Problem> {
    let (entries, place) = (share.entries()?, share.place());
    Ok(Sharing {
        keep: entries.need("keep", &place)?.factor()?,
        bear: entries.need("bear", &place)?.factor()?,
    })
}

fn read_roster(hospitals: &Field<'_, '_>) -> Result<Roster<Tier>, Problem> {
    let read = |one: &Field<'_, '_>| {
        let (entries, place) = (one.entries()?, one.place());
        let code = entries.need("code", &place)?.code()?.into_owned();
        Ok((code, entries.need("tier", &place)?.code()?.into_owned()))
    };
    Ok(Roster::try_new(hospitals.list_of(read)?)?)
}

#[derive(Deserialize)]
struct BaseCase<'a> {
    #[serde(borrow)]
    hospital: Option<&'a RawValue>,
    group: Option<&'a RawValue>,
    cost: Option<&'a RawValue>,
}

fn read_base(cases: &Field<'_, '_>, roster: &Roster<Tier>) -> Result<(Groups, BaseTally), Problem> {
    let (mut groups, mut tally) = (Groups::default(), BaseTally::default());
    cases.each(|position, raw: BaseCase<'_>| {
        let above = cases.place();
        let place = above.entry(position);
        let field = |raw, name| Field::required(raw, place.field(name));
        let code = field(raw.hospital, "hospital")?.code()?;
        let institution = roster.find(&code, || place.to_string())?;
        let group = groups.place(&field(raw.group, "group")?.code()?)?;
        let cost = field(raw.cost, "cost")?.fen()?;
        Ok(tally.add(institution, group, cost, || place.to_string())?)
    })?;
    Ok((groups, tally))
}

#[derive(Deserialize)]
struct Case<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    hospital: Option<&'a RawValue>,
    patient: Option<&'a RawValue>,
    group: Option<&'a RawValue>,
    admit: Option<&'a RawValue>,
    discharge: Option<&'a RawValue>,
    cost: Option<&'a RawValue>,
    unreasonable: Option<&'a RawValue>,
    fund: Option<&'a RawValue>,
    others: Option<&'a RawValue>,
    bed_day_rate: Option<&'a RawValue>,
    special_review_approved: Option<&'a RawValue>,
    tumour_therapy: Option<&'a RawValue>,
}

fn read_discharges<'a>(
    cases: &Field<'a, '_>,
    roster: &Roster<Tier>,
    needs_patients: bool,
) -> Result<(Groups, Vec<Discharge<'a>>), Problem> {
    let mut groups = Groups::default();
    let mut discharges = Vec::with_capacity(cases.length()?);
    let mut patients = HashMap::new();
    cases.each(|position, raw: Case<'a>| {
        let above = cases.place();
        let place = above.entry(position);
        let mut discharge = read_discharge(&raw, &place, roster, &mut groups)?;
        if needs_patients {
            let code = Field::required(raw.patient, place.field("patient"))?.code()?;
            let next = u32::try_from(patients.len());
            let next = next.map_err(|_| Refusal::TooLarge {
                what: "患者数".into(),
            })?;
            let patient = *patients.entry(code).or_insert(PatientIndex(next));
            discharge.patient = Some(patient);
        }
        discharge.check()?;
        discharges.push(discharge);
        Ok(())
    })?;
    drop(patients);
    distinct(discharges.iter().map(|one| one.id.as_ref()))?;
    Ok((groups, discharges))
}

fn read_discharge<'a>(
    raw: &Case<'a>,
    place: &Place<'_>,
    roster: &Roster<Tier>,
    groups: &mut Groups,
) -> Result<Discharge<'a>, Problem> {
    let need = |raw, name| Field::required(raw, place.field(name));
    let maybe = |raw, name| Field::optional(raw, place.field(name));
    let flag = |raw, name| maybe(raw, name).map_or(Ok(false), |field| field.flag());
    let id: Cow<'a, str> = need(raw.id, "id")?.code()?;
    let code = need(raw.hospital, "hospital")?.code()?;
    let group = maybe(raw.group, "group")
        .map(|field| field.code())
        .transpose()?;
    let rate = maybe(raw.bed_day_rate, "bed_day_rate");
    let unreasonable = maybe(raw.unreasonable, "unreasonable");
    Ok(Discharge {
        institution: roster.find(&code, || format!("{place}（病例{id}）"))?,
        patient: None,
        group: group.map(|code| groups.place(&code)).transpose()?,
        admission: need(raw.admit, "admit")?.date()?,
        discharge: need(raw.discharge, "discharge")?.date()?,
        cost: need(raw.cost, "cost")?.fen()?,
        unreasonable: unreasonable.map_or(Ok(Fen::ZERO), |field| field.fen())?,
        fund: need(raw.fund, "fund")?.fen()?,
        others: need(raw.others, "others")?.fen()?,
        bed_day_rate: rate.map(|field| field.fen()).transpose()?,
        special_review_approved: flag(raw.special_review_approved, "special_review_approved")?,
        tumour_therapy: flag(raw.tumour_therapy, "tumour_therapy")?,
        id,
    })
}
