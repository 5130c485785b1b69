//! A year by scores: reads the region, clears it, writes the result.

use std::collections::BTreeMap;
use std::path::Path;

use indicatif::ProgressBar;
use money::{Fen, Points, Score};
use payment::dip::{
    DeviationClass, DipCase, DipClearing, DipInstitution, DipParameters, DipRegion, Means,
    clear_region_by, explain_case, explain_institution, usual_bands,
};
use payment::{Groups, Roster};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use super::field::{Entries, Field, Place, factor_of, fen_of};
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
    progress.set_message("计算分值");
    let around = (&region.roster, &region.groups);
    let cleared = clear_region_by(&region, |prices, cases| {
        cores::in_parts(cases, |part| {
            let each = part.iter();
            each.map(|case| prices.price(case, &region.parameters, around))
                .collect()
        })
    })?;
    progress.set_message("写出结果");
    let report = Report {
        region: &region,
        cleared: &cleared,
    };
    write::whole(out, &report)?;
    progress.finish_and_clear();
    if teller.tells() {
        teller.tell(told(&region, &cleared, teller))?;
    }
    Ok(Done {
        kind: "按病种分值付费",
        institutions: region.roster.len(),
        cases: region.cases.len(),
        paid: cleared
            .institutions
            .iter()
            .map(|one| one.annual_payment)
            .sum(),
    })
}

fn read<'a>(file: &Entries<'a>) -> Result<DipRegion<'a>, Problem> {
    let root = Place::root();
    let parameters = read_parameters(&file.need("params", &root)?)?;
    parameters.check()?;
    let fund_available = file.need("fund_available", &root)?.fen()?;
    let roster = read_roster(&file.need("hospitals", &root)?)?;
    let means = read_means(file)?;
    let mut groups = Groups::default();
    for code in means.groups.keys() {
        groups.place(code)?;
    }
    let cases = read_cases(&file.need("cases", &root)?, &roster, &mut groups)?;
    Ok(DipRegion {
        parameters,
        roster,
        groups,
        means,
        cases,
        fund_available,
    })
}

fn read_parameters(params: &Field<'_, '_>) -> Result<DipParameters, Problem> {
    let (entries, place) = (params.entries()?, params.place());
    let need = |name| entries.need(name, &place);
    let basic = entries.maybe("basic_groups", &place);
    let basic = basic.map(|field| field.list_of(|code| Ok(code.code()?.into_owned())));
    Ok(DipParameters {
        base: need("base")?.factor()?,
        year_weights: need("year_weights")?.list_of(factor_of)?,
        low: need("low")?.factor()?,
        high: need("high")?.factor()?,
        basic_groups: basic.transpose()?.unwrap_or_default().into_iter().collect(),
        reimbursement_ratio: need("reimbursement_ratio")?.factor()?,
        annual_bands: usual_bands(),
    })
}

fn read_roster(hospitals: &Field<'_, '_>) -> Result<Roster<DipInstitution>, Problem> {
    let read = |one: &Field<'_, '_>| {
        let (entries, place) = (one.entries()?, one.place());
        let code = entries.need("code", &place)?.code()?.into_owned();
        let coefficient = entries.need("coefficient", &place)?;
        let facts = DipInstitution {
            level: entries.need("level", &place)?.code()?.into_owned(),
            coefficient: coefficient.factor()?,
        };
        if facts.coefficient.ratio() <= money::Ratio::ZERO {
            return Err(coefficient.refused("应大于零"));
        }
        Ok((code, facts))
    };
    Ok(Roster::try_new(hospitals.list_of(read)?)?)
}

fn read_means(file: &Entries<'_>) -> Result<Means, Problem> {
    let root = Place::root();
    let region = file.need("region_year_means", &root)?.list_of(fen_of)?;
    let groups = file.need("group_year_means", &root)?;
    let levels = file.need("level_means", &root)?;
    let of_level = |level: &Field<'_, '_>| map_of(level, fen_of);
    Ok(Means {
        region,
        groups: map_of(&groups, |years| years.list_of(fen_of))?,
        levels: map_of(&levels, of_level)?,
    })
}

/// A map whose values are read alike.
fn map_of<T>(
    field: &Field<'_, '_>,
    read: impl Fn(&Field<'_, '_>) -> Result<T, Problem>,
) -> Result<BTreeMap<String, T>, Problem> {
    let place = field.place();
    let entries = field.entries()?;
    let each = entries.0.iter().map(|(name, raw)| {
        let value = Field::required(Some(raw), place.field(name))?;
        Ok((name.clone(), read(&value)?))
    });
    each.collect()
}

