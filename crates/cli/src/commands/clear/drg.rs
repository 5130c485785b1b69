//! A year by points: reads the region, clears it, writes the result.

mod read;
mod report;

use std::path::Path;

use indicatif::ProgressBar;
use payment::drg::{
    DrgClearing, DrgRegion, clear_region_by, explain_discharge, explain_institution,
};

use super::field::Entries;
use super::problem::Problem;
use super::tell::{Teller, Told};
use super::{Done, cores, write};
use read::read;
use report::Report;

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
