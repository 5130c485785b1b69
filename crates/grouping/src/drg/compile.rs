use std::collections::{BTreeMap, BTreeSet};

use super::check;
use super::scheme::{Adrg, ComplicationTable, Drg, DrgScheme, Mdc};
use crate::formula::{Severity, Side};
use crate::lists::{BookDraft, ListId, ListSource};
use crate::place::{Finding, FindingKind, Findings};
use crate::rule::{Desk, Owner, VALID};
use crate::tables::{AdrgRow, Ambiguity, DrgTables, MdcRow, RowResult};

/// Diagnoses, their severities and the lists that exclude them, before they are numbered.
type Complications = Vec<(String, Severity, Option<ListId>)>;

impl DrgScheme {
    /// Compiles tables into a scheme, with what somebody should look at.
    ///
    /// # Errors
    /// Every finding, when one of them makes the scheme unusable: a rule that cannot be read, a
    /// list that is missing, empty or contains itself, a duplicate code, a row that has no home.
    pub fn compile(tables: &DrgTables) -> Result<(Self, Vec<Finding>), Vec<Finding>> {
        let mut findings = Findings::default();
        check::rows(tables, &mut findings);
        let lists = ListSource::new(&tables.lists, &mut findings);
        let mut diagnoses = BookDraft::new(Side::Diagnosis);
        let mut procedures = BookDraft::new(Side::Procedure);
        let sites = sites(tables, &mut diagnoses);
        let complications = complications(tables, &mut diagnoses);
        let mut desk = Desk {
            lists: &lists,
            diagnoses: &mut diagnoses,
            procedures: &mut procedures,
            findings: &mut findings,
            sites: &sites,
            by_prefix: false,
            used: BTreeSet::new(),
        };
        let (subgroups, numbers) = subgroups(tables, &mut desk);
        let mdcs = categories(tables, &numbers, &mut desk);
        let used = std::mem::take(&mut desk.used);
        check::unused(&lists, &used, &mut findings);
        check::unreachable(&mdcs, &subgroups, (&diagnoses, &procedures), &mut findings);
        check::strange_codes(tables, (&diagnoses, &procedures), &mut findings);
        let diagnoses = diagnoses.finish(&tables.diagnoses.codes, &tables.diagnoses.mapping);
        let procedures = procedures.finish(&tables.procedures.codes, &tables.procedures.mapping);
        let mut scheme = Self {
            title: tables.title.clone(),
            settings: tables.settings.clone(),
            diagnoses,
            procedures,
            complications: ComplicationTable::default(),
            mdcs,
            subgroups,
        };
        scheme.number(complications);
        findings.judged(Some(scheme))
    }

    fn number(&mut self, complications: Complications) {
        let numbered = complications
            .into_iter()
            .filter_map(|(diagnosis, severity, exclusion)| {
                let number = self.diagnoses.number(&self.diagnoses.read(&diagnosis))?;
                Some((number, severity, exclusion))
            });
        let rows = numbered.collect();
        self.complications = ComplicationTable::new(rows, self.diagnoses.codes());
    }
}

/// One list per body site, and one that makes every complication a known code.
fn sites(tables: &DrgTables, diagnoses: &mut BookDraft) -> Vec<ListId> {
    let mut by_site: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &tables.sites {
        by_site
            .entry(&row.site)
            .or_default()
            .push(row.diagnosis.clone());
    }
    let list = |(site, codes): (&str, Vec<String>)| {
        let key = format!("部位:{site}");
        diagnoses.list(&key, || site.to_owned(), || codes, false)
    };
    by_site.into_iter().map(list).collect()
}

fn complications(tables: &DrgTables, diagnoses: &mut BookDraft) -> Complications {
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &tables.exclusions {
        groups
            .entry(&row.group)
            .or_default()
            .push(row.principal.clone());
    }
    let mut numbers: BTreeMap<&str, ListId> = BTreeMap::new();
    for (group, codes) in groups {
        let key = format!("排除:{group}");
        let id = diagnoses.list(&key, || format!("排除组{group}"), || codes, false);
        numbers.insert(group, id);
    }
    let all = || {
        tables
            .complications
            .iter()
            .map(|row| row.diagnosis.clone())
            .collect()
    };
    diagnoses.list("合并症", || "合并症和并发症表".to_owned(), all, false);
    let each = tables.complications.iter().map(|row| {
        let exclusion = numbers.get(row.exclusion.as_str()).copied();
        (row.diagnosis.clone(), row.severity, exclusion)
    });
    each.collect()
}

