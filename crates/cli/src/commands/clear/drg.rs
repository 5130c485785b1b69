//! A year by points: reads the region, clears it, writes the result.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use indicatif::ProgressBar;
use money::{Decimal, ExactError, Fen};
use payment::drg::{
    BaseTally, Discharge, DrgClearing, DrgParameters, DrgRegion, HighStep, PatientIndex,
    Readmission, Sharing, Tier, Variant, clear_region_by, explain_discharge, explain_institution,
};
use payment::{Groups, Refusal, Roster};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use super::field::{Entries, Field, Place};
use super::problem::Problem;
use super::tell::{Teller, Told};
use super::write::{Listed, Mapped};
use super::{Done, cores, write};

/// Reads, clears, writes and explains a region.
pub fn clear(
    file: &Entries<'_>,
    out: &Path,
    teller: &Teller,
    progress: &ProgressBar,
) -> Result<Done, Problem> {
    let region = read(file)?;
    progress.set_message("计算点数");
    let cleared = clear_region_by(&region, |base, discharges| {
        cores::in_parts(discharges, |part| base.price_all(part, &region.parameters))
    })?;
    progress.set_message("写出结果");
    let report = Report::try_new(&region, &cleared)?;
    write::whole(out, &report)?;
    progress.finish_and_clear();
    if teller.tells() {
        teller.tell(told(&region, &cleared, teller))?;
    }
    Ok(Done {
        kind: "DRG点数法",
        institutions: region.roster.len(),
        cases: region.discharges.len(),
        paid: cleared.pool.fund_final,
    })
}

fn read<'a>(file: &Entries<'a>) -> Result<DrgRegion<'a>, Problem> {
    let root = Place::root();
    let parameters = read_parameters(&file.need("params", &root)?)?;
    parameters.check()?;
    let budget = file.need("budget", &root)?.fen()?;
    let roster = read_roster(&file.need("hospitals", &root)?)?;
    let mut groups = Groups::default();
    let base = read_base(&file.need("base_year_cases", &root)?, &roster, &mut groups)?;
    let needs_patients = parameters.readmission.is_some();
    let cases = file.need("cases", &root)?;
    let discharges = read_discharges(&cases, &roster, &mut groups, needs_patients)?;
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

fn read_base(
    cases: &Field<'_, '_>,
    roster: &Roster<Tier>,
    groups: &mut Groups,
) -> Result<BaseTally, Problem> {
    let mut tally = BaseTally::default();
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
    Ok(tally)
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
    groups: &mut Groups,
    needs_patients: bool,
) -> Result<Vec<Discharge<'a>>, Problem> {
    let mut discharges = Vec::new();
    let mut patients = HashMap::new();
    cases.each(|position, raw: Case<'a>| {
        let above = cases.place();
        let place = above.entry(position);
        let mut discharge = read_discharge(&raw, &place, roster, groups)?;
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
    super::distinct(discharges.iter().map(|one| one.id.as_ref()))?;
    Ok(discharges)
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

/// The result with what had to be rounded for it.
struct Report<'r> {
    region: &'r DrgRegion<'r>,
    cleared: &'r DrgClearing,
    mean_all: Decimal<4>,
    point_value: Decimal<4>,
    groups: Vec<(&'r str, GroupLine)>,
}

#[derive(Clone, Serialize)]
struct GroupLine {
    n: u64,
    mean: Decimal<4>,
    stable: bool,
    base_points: money::Points,
}

#[derive(Serialize)]
struct CaseLine<'r> {
    id: &'r str,
    cls: payment::drg::Class,
    points: money::Points,
    halved: bool,
}

impl<'r> Report<'r> {
    fn try_new(region: &'r DrgRegion<'r>, cleared: &'r DrgClearing) -> Result<Self, Problem> {
        let base = &cleared.base;
        let known = region.groups.iter();
        let known = known.filter_map(|(code, index)| Some((code, base.group(index)?)));
        let groups = known.map(|(code, group)| {
            let line = GroupLine {
                n: group.count,
                mean: group.mean.rounded()?,
                stable: group.stable,
                base_points: group.base_points,
            };
            Ok((code, line))
        });
        let rounded = || -> Result<Self, ExactError> {
            Ok(Self {
                region,
                cleared,
                mean_all: base.mean_all.rounded()?,
                point_value: cleared.pool.point_value.rounded()?,
                groups: groups.collect::<Result<_, ExactError>>()?,
            })
        };
        rounded().map_err(|_| {
            Problem::from(Refusal::TooLarge {
                what: "点值".into(),
            })
        })
    }
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (region, cleared) = (self.region, self.cleared);
        let (pool, base) = (&cleared.pool, &cleared.base);
        let codes = region.roster.codes();
        let stable = region.groups.iter().filter_map(|(code, index)| {
            Some((code, base.group(index).filter(|group| group.stable)?))
        });
        let coefficients = codes.clone().map(|(code, institution)| {
            let each = stable.clone();
            let each = each.map(move |(group, facts)| (group, facts.coefficient(institution)));
            (code, Mapped(each))
        });
        let lines = region.discharges.iter().zip(&cleared.priced);
        let lines = lines.map(|(discharge, priced)| CaseLine {
            id: &discharge.id,
            cls: priced.class,
            points: priced.points,
            halved: priced.halved,
        });
        let points = codes
            .clone()
            .map(|(code, index)| (code, pool.of(index).points));
        let entitled = codes.map(|(code, index)| (code, pool.of(index).entitlement));
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("mean_all", &self.mean_all)?;
        out.serialize_entry(
            "groups",
            &Mapped(self.groups.iter().map(|(code, line)| (code, line))),
        )?;
        out.serialize_entry("coefficients", &Mapped(coefficients))?;
        out.serialize_entry("cases", &Listed(lines))?;
        out.serialize_entry("fund_items", &pool.fund_items)?;
        out.serialize_entry("fund_final", &pool.fund_final)?;
        out.serialize_entry("total_points", &pool.total_points)?;
        out.serialize_entry("point_value", &self.point_value)?;
        out.serialize_entry("hospital_points", &Mapped(points))?;
        out.serialize_entry("entitlement", &Mapped(entitled))?;
        out.end()
    }
}

fn told<'t>(
    region: &'t DrgRegion<'t>,
    cleared: &'t DrgClearing,
    teller: &'t Teller,
) -> impl Iterator<Item = Result<Told<'t>, Problem>> {
    let institutions = region.roster.codes().filter(|(code, _)| teller.wants(code));
    let institutions = institutions.map(|(code, index)| {
        let own = cleared.pool.of(index);
        Ok(Told {
            what: "机构",
            code,
            result: format!("{}点，应得{}元", own.points, own.entitlement),
            steps: explain_institution(region, cleared, index)?,
        })
    });
    let cases = region.discharges.iter().zip(&cleared.priced);
    let cases = cases.filter(|(case, _)| {
        teller.wants(&case.id) || teller.wants(region.roster.code(case.institution))
    });
    let cases = cases.map(|(case, priced)| {
        Ok(Told {
            what: "病例",
            code: &case.id,
            result: format!("{}，{}点", priced.class.zh(), priced.points),
            steps: explain_discharge(region, &cleared.base, case, *priced)?,
        })
    });
    institutions.chain(cases)
}
