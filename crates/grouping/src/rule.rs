use crate::formula::{Comparison, Fact, Formula, Part, Severity};
use crate::lists::{BookDraft, ListId, ListSource};
use crate::place::{FindingKind, Findings, Place};
use crate::reading::{Hit, Reading};

/// A compiled rule: its text, where it stands, and the tests behind it.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub text: String,
    pub place: Place,
    pub test: Test,
}

/// A rule with its lists resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    Always,
    Not(Box<Test>),
    All(Box<[Test]>),
    Any(Box<[Test]>),
    Has(Part, ListId),
    Count(Part, ListId, Comparison, i64),
    Compare(Fact, Comparison, i64),
    Sites(Box<[ListId]>, Comparison, i64),
    Department(String),
    Complication(Severity),
}

/// What a rule may name while it is compiled.
pub(crate) struct Desk<'t> {
    pub lists: &'t ListSource,
    pub diagnoses: &'t mut BookDraft,
    pub procedures: &'t mut BookDraft,
    pub findings: &'t mut Findings,
    /// Lists of body sites.
    pub sites: &'t [ListId],
    /// Whether lists hold beginnings of codes.
    pub by_prefix: bool,
    /// Full names of lists that some rule named.
    pub used: std::collections::BTreeSet<String>,
}

/// Whose rule is compiled: where it stands and whose lists it may name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner<'t> {
    pub place: &'t Place,
    pub scope: &'t str,
    /// What `MDC` means in a rule: the list of diagnoses of this category.
    pub mdc: &'t str,
}

impl Desk<'_> {
    /// Compiles a rule; what it cannot mean is a fatal finding.
    pub fn rule(&mut self, owner: Owner<'_>, text: &str) -> Option<Rule> {
        let formula = match crate::formula::parse(text) {
            Ok(formula) => formula,
            Err(error) => {
                let message = format!("“{text}”：{error}");
                self.findings
                    .fatal(owner.place, FindingKind::BadRule, message);
                return None;
            }
        };
        let test = self.test(owner, &formula)?;
        Some(Rule {
            text: text.to_owned(),
            place: owner.place.clone(),
            test,
        })
    }

    fn test(&mut self, owner: Owner<'_>, formula: &Formula) -> Option<Test> {
        Some(match formula {
            Formula::Always => Test::Always,
            Formula::Not(inside) => Test::Not(Box::new(self.test(owner, inside)?)),
            Formula::All(parts) => Test::All(self.tests(owner, parts)?),
            Formula::Any(parts) => Test::Any(self.tests(owner, parts)?),
            Formula::In(part, name) => Test::Has(*part, self.list(owner, *part, name)?),
            Formula::Prefix(part, prefix) => {
                let book = self.book(*part);
                Test::Has(*part, book.prefix(prefix))
            }
            Formula::Count(part, name, comparison, number) => {
                let list = self.list(owner, *part, name)?;
                Test::Count(*part, list, *comparison, *number)
            }
            Formula::Compare(Fact::TraumaSites, comparison, number) => {
                if self.sites.is_empty() {
                    let message = "规则要数创伤部位，但方案没有部位列表";
                    self.findings
                        .fatal(owner.place, FindingKind::Empty, message);
                    return None;
                }
                Test::Sites(self.sites.into(), *comparison, *number)
            }
            Formula::Compare(fact, comparison, number) => {
                Test::Compare(*fact, *comparison, *number)
            }
            Formula::Department(code) => Test::Department(code.clone()),
            Formula::Complication(severity) => Test::Complication(*severity),
        })
    }

    /// Compiles all parts even when one is faulty, so that every fault is named at once.
    fn tests(&mut self, owner: Owner<'_>, parts: &[Formula]) -> Option<Box<[Test]>> {
        let tests: Vec<Option<Test>> = parts.iter().map(|part| self.test(owner, part)).collect();
        tests.into_iter().collect()
    }

    fn book(&mut self, part: Part) -> &mut BookDraft {
        match part.side() {
            crate::formula::Side::Diagnosis => self.diagnoses,
            crate::formula::Side::Procedure => self.procedures,
        }
    }

    fn list(&mut self, owner: Owner<'_>, part: Part, name: &str) -> Option<ListId> {
        let (lists, by_prefix) = (self.lists, self.by_prefix);
        let wanted = if name == "MDC" { owner.mdc } else { name };
        let Some(full) = lists.find(owner.scope, wanted) else {
            let message = format!("规则引用的列表“{wanted}”不存在");
            self.findings
                .fatal(owner.place, FindingKind::Dangling, message);
            return None;
        };
        let book = self.book(part);
        let label = || label_of(full, owner.mdc);
        let codes = || lists.codes(full).into_iter().map(str::to_owned).collect();
        let id = book.list(full, label, codes, by_prefix);
        if book.codes(id).is_empty() {
            let message = format!("规则引用的列表“{wanted}”里没有编码");
            self.findings
                .fatal(owner.place, FindingKind::Empty, message);
            return None;
        }
        self.used.insert(full.to_owned());
        Some(id)
    }
}

