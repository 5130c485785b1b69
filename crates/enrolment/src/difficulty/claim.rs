use policy::IdentityRule;
use terms::Date;

use super::days::{months_later, read_date};
use super::{Action, Days, ListKind, ListLaw, RawRow, ReceivedList, Rejection};
use crate::identity::{Document, DocumentKind};

/// A row that was understood.
#[derive(Debug, Clone)]
pub(super) struct Claim<'a> {
    pub row: &'a RawRow,
    /// In normal form.
    pub document: String,
    pub name: &'a str,
    pub rule: &'a IdentityRule,
    pub asks: Asks,
}

/// What a row asks for, with its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asks {
    /// The identity ends with this day.
    End(Date),
    /// What began on this day was never held.
    Withdraw(Date),
    /// The identity is held.
    Hold {
        /// 认定日期 as written.
        recognised: Date,
        /// The days that follow from it.
        days: Days,
    },
}

/// A document number in the form in which the register keeps it.
pub(super) fn normal(document: &str) -> String {
    let kept = document.trim().chars().filter(|c| !c.is_whitespace());
    kept.collect::<String>().to_uppercase()
}

/// Reads a row on its own.
pub(super) fn read_row<'a>(
    list: &ReceivedList,
    row: &'a RawRow,
    law: &ListLaw<'a>,
) -> Result<Claim<'a>, Rejection> {
    for (field, text) in [
        ("证件号码", &row.document),
        ("姓名", &row.name),
        ("身份", &row.identity),
    ] {
        if text.trim().is_empty() {
            let field = field.to_owned();
            return Err(Rejection::MissingField { field });
        }
    }
    let document = read_document(row)?;
    let rule = read_identity(row.identity.trim(), law)?;
    if !rule.bureaus.contains(&list.bureau) {
        let (identity, bureau) = (law.zh(&rule.identity), law.zh(&list.bureau));
        return Err(Rejection::NotEntitled { identity, bureau });
    }
    let action = Action::read(&row.action).ok_or_else(|| Rejection::UnknownAction {
        text: row.action.trim().to_owned(),
    })?;
    if list.kind == ListKind::Full && action != Action::Hold {
        return Err(Rejection::EndsInFullList);
    }
    Ok(Claim {
        row,
        document,
        name: row.name.trim(),
        rule,
        asks: read_days(list, row, action, rule)?,
    })
}

/// The number as the register keeps it; a row that names no kind of document means the resident
/// identity card.
pub(super) fn read_document(row: &RawRow) -> Result<String, Rejection> {
    let bad = |why: String| Rejection::BadDocument { why };
    let kind = row.document_kind.trim();
    let named = |known: &&DocumentKind| known.word() == kind || known.zh() == kind;
    let kind = match kind {
        "" => DocumentKind::ResidentId,
        _ => *DocumentKind::ALL
            .iter()
            .find(named)
            .ok_or_else(|| bad(format!("没有“{kind}”这一种证件")))?,
    };
    let document = Document::parse(kind, &row.document).map_err(|issue| bad(issue.to_string()))?;
    Ok(document.number().to_owned())
}

fn read_identity<'a>(text: &str, law: &ListLaw<'a>) -> Result<&'a IdentityRule, Rejection> {
    let named = |rule: &&IdentityRule| {
        rule.identity == *text || law.words.get(&rule.identity).is_some_and(|zh| zh == text)
    };
    let found = law.rule.identities.iter().find(named);
    found.ok_or_else(|| Rejection::UnknownIdentity {
        text: text.to_owned(),
    })
}

fn read_days(
    list: &ReceivedList,
    row: &RawRow,
    action: Action,
    rule: &IdentityRule,
) -> Result<Asks, Rejection> {
    let from = maybe_date("认定日期", &row.from)?;
    let name = if action == Action::End {
        "退出日期"
    } else {
        "有效期至"
    };
    let to = maybe_date(name, &row.to)?;
    let need = |field: &str, day: Option<Date>| {
        day.ok_or_else(|| Rejection::MissingField {
            field: field.to_owned(),
        })
    };
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(Rejection::EndsBeforeStart { from, to });
    }
    match action {
        Action::End => need(name, to).map(Asks::End),
        Action::Withdraw => need("认定日期", from).map(Asks::Withdraw),
        Action::Hold => {
            let recognised = need("认定日期", from)?;
            if recognised > list.day {
                let (from, day) = (recognised, list.day);
                return Err(Rejection::StartsLater { from, day });
            }
            let days = effective(recognised, to, list.day, rule);
            Ok(Asks::Hold { recognised, days })
        }
    }
}

fn maybe_date(field: &str, text: &str) -> Result<Option<Date>, Rejection> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let date = read_date(text).ok_or_else(|| Rejection::BadDate {
        field: field.to_owned(),
        text: text.trim().to_owned(),
    })?;
    Ok(Some(date))
}

/// The days an identity holds: a recognition that is older than may be is counted from the bound,
/// looks back as far as policy says, and lasts as many terms as reach the day of the list.
fn effective(recognised: Date, to: Option<Date>, day: Date, rule: &IdentityRule) -> Days {
    let bound = rule.late_months.map(|months| months_later(day, -months));
    let begins = bound.map_or(recognised, |bound| recognised.max(bound));
    let from = months_later(begins, -rule.look_back_months);
    let to = to.or_else(|| {
        let term = rule.term_months.filter(|months| *months > 0)?;
        let end = |terms: i32| months_later(recognised, terms * term).yesterday().ok();
        let reaches = |end: &Option<Date>| end.is_none_or(|end| end >= day);
        (1..=MOST_TERMS).map(end).find(reaches).flatten()
    });
    // What ended before the bound is history: it keeps its own days.
    if to.is_some_and(|to| to < from) {
        return Days::new(recognised, to);
    }
    Days::new(from, to)
}

/// A recognition of 1900 renewed every month reaches any day of these centuries.
const MOST_TERMS: i32 = 12 * 400;
