//! 病种均费：由基准年病例得出，缺的年份取相邻的一年。

use std::collections::BTreeMap;

use ::store::CaseRow;
use money::Fen;
use payment::Refusal;
use payment::dip::Means;

use super::facts::PoolYear;

/// Cases and their cost in fen.
#[derive(Default, Clone, Copy)]
struct Sum {
    count: i128,
    fen: i128,
}

impl Sum {
    fn add(&mut self, cost: Fen) {
        self.count += 1;
        self.fen += i128::from(cost.get());
    }

    /// Rounded half up to the fen.
    fn mean(self) -> Option<Fen> {
        let doubled = self.fen * 2 + self.count;
        let mean = (self.count > 0).then(|| doubled / (self.count * 2))?;
        i64::try_from(mean).ok().map(Fen::new)
    }
}

#[derive(Default)]
struct Year {
    all: Sum,
    groups: BTreeMap<String, Sum>,
    /// By grade and group.
    levels: BTreeMap<(String, String), Sum>,
}

/// Means of the base years as the score method asks for them, `years` of them.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] for a base year without cases.
pub(super) fn means(year: &PoolYear<'_>, years: usize) -> Result<Means, Refusal> {
    let own = summed(year, &year.cases);
    let mut base: Vec<Year> = year.base.iter().map(|cases| summed(year, cases)).collect();
    if year.pool.base_years == 0 {
        let repeated = (1..years).map(|_| summed(year, &year.cases));
        base.extend(repeated);
    }
    let region: Option<Vec<Fen>> = base.iter().map(|one| one.all.mean()).collect();
    let region = region.ok_or(Refusal::NothingToDivideBy {
        what: "基准年病例数".into(),
    })?;
    let mut means = Means {
        region,
        ..Means::default()
    };
    let codes = own
        .groups
        .keys()
        .chain(base.iter().flat_map(|one| one.groups.keys()));
    let codes: std::collections::BTreeSet<&String> = codes.collect();
    for code in codes {
        if let Some(list) = of_group(code, &base, &own) {
            means.groups.insert(code.clone(), list);
        }
    }
    let newest = base.last().unwrap_or(&own);
    for traits in year.institutions.values() {
        let grade = traits.grade.word().to_owned();
        let level = means.levels.entry(grade.clone()).or_default();
        for (code, list) in &means.groups {
            let own_level = newest.levels.get(&(grade.clone(), code.clone()));
            // A level without a case of the group is compared with all levels.
            let mean = own_level
                .and_then(|sum| sum.mean())
                .or(list.last().copied());
            level.extend(mean.map(|mean| (code.clone(), mean)));
        }
    }
    Ok(means)
}

fn summed(year: &PoolYear<'_>, cases: &[CaseRow]) -> Year {
    let mut sums = Year::default();
    for case in cases {
        sums.all.add(case.cost);
        if case.group_code.is_empty() {
            continue;
        }
        let group = sums.groups.entry(case.group_code.clone()).or_default();
        group.add(case.cost);
        if let Some(traits) = year.institutions.get(&case.institution) {
            let place = (traits.grade.word().to_owned(), case.group_code.clone());
            sums.levels.entry(place).or_default().add(case.cost);
        }
    }
    sums
}

/// One mean per base year: a year without the group takes that of the nearest year with it, a
/// group that no base year saw that of the year itself.
fn of_group(code: &str, base: &[Year], own: &Year) -> Option<Vec<Fen>> {
    let mean = |year: &Year| year.groups.get(code).and_then(|sum| sum.mean());
    let known: Vec<Option<Fen>> = base.iter().map(mean).collect();
    let nearest = |at: usize| {
        let found = known.iter().enumerate().filter_map(|(other, mean)| {
            let distance = at.abs_diff(other);
            Some((distance, (*mean)?))
        });
        found
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, mean)| mean)
    };
    let each = (0..known.len()).map(|at| nearest(at).or_else(|| mean(own)));
    each.collect()
}