/// `JU1/1/D` reads "JU1的列表D"; a common list goes by its name.
fn label_of(full: &str, mdc: &str) -> String {
    if full == mdc {
        return format!("{mdc}的诊断表");
    }
    match full.split_once('/') {
        Some((whose, rest)) => {
            let name = rest.rsplit_once('/').map_or(rest, |(_, name)| name);
            format!("{whose}的列表{name}")
        }
        None if full == VALID => "有效手术操作表".to_owned(),
        None => format!("集合{full}"),
    }
}

/// The common list of valid procedures.
pub(crate) const VALID: &str = "VALID";

impl Test {
    /// Whether the rule holds for a discharge.
    pub fn holds(&self, reading: &Reading<'_, '_>) -> bool {
        match self {
            Self::Always => true,
            Self::Not(inside) => !inside.holds(reading),
            Self::All(parts) => parts.iter().all(|part| part.holds(reading)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(reading)),
            Self::Has(part, list) => reading.marks.has(*part, *list),
            Self::Count(part, list, comparison, number) => {
                comparison.holds(reading.count(*part, *list), *number)
            }
            Self::Compare(fact, comparison, number) => {
                known(*fact, reading).is_some_and(|value| comparison.holds(value, *number))
            }
            Self::Sites(sites, comparison, number) => {
                let marked = |site: &&ListId| reading.marks.has(Part::AnyDiagnosis, **site);
                let count = i64::try_from(sites.iter().filter(marked).count());
                comparison.holds(count.unwrap_or(i64::MAX), *number)
            }
            Self::Department(code) => reading.discharge.department == Some(code),
            Self::Complication(Severity::Mcc) => reading.has_mcc,
            Self::Complication(_) => reading.has_cc,
        }
    }

    /// The codes that made it hold, one for each test that does.
    pub fn hits<'a>(&self, reading: &Reading<'a, '_>, found: &mut Vec<Hit<'a>>) {
        match self {
            Self::All(parts) => parts.iter().for_each(|part| part.hits(reading, found)),
            Self::Any(parts) => {
                let held = parts.iter().find(|part| part.holds(reading));
                if let Some(held) = held {
                    held.hits(reading, found);
                }
            }
            Self::Has(part, list) | Self::Count(part, list, ..) => {
                found.extend(reading.hit(*part, *list));
            }
            Self::Sites(sites, ..) => {
                let hits = sites
                    .iter()
                    .filter_map(|site| reading.hit(Part::AnyDiagnosis, *site));
                found.extend(hits);
            }
            Self::Always
            | Self::Not(_)
            | Self::Compare(..)
            | Self::Department(_)
            | Self::Complication(_) => {}
        }
    }
}

/// The number a rule compares, when the discharge has it.
fn known(fact: Fact, reading: &Reading<'_, '_>) -> Option<i64> {
    let discharge = reading.discharge;
    match fact {
        Fact::AgeYears => discharge.age_years.map(i64::from),
        Fact::AgeDays => discharge.age_days.map(i64::from),
        Fact::BirthWeight => discharge.birth_weight_g.map(i64::from),
        Fact::Sex => discharge.sex.map(|sex| match sex {
            terms::Sex::Male => 1,
            terms::Sex::Female => 2,
        }),
        Fact::StayDays => discharge.stay_days.map(i64::from),
        Fact::VentilatorHours => discharge.ventilator_hours.map(i64::from),
        Fact::DischargeStatus => discharge.discharge_status.map(i64::from),
        Fact::ComorbidityPoints => Some(reading.comorbidity_points),
        Fact::TraumaSites => None,
    }
}
