use std::collections::{BTreeMap, BTreeSet};

use super::expression::Expression;
use super::scheme::{Asked, AuxiliaryRule, Comprehensive, Diagnosis, DipScheme, Row, Stage};
use crate::formula::Side;
use crate::lists::{BookDraft, ListSource, PrefixMap};
use crate::place::{Finding, FindingKind, Findings, Place};
use crate::rule::{Desk, Owner, Rule};
use crate::tables::{DipRow, DipSettings, DipTables};

/// How tables write that no procedure counts.
const CONSERVATIVE: &str = "×";

impl DipScheme {
    /// Compiles tables into a directory, with what somebody should look at.
    ///
    /// # Errors
    /// Every finding, when one of them makes the directory unusable.
    pub fn compile(tables: &DipTables) -> Result<(Self, Vec<Finding>), Vec<Finding>> {
        let mut findings = Findings::default();
        let lists = ListSource::new(&tables.lists, &mut findings);
        let mut diagnoses = BookDraft::new(Side::Diagnosis);
        let mut procedures = BookDraft::new(Side::Procedure);
        duplicates(tables, &mut findings);
        let classes = classes(tables, &mut findings);
        let mut desk = Desk {
            lists: &lists,
            diagnoses: &mut diagnoses,
            procedures: &mut procedures,
            findings: &mut findings,
            sites: &[],
            by_prefix: true,
            used: BTreeSet::new(),
        };
        let stages = stages(tables, &classes, &mut desk);
        let auxiliary = auxiliary(tables, &mut desk);
        let used = std::mem::take(&mut desk.used);
        unused(&lists, &used, &mut findings);
        let comprehensive = comprehensive(tables, &mut findings);
        let scheme = Self {
            title: tables.title.clone(),
            settings: tables.settings.clone(),
            diagnoses: diagnoses.finish(&[], &[]),
            procedures: procedures.finish(&[], &[]),
            stages,
            comprehensive,
            classes,
            excluded_diagnoses: excluded(tables, Side::Diagnosis),
            excluded_procedures: excluded(tables, Side::Procedure),
            auxiliary,
            comorbidity: comorbidity(tables),
        };
        findings.judged(Some(scheme))
    }
}

fn duplicates(tables: &DipTables, findings: &mut Findings) {
    let rows = tables.rows.iter().map(|row| (&row.code, &row.place));
    let all = rows.chain(
        tables
            .comprehensive
            .iter()
            .map(|row| (&row.code, &row.place)),
    );
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for (code, place) in all {
        if let Some(first) = seen.insert(code, place) {
            let message = format!("病种“{code}”重复，已见于{first}");
            findings.fatal(place, FindingKind::Duplicate, message);
        }
    }
    if tables.rows.is_empty() && tables.comprehensive.is_empty() {
        let place = Place {
            file: "core.csv".into(),
            row: 0,
        };
        findings.fatal(&place, FindingKind::Empty, "目录没有病种");
    }
}

/// The rank of a class, or a fatal finding.
fn rank(
    settings: &DipSettings,
    word: &str,
    place: &Place,
    findings: &mut Findings,
) -> Option<usize> {
    let found = settings.classes.iter().position(|class| class.word == word);
    if found.is_none() {
        let known: Vec<&str> = settings
            .classes
            .iter()
            .map(|class| class.word.as_str())
            .collect();
        let message = format!("没有治疗方式“{word}”，可用：{}", known.join("、"));
        findings.fatal(place, FindingKind::Dangling, message);
    }
    found
}

fn classes(tables: &DipTables, findings: &mut Findings) -> PrefixMap<usize> {
    let mut classes = PrefixMap::default();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for row in &tables.classes {
        let before = seen.insert(&row.procedure, &row.class);
        if before.is_some_and(|before| before != row.class) {
            let message = format!("手术操作“{}”列在两种治疗方式下", row.procedure);
            findings.fatal(&row.place, FindingKind::Duplicate, message);
        }
        if let Some(rank) = rank(&tables.settings, &row.class, &row.place, findings) {
            *classes.entry(&row.procedure) = rank;
        }
    }
    classes
}

fn excluded(tables: &DipTables, side: Side) -> PrefixMap<()> {
    let mut found = PrefixMap::default();
    for row in tables.excluded.iter().filter(|row| row.side == side) {
        found.entry(&row.code);
    }
    found
}

fn comorbidity(tables: &DipTables) -> PrefixMap<i64> {
    let mut found = PrefixMap::default();
    for row in &tables.comorbidity {
        *found.entry(&row.diagnosis) = row.points;
    }
    found
}