/// Subgroups by adjacent DRG, and which number each adjacent DRG got.
fn subgroups<'t>(
    tables: &'t DrgTables,
    desk: &mut Desk<'_>,
) -> (Vec<Vec<Drg>>, BTreeMap<&'t str, usize>) {
    let mut rows: Vec<_> = tables.drgs.iter().collect();
    rows.sort_by_key(|row| row.order);
    let (mut all, mut numbers) = (Vec::<Vec<Drg>>::new(), BTreeMap::new());
    let mut home = BTreeMap::new();
    for adrg in &tables.adrgs {
        home.entry(adrg.code.as_str()).or_insert(adrg);
    }
    for row in rows {
        let adrg = home.get(row.adrg.as_str());
        let scope = adrg.map(|adrg| scope_of(adrg)).unwrap_or_default();
        let owner = Owner {
            place: &row.place,
            scope: &scope,
            mdc: adrg.map_or("", |adrg| &adrg.mdc),
        };
        let Some(rule) = desk.rule(owner, &row.condition) else {
            continue;
        };
        let number = *numbers.entry(row.adrg.as_str()).or_insert_with(|| {
            all.push(Vec::new());
            all.len() - 1
        });
        let drg = Drg {
            code: row.code.clone(),
            name: row.name.clone(),
            rule,
            weight: row.weight,
        };
        if let Some(group) = all.get_mut(number) {
            group.push(drg);
        }
    }
    (all, numbers)
}

fn scope_of(row: &AdrgRow) -> String {
    format!("{}/{}", row.code, row.alternative)
}

fn categories(
    tables: &DrgTables,
    numbers: &BTreeMap<&str, usize>,
    desk: &mut Desk<'_>,
) -> Vec<Mdc> {
    let mut rows: Vec<&MdcRow> = tables.mdcs.iter().collect();
    rows.sort_by_key(|row| row.order);
    let settings = &tables.settings;
    let mut found = Vec::new();
    for row in rows {
        let scope = format!("{}/1", row.code);
        let owner = Owner {
            place: &row.place,
            scope: &scope,
            mdc: &row.code,
        };
        let rule = desk.rule(owner, &row.rule);
        let adrgs = adrgs_of(tables, row, numbers, desk);
        if let Some(rule) = rule {
            found.push(Mdc {
                code: row.code.clone(),
                name: row.name.clone(),
                rule,
                adrgs,
                ungrouped: format!("{}00", letter(&row.code)),
                passes_on: settings.try_next_category
                    || settings.pre_categories.contains(&row.code),
            });
        }
    }
    found
}

/// The rows of a category in order, its ambiguous group between those before and after it.
fn adrgs_of(
    tables: &DrgTables,
    mdc: &MdcRow,
    numbers: &BTreeMap<&str, usize>,
    desk: &mut Desk<'_>,
) -> Vec<Adrg> {
    let mut rows: Vec<&AdrgRow> = tables
        .adrgs
        .iter()
        .filter(|row| row.mdc == mdc.code)
        .collect();
    rows.sort_by_key(|row| row.order);
    let after = rows.iter().position(|row| !row.before_ambiguous);
    let mut found = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        if Some(position) == after {
            found.extend(ambiguous(mdc, desk));
        }
        let owner = Owner {
            place: &row.place,
            scope: &scope_of(row),
            mdc: &mdc.code,
        };
        let Some(rule) = desk.rule(owner, &row.rule) else {
            continue;
        };
        let subgroups = numbers.get(row.code.as_str()).copied();
        if subgroups.is_none() && row.result == RowResult::Group {
            let message = format!("核心病组“{}”没有细分组", row.code);
            desk.findings
                .fatal(&row.place, FindingKind::Dangling, message);
        }
        let alone = match row.result {
            RowResult::Ungrouped => crate::output::NO_DRG.to_owned(),
            _ => row.code.clone(),
        };
        found.push(Adrg {
            code: row.code.clone(),
            alone,
            name: row.name.clone(),
            rule,
            result: row.result,
            subgroups,
        });
    }
    if after.is_none() {
        found.extend(ambiguous(mdc, desk));
    }
    found
}

/// `BQY` of `MDCB`, where the table of categories asks for it.
fn ambiguous(mdc: &MdcRow, desk: &mut Desk<'_>) -> Option<Adrg> {
    let text = match mdc.ambiguity {
        Ambiguity::None => return None,
        Ambiguity::Main => format!("MAINPROC({VALID})"),
        Ambiguity::Any => format!("ANYPROC({VALID})"),
    };
    let owner = Owner {
        place: &mdc.place,
        scope: "",
        mdc: &mdc.code,
    };
    let rule = desk.rule(owner, &text)?;
    Some(Adrg {
        code: "QY".to_owned(),
        alone: format!("{}QY", letter(&mdc.code)),
        name: "歧义组".to_owned(),
        rule,
        result: RowResult::Ambiguous,
        subgroups: None,
    })
}

/// `B` of `MDCB`.
fn letter(mdc: &str) -> &str {
    mdc.strip_prefix("MDC").unwrap_or(mdc)
}