#[derive(Deserialize)]
struct Case<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    hospital: Option<&'a RawValue>,
    group: Option<&'a RawValue>,
    cost: Option<&'a RawValue>,
    fund: Option<&'a RawValue>,
    aux: Option<&'a RawValue>,
}

fn read_cases<'a>(
    cases: &Field<'a, '_>,
    roster: &Roster<DipInstitution>,
    groups: &mut Groups,
) -> Result<Vec<DipCase<'a>>, Problem> {
    let mut read = Vec::new();
    cases.each(|position, raw: Case<'a>| {
        let above = cases.place();
        let place = above.entry(position);
        let need = |raw, name| Field::required(raw, place.field(name));
        let id = need(raw.id, "id")?.code()?;
        let code = need(raw.hospital, "hospital")?.code()?;
        let auxiliary = Field::optional(raw.aux, place.field("aux"));
        let auxiliary = auxiliary
            .map(|field| field.list_of(factor_of))
            .transpose()?;
        read.push(DipCase {
            institution: roster.find(&code, || format!("{place}（病例{id}）"))?,
            group: groups.place(&need(raw.group, "group")?.code()?)?,
            cost: need(raw.cost, "cost")?.fen()?,
            fund: need(raw.fund, "fund")?.fen()?,
            auxiliary: auxiliary.and_then(|factors| factors.into_iter().max()),
            id,
        });
        Ok(())
    })?;
    super::distinct(read.iter().map(|one| one.id.as_ref()))?;
    Ok(read)
}

struct Report<'r> {
    region: &'r DipRegion<'r>,
    cleared: &'r DipClearing,
}

#[derive(Serialize)]
struct CaseLine<'r> {
    id: &'r str,
    cls: DeviationClass,
    case_score: Score,
    weighted_score: Points,
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (region, cleared) = (self.region, self.cleared);
        let scores = region.groups.iter();
        let scores = scores.filter_map(|(code, index)| Some((code, cleared.prices.score(index)?)));
        let lines = region.cases.iter().zip(&cleared.priced);
        let lines = lines.map(|(case, priced)| CaseLine {
            id: &case.id,
            cls: priced.class,
            case_score: priced.score,
            weighted_score: priced.weighted,
        });
        let codes = region.roster.codes();
        let amounts = |of: fn(&payment::dip::DipInstitutionClearing) -> Fen| {
            Mapped(
                codes
                    .clone()
                    .map(move |(code, index)| (code, of(cleared.of(index)))),
            )
        };
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("scores", &Mapped(scores))?;
        out.serialize_entry("cases", &Listed(lines))?;
        out.serialize_entry("total_weighted_scores", &cleared.total_weighted)?;
        out.serialize_entry("settlement_point_value", &cleared.point_value)?;
        out.serialize_entry("entitlement", &amounts(|one| one.entitlement))?;
        out.serialize_entry("actual_fund", &amounts(|one| one.actual))?;
        out.serialize_entry("annual_payment", &amounts(|one| one.annual_payment))?;
        out.end()
    }
}

fn told<'t>(
    region: &'t DipRegion<'t>,
    cleared: &'t DipClearing,
    teller: &'t Teller,
) -> impl Iterator<Item = Result<Told<'t>, Problem>> {
    let institutions = region.roster.codes().filter(|(code, _)| teller.wants(code));
    let institutions = institutions.map(|(code, index)| {
        let own = cleared.of(index);
        Ok(Told {
            what: "机构",
            code,
            result: format!(
                "应得{}元，年终结算{}元",
                own.entitlement, own.annual_payment
            ),
            steps: explain_institution(region, cleared, index)?,
        })
    });
    let cases = region.cases.iter().zip(&cleared.priced);
    let cases = cases.filter(|(case, _)| {
        teller.wants(&case.id) || teller.wants(region.roster.code(case.institution))
    });
    let cases = cases.map(|(case, priced)| {
        Ok(Told {
            what: "病例",
            code: &case.id,
            result: format!("{}，加权分值{}", priced.class.zh(), priced.weighted),
            steps: explain_case(region, cleared, case, *priced)?,
        })
    });
    institutions.chain(cases)
}