fn stages(tables: &DipTables, classes: &PrefixMap<usize>, desk: &mut Desk<'_>) -> Vec<Stage> {
    let names = tables.settings.stages.iter();
    let mut stages: Vec<Stage> = names
        .map(|name| Stage {
            name: name.clone(),
            ..Stage::default()
        })
        .collect();
    for row in &tables.rows {
        let Some(stage) = stages.iter_mut().find(|stage| stage.name == row.stage) else {
            let known = tables.settings.stages.join("、");
            let message = format!("没有阶段“{}”，可用：{known}", row.stage);
            desk.findings
                .fatal(&row.place, FindingKind::Dangling, message);
            continue;
        };
        if let Some(compiled) = compile_row(row, classes, desk) {
            let at = stage.rows.len();
            match &compiled.diagnosis {
                Diagnosis::Prefix(prefix) => stage.by_diagnosis.entry(prefix).push(at),
                _ => stage.others.push(at),
            }
            stage.rows.push(compiled);
        }
    }
    stages
}

fn compile_row(row: &DipRow, classes: &PrefixMap<usize>, desk: &mut Desk<'_>) -> Option<Row> {
    let place = &row.place;
    let procedure = match row.procedure.as_str() {
        "" => Asked::Nothing,
        CONSERVATIVE => Asked::Conservative,
        text => Asked::Procedures(expression(text, place, desk.findings)?),
    };
    let related = match row.related.as_str() {
        "" => None,
        text => Some(expression(text, place, desk.findings)?),
    };
    let named = match &procedure {
        Asked::Procedures(asked) => Some(asked),
        _ => None,
    };
    let codes = named
        .into_iter()
        .chain(related.as_ref())
        .flat_map(Expression::codes);
    let class = codes
        .filter_map(|code| classes.longest(code))
        .max()
        .copied();
    Some(Row {
        place: place.clone(),
        code: row.code.clone(),
        name: row.name.clone(),
        diagnosis: Diagnosis::parse(&row.diagnosis),
        procedure,
        related,
        condition: condition(&row.condition, place, desk)?,
        class: class.unwrap_or(0),
        primary_care: row.primary_care,
        score: row.score,
        mean_cost: row.mean_cost,
    })
}

fn expression(text: &str, place: &Place, findings: &mut Findings) -> Option<Expression> {
    Expression::parse(text)
        .map_err(|message| findings.fatal(place, FindingKind::BadRule, message))
        .ok()
}

fn condition(text: &str, place: &Place, desk: &mut Desk<'_>) -> Option<Rule> {
    let owner = Owner {
        place,
        scope: "",
        mdc: "",
    };
    desk.rule(owner, text)
}

fn comprehensive(tables: &DipTables, findings: &mut Findings) -> Vec<Comprehensive> {
    let mut found: Vec<Comprehensive> = Vec::new();
    for row in &tables.comprehensive {
        let Some(class) = rank(&tables.settings, &row.class, &row.place, findings) else {
            continue;
        };
        let diagnosis = Diagnosis::parse(&row.diagnosis);
        let same = |other: &&Comprehensive| other.class == class && other.diagnosis == diagnosis;
        if let Some(first) = found.iter().find(same) {
            let message = format!(
                "综合病种“{}”与“{}”的范围相同，永远轮不到",
                row.code, first.code
            );
            findings.warn(&row.place, FindingKind::Unreachable, message);
        }
        found.push(Comprehensive {
            place: row.place.clone(),
            code: row.code.clone(),
            name: row.name.clone(),
            diagnosis,
            class,
            score: row.score,
        });
    }
    found.sort_by_key(|row| row.diagnosis.breadth());
    found
}

fn auxiliary(tables: &DipTables, desk: &mut Desk<'_>) -> Vec<AuxiliaryRule> {
    let rows = tables.auxiliary.iter().filter_map(|row| {
        Some(AuxiliaryRule {
            kind: row.kind,
            code: row.code.clone(),
            name: row.name.clone(),
            condition: condition(&row.condition, &row.place, desk)?,
            factor: row.factor,
        })
    });
    rows.collect()
}

fn unused(lists: &ListSource, used: &BTreeSet<String>, findings: &mut Findings) {
    for (name, place) in lists.names() {
        if let Some(place) = place.filter(|_| !used.contains(name)) {
            let message = format!("列表“{name}”没有被任何条件用到");
            findings.warn(place, FindingKind::Unused, message);
        }
    }
}
