//! A region by scores, read from its file.

use std::collections::BTreeMap;

use payment::dip::{DipCase, DipInstitution, DipParameters, DipRegion, Means, usual_bands};
use payment::{Groups, Roster};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::commands::clear::distinct;
use crate::commands::clear::field::{Entries, Field, Place, factor_of, fen_of};
use crate::commands::clear::problem::Problem;

/// Reads a region; whatever is wrong with it is said with its place.
pub fn read<'a>(file: &Entries<'a>) -> Result<DipRegion<'a>, Problem> {
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
    let mut read = Vec::with_capacity(cases.length()?);
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
    distinct(read.iter().map(|one| one.id.as_ref()))?;
    Ok(read)
}
