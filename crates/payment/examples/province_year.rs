//! Clears a made-up year of a province and says how long it took and how much memory it needed.
//!
//! `cargo run --release -p payment --example province_year -- 10000000 1000 3` clears that many
//! cases of that many hospitals that many times, the base year of the same size included.
//! `… -- 10000000 1000 write FILE` writes the same year as a region's file for `tongchou clear`.

use std::borrow::Cow;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::thread;
use std::time::{Duration, Instant};

use money::{Coefficient, Fen, Points};
use payment::drg::{
    BaseTally, Discharge, DrgClearing, DrgParameters, DrgRegion, HighStep, PatientIndex,
    Readmission, Sharing, Tier, Variant, clear_region_by,
};
use payment::{Factor, GroupIndex, Groups, InstitutionIndex, Refusal, Roster};
use terms::Date;

const GROUPS: usize = 1_000;

type Answer<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Answer<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |position: usize, usual: usize| {
        let given = arguments.get(position);
        given.map_or(Ok(usual), |text| text.parse::<usize>())
    };
    let (cases, hospitals) = (number(0, 10_000_000)?, number(1, 1_000)?);
    let year = Year { cases, hospitals };
    if arguments.get(2).is_some_and(|word| word == "write") {
        return year.write(arguments.get(3).ok_or("which file?")?);
    }
    let mut out = std::io::stdout();
    let mut times = Vec::new();
    for _ in 0..number(2, 1)? {
        let (took, cleared) = year.clear()?;
        let paid: Fen = cleared
            .pool
            .institutions
            .iter()
            .map(|one| one.entitlement)
            .sum();
        let fund = cleared.pool.fund_final;
        writeln!(out, "{took:?} for {cases} cases; paid {paid} of {fund}")?;
        times.push(took);
    }
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    writeln!(out, "median {median:?}, peak memory {}", peak())?;
    Ok(())
}

/// The most memory this process has held, as the kernel counts it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("unknown".to_owned(), |line| line.trim().to_owned())
}

struct Year {
    cases: usize,
    hospitals: usize,
}

/// A case before anything is known about places in lists.
struct Made {
    hospital: usize,
    group: usize,
    cost: i64,
    patient: usize,
    admission: Date,
    discharge: Date,
    approved: bool,
    by_days: bool,
}

