use std::collections::BTreeMap;

use money::{Fen, Ratio};
use serde::Serialize;

use super::tally::{Sums, Tally, cases, merge};
use super::{DipScheme, assign};
use crate::discharge::Discharge;
use crate::place::{Finding, Place};
use crate::tables::{ClassRow, DipRow, DipSettings, DipTables, ExcludedRow};

/// How a directory is made (目录编制参数).
#[derive(Debug, Clone)]
pub struct BuildSettings {
    /// Cases from which a combination is a core group (核心病种例数).
    pub threshold: u64,
    /// The score of a case of average cost.
    pub base: i64,
    /// Weights of the years, the oldest first.
    pub year_weights: Vec<i64>,
    /// What the directory does where its rows leave it open.
    pub directory: DipSettings,
}

/// A directory made from history (编制出的目录).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BuiltDirectory {
    /// Core groups by diagnosis and combination.
    pub core: Vec<BuiltRow>,
    /// Comprehensive groups: categories, then letters.
    pub comprehensive: Vec<BuiltRow>,
    /// Mean cost of all cases.
    pub mean_cost: Fen,
}

/// A group of a directory made from history (编制出的病种).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BuiltRow {
    /// 病种编码.
    pub code: String,
    /// 中文 name.
    pub name: String,
    /// `I63.9`, `I63` or `I`.
    pub diagnosis: String,
    /// `a+b`, or `×` for none; empty for a comprehensive group.
    pub procedure: String,
    /// Treatment class.
    pub class: String,
    /// Cases in the history.
    pub cases: u64,
    /// Mean cost, the years weighted.
    pub mean_cost: Fen,
    /// 分值, rounded half up to the places of the directory.
    pub score: Ratio,
}

/// Diagnosis and procedures that count, with their class and what was counted.
type Combinations<'t> = BTreeMap<(&'t str, Vec<String>), (usize, Sums)>;

/// Makes a directory and its scores from history (目录编制).
///
/// Combinations with enough cases become core groups. The rest is first offered to the core groups
/// as new cases will be, then gathered by category and treatment class, and categories with too few
/// cases by letter. A group's mean cost weighs the yearly means, each rounded to the fen; a year
/// without cases drops out with its weight. Score = mean cost / mean cost of all × base.
///
/// # Errors
/// A 中文 sentence when years and weights do not match or nothing was counted.
pub fn build(
    tally: &Tally,
    classes: &[ClassRow],
    excluded: &[ExcludedRow],
    settings: &BuildSettings,
) -> Result<BuiltDirectory, String> {
    let weights = weights(tally, settings)?;
    let empty = directory(&[], classes, excluded, settings)?;
    let combinations = combinations(tally, &empty);
    let core = core(&combinations, settings);
    let offered = directory(&core, classes, excluded, settings)?;
    let (mut taken, mut left) = (BTreeMap::<String, Sums>::new(), Vec::new());
    let mut all = Sums::new();
    for ((diagnosis, codes), (class, sums)) in &combinations {
        merge(&mut all, sums);
        let discharge = Discharge {
            principal: Some(diagnosis),
            procedures: codes.iter().map(String::as_str).collect(),
            ..Discharge::default()
        };
        match assign(&offered, &discharge).dip {
            "" => left.push((*diagnosis, *class, sums)),
            code => merge(taken.entry(code.to_owned()).or_default(), sums),
        }
    }
    let mean = Mean::of(&all, &weights).ok_or("历史数据没有费用")?;
    let scored = |mut row: BuiltRow, sums: &Sums| {
        let own = Mean::of(sums, &weights)?;
        row.cases = cases(sums);
        row.mean_cost = own.rounded();
        row.score = own.score(&mean, settings);
        Some(row)
    };
    let core = core.into_iter().filter_map(|row| {
        let sums = taken.get(&row.code)?;
        scored(row, sums)
    });
    let comprehensive = comprehensive(&left, settings).into_iter();
    let comprehensive = comprehensive.filter_map(|(row, sums)| scored(row, &sums));
    Ok(BuiltDirectory {
        core: core.collect(),
        comprehensive: comprehensive.collect(),
        mean_cost: mean.rounded(),
    })
}

/// The combinations of the history with only the procedures that count; those that become the same
/// are counted together.
fn combinations<'t>(tally: &'t Tally, empty: &DipScheme) -> Combinations<'t> {
    let mut found = Combinations::new();
    for ((diagnosis, codes), sums) in &tally.combinations {
        let (kept, class) = empty.kept(codes);
        let entry = found.entry((diagnosis, kept));
        merge(&mut entry.or_insert((class, Sums::new())).1, sums);
    }
    found
}

/// A row for every combination with enough cases.
fn core(combinations: &Combinations<'_>, settings: &BuildSettings) -> Vec<BuiltRow> {
    let enough = |sums: &Sums| cases(sums) >= settings.threshold;
    let core = combinations.iter().filter(|(_, (_, sums))| enough(sums));
    let row = |((diagnosis, codes), (class, _)): (&(&str, Vec<String>), &(usize, Sums))| {
        let procedure = match codes.as_slice() {
            [] => "×".to_owned(),
            codes => codes.join("+"),
        };
        let class = settings.directory.classes.get(*class);
        new_row(
            diagnosis,
            procedure,
            class.map_or("", |class| &class.word),
            "",
        )
    };
    core.map(row).collect()
}

