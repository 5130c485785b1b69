//! A year by scores: reads the region, clears it, writes the result.

mod read;

use std::path::Path;

use indicatif::ProgressBar;
use money::{Fen, Points, Score};
use payment::dip::{
    DeviationClass, DipClearing, DipRegion, clear_region_by, explain_case, explain_institution,
};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::field::Entries;
use super::problem::Problem;
use super::tell::{Teller, Told};
use super::write::{Listed, Mapped};
use super::{Done, cores, write};
use read::read;

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