impl Year {
    /// Generating the facts does not count; folding the base year does.
    fn clear(&self) -> Answer<(Duration, DrgClearing)> {
        let roster = Roster::try_new((0..self.hospitals).map(institution).collect())?;
        let mut groups = Groups::default();
        let places = (0..GROUPS).map(|nth| groups.place(&group(nth)));
        let places = places.collect::<Result<Vec<GroupIndex>, Refusal>>()?;
        let found = (0..self.hospitals).map(|nth| roster.find(&institution(nth).0, String::new));
        let found = found.collect::<Result<Vec<InstitutionIndex>, Refusal>>()?;
        let ids: String = (0..self.cases).map(|nth| format!("C{nth:09}")).collect();
        let mut discharges = Vec::with_capacity(self.cases);
        for nth in 0..self.cases {
            let made = self.made(nth, 1)?;
            let cost = Fen::new(made.cost);
            let fund = Fen::new(made.cost * 6 / 10);
            discharges.push(Discharge {
                id: Cow::Borrowed(&ids[nth * 10..nth * 10 + 10]),
                institution: found[made.hospital],
                patient: Some(PatientIndex(u32::try_from(made.patient)?)),
                group: Some(places[made.group]),
                admission: made.admission,
                discharge: made.discharge,
                cost,
                unreasonable: Fen::new(made.cost / 50),
                fund,
                others: cost - fund,
                bed_day_rate: made.by_days.then_some(Fen::yuan(280)),
                special_review_approved: made.approved,
                tumour_therapy: false,
            });
        }
        let items: i64 = discharges.iter().map(|one| one.fund.get()).sum();
        let begun = Instant::now();
        let region = DrgRegion {
            parameters: parameters()?,
            base: self.base(&found, &places)?,
            roster,
            groups,
            discharges,
            budget: Fen::new(items / 100 * 103),
        };
        let cleared = clear_region_by(&region, |base, discharges| {
            let size = discharges.len().div_ceil(cores()).max(1);
            let parts = thread::scope(|scope| {
                let parameters = &region.parameters;
                let started = discharges
                    .chunks(size)
                    .map(|part| scope.spawn(move || base.price_all(part, parameters)));
                let started: Vec<_> = started.collect();
                let ended = started.into_iter().map(|one| one.join());
                ended
                    .map(|one| one.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                    .collect::<Result<Vec<_>, Refusal>>()
            });
            Ok(parts?.concat())
        })?;
        Ok((begun.elapsed(), cleared))
    }

    /// The base year is counted in parts, one for each core, and never held.
    fn base(&self, found: &[InstitutionIndex], places: &[GroupIndex]) -> Answer<BaseTally> {
        let size = self.cases.div_ceil(cores()).max(1);
        let count = |from: usize| -> Answer<BaseTally> {
            let mut tally = BaseTally::default();
            for nth in from..(from + size).min(self.cases) {
                let made = self.made(nth, 0)?;
                let (institution, group) = (found[made.hospital], places[made.group]);
                tally.add(institution, group, Fen::new(made.cost), || nth.to_string())?;
            }
            Ok(tally)
        };
        let parts = thread::scope(|scope| {
            let count = &count;
            let starts = (0..self.cases).step_by(size);
            let started: Vec<_> = starts
                .map(|from| scope.spawn(move || count(from)))
                .collect();
            let ended = started.into_iter().map(|one| one.join());
            ended
                .map(|one| one.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect::<Answer<Vec<BaseTally>>>()
        });
        let mut whole = BaseTally::default();
        for part in parts? {
            whole.merge(&part)?;
        }
        Ok(whole)
    }

    /// The same number gives the same case: mixed bits in the place of chance.
    fn made(&self, nth: usize, year: u64) -> Answer<Made> {
        let mut bits = mixed(nth as u64 * 2 + year);
        let mut below = |limit: usize| {
            bits = mixed(bits);
            usize::try_from(bits % limit as u64)
        };
        let group = below(GROUPS)?;
        let around = 200_000 + 3_000 * i64::try_from(group)?;
        let part = match below(50)? {
            0 => 10,
            1 => 400,
            _ => 60 + i64::try_from(below(90)?)?,
        };
        let first = Date::new(2024, 1, 1)?;
        let day = |days: usize| Duration::from_secs(days as u64 * 86_400);
        let admission = first + day(below(330)?);
        Ok(Made {
            hospital: below(self.hospitals)?,
            group,
            cost: around * part / 100 + i64::try_from(below(100)?)?,
            patient: below(self.cases.div_ceil(2).max(1))?,
            admission,
            discharge: admission + day(below(30)?),
            approved: below(2)? == 0,
            by_days: below(100)? == 0,
        })
    }

    fn write(&self, path: &str) -> Answer<()> {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
        write!(
            out,
            r#"{{"kind":"drg_points","version":1,"params":{{"n_min":5,"cv_max":"1","low":"0.4",
"high_steps":[[100,"3"],[200,"2.5"],[null,"2"]],"coef_weights":["0.7","0.3"],
"coef_clamp":["0.7","1.3"],"same_price_groups":["G0000"],
"readmission":{{"window":15,"factor":"0.5"}},
"share":{{"keep":"0.85","bear":"0.15"}},"variant":"A"}},"hospitals":["#
        )?;
        for nth in 0..self.hospitals {
            let (code, tier) = institution(nth);
            write!(out, r#"{}{{"code":"{code}","tier":{tier}}}"#, comma(nth))?;
        }
        write!(out, r#"],"base_year_cases":["#)?;
        for nth in 0..self.cases {
            let made = self.made(nth, 0)?;
            let (hospital, group) = (institution(made.hospital).0, group(made.group));
            let cost = Fen::new(made.cost);
            let line = format!(r#"{{"hospital":"{hospital}","group":"{group}","cost":"{cost}"}}"#);
            write!(out, "{}\n{line}", comma(nth))?;
        }
        write!(out, r#"],"cases":["#)?;
        let mut items = 0;
        for nth in 0..self.cases {
            let made = self.made(nth, 1)?;
            let fund = made.cost * 6 / 10;
            items += fund;
            write_case(&mut out, nth, &made, fund)?;
        }
        write!(out, r#"],"budget":"{}"}}"#, Fen::new(items / 100 * 103))?;
        out.flush()?;
        Ok(())
    }
}

fn write_case(out: &mut impl Write, nth: usize, made: &Made, fund: i64) -> Answer<()> {
    let (hospital, group) = (institution(made.hospital).0, group(made.group));
    let rate = if made.by_days { r#""280.00""# } else { "null" };
    let [cost, unreasonable, fund, others] =
        [made.cost, made.cost / 50, fund, made.cost - fund].map(Fen::new);
    write!(
        out,
        r#"{}
{{"id":"C{nth:09}","hospital":"{hospital}","patient":"P{:08}","group":"{group}","admit":"{}",
"discharge":"{}","cost":"{cost}","unreasonable":"{unreasonable}","fund":"{fund}",
"others":"{others}","bed_day_rate":{rate},"special_review_approved":{},"tumour_therapy":false}}"#,
        comma(nth),
        made.patient,
        made.admission,
        made.discharge,
        made.approved,
    )?;
    Ok(())
}

fn comma(nth: usize) -> &'static str {
    if nth == 0 { "" } else { "," }
}

fn institution(nth: usize) -> (String, Tier) {
    (format!("H{nth:04}"), (nth % 3 + 1).to_string())
}

fn group(nth: usize) -> String {
    format!("G{nth:04}")
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// SplitMix64.
fn mixed(bits: u64) -> u64 {
    let mut bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

fn parameters() -> Answer<DrgParameters> {
    let factor = Factor::from_text;
    let step = |up_to: Option<i64>, multiple: &str| -> Answer<HighStep> {
        Ok(HighStep {
            up_to: up_to.map(|whole| Points::new(whole * 10_000)),
            multiple: factor(multiple)?,
        })
    };
    Ok(DrgParameters {
        n_min: 5,
        cv_max: factor("1")?,
        low: factor("0.4")?,
        high_steps: vec![
            step(Some(100), "3")?,
            step(Some(200), "2.5")?,
            step(None, "2")?,
        ],
        coef_weights: (factor("0.7")?, factor("0.3")?),
        coef_clamp: (
            Coefficient::from_text("0.7")?,
            Coefficient::from_text("1.3")?,
        ),
        same_price_groups: [group(0)].into_iter().collect(),
        readmission: Some(Readmission {
            window: 15,
            factor: factor("0.5")?,
        }),
        share: Sharing {
            keep: factor("0.85")?,
            bear: factor("0.15")?,
        },
        variant: Variant::TotalCost,
    })
}