/// The weight of every year.
fn weights(tally: &Tally, settings: &BuildSettings) -> Result<BTreeMap<i16, i64>, String> {
    let (years, weights) = (tally.years(), &settings.year_weights);
    if years.is_empty() {
        return Err("历史数据没有可用的病例".to_owned());
    }
    if years.len() != weights.len() {
        let found: Vec<String> = years.iter().map(i16::to_string).collect();
        return Err(format!(
            "历史数据有{}个年度（{}），年度权重却有{}个",
            years.len(),
            found.join("、"),
            weights.len()
        ));
    }
    if weights.iter().any(|weight| *weight <= 0) {
        return Err("年度权重应大于零".to_owned());
    }
    Ok(years.iter().copied().zip(weights.iter().copied()).collect())
}

/// What the history did not put into a core group, by category and by letter.
fn comprehensive(left: &[(&str, usize, &Sums)], settings: &BuildSettings) -> Vec<(BuiltRow, Sums)> {
    let mut by_category: BTreeMap<(&str, usize), Sums> = BTreeMap::new();
    for (diagnosis, class, sums) in left {
        let category = diagnosis.get(..3).unwrap_or(diagnosis);
        merge(by_category.entry((category, *class)).or_default(), sums);
    }
    let mut by_letter: BTreeMap<(&str, usize), Sums> = BTreeMap::new();
    let mut found = Vec::new();
    let row = |diagnosis: &str, class: usize, sums: Sums| {
        let class = settings.directory.classes.get(class)?;
        let row = new_row(diagnosis, String::new(), &class.word, &class.name);
        Some((row, sums))
    };
    for ((category, class), sums) in by_category {
        if cases(&sums) >= settings.threshold {
            found.extend(row(category, class, sums));
        } else {
            let letter = category.get(..1).unwrap_or(category);
            merge(by_letter.entry((letter, class)).or_default(), &sums);
        }
    }
    let letters = by_letter.into_iter();
    found.extend(letters.filter_map(|((letter, class), sums)| row(letter, class, sums)));
    found
}

fn new_row(diagnosis: &str, procedure: String, class: &str, class_name: &str) -> BuiltRow {
    let (code, name) = match procedure.as_str() {
        "" => (
            format!("{diagnosis}:{class}"),
            format!("{diagnosis}类综合，{class_name}"),
        ),
        "×" => (format!("{diagnosis}:×"), format!("{diagnosis}，保守治疗")),
        codes => (
            format!("{diagnosis}:{codes}"),
            format!("{diagnosis}，{codes}"),
        ),
    };
    BuiltRow {
        code,
        name,
        diagnosis: diagnosis.to_owned(),
        procedure,
        class: class.to_owned(),
        cases: 0,
        mean_cost: Fen::ZERO,
        score: Ratio::ZERO,
    }
}

/// A directory of core rows alone, to offer combinations to.
fn directory(
    core: &[BuiltRow],
    classes: &[ClassRow],
    excluded: &[ExcludedRow],
    settings: &BuildSettings,
) -> Result<DipScheme, String> {
    let stage = settings
        .directory
        .stages
        .last()
        .cloned()
        .unwrap_or_default();
    let place = Place {
        file: "core.csv".into(),
        row: 0,
    };
    let row = |row: &BuiltRow| DipRow {
        place: place.clone(),
        code: row.code.clone(),
        stage: stage.clone(),
        diagnosis: row.diagnosis.clone(),
        procedure: row.procedure.clone(),
        related: String::new(),
        condition: String::new(),
        name: String::new(),
        primary_care: false,
        score: None,
        mean_cost: None,
    };
    let mut rows: Vec<DipRow> = core.iter().map(row).collect();
    if rows.is_empty() {
        // A directory needs a row; this one takes no diagnosis there is.
        rows.push(row(&new_row("~", "×".to_owned(), "", "")));
    }
    let tables = DipTables {
        settings: settings.directory.clone(),
        rows,
        classes: classes.to_vec(),
        excluded: excluded.to_vec(),
        ..DipTables::default()
    };
    let said = |findings: Vec<Finding>| {
        let said: Vec<String> = findings.iter().map(Finding::to_string).collect();
        said.join("；")
    };
    DipScheme::compile(&tables)
        .map(|(scheme, _)| scheme)
        .map_err(said)
}

/// A weighted mean of yearly means, in fen: `total` / `weight`.
struct Mean {
    total: i128,
    weight: i128,
}

impl Mean {
    fn of(sums: &Sums, weights: &BTreeMap<i16, i64>) -> Option<Self> {
        let (mut total, mut weight) = (0, 0);
        for (year, (cases, money)) in sums {
            let share = i128::from(*weights.get(year)?);
            total += share * half_up(*money, i128::from(*cases));
            weight += share;
        }
        (total > 0 && weight > 0).then_some(Self { total, weight })
    }

    fn rounded(&self) -> Fen {
        let fen = half_up(self.total, self.weight);
        Fen::new(i64::try_from(fen).unwrap_or(i64::MAX))
    }

    fn score(&self, all: &Self, settings: &BuildSettings) -> Ratio {
        let unit = 10_i64.pow(settings.directory.score_places.min(8));
        let above = self.total * all.weight * i128::from(settings.base) * i128::from(unit);
        let score = half_up(above, self.weight * all.total);
        Ratio::new(i64::try_from(score).unwrap_or(i64::MAX), unit)
    }
}

/// Divides what is not negative by what is positive, halves upwards.
fn half_up(above: i128, below: i128) -> i128 {
    (2 * above + below) / (2 * below.max(1))
}
