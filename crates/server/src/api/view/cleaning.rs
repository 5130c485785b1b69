//! Findings, runs, imports and cover as they are shown.

use app::Error;
use app::cleaning::{
    Check, CleaningRunRow, FindingCount as CountRow, FindingDecisionRow, FindingRow, Told,
};
use app::import::ImportRow;
use app::people::CoverCount;
use terms::{Category, CoverState, DateTime, Scheme};

use crate::api::cleaning::{
    CleaningCount, CleaningRun, CoverageCount, Finding, FindingCount, FindingDetail,
    FindingEvidence, FindingField, FindingStep, Import,
};

fn check_name(word: &str) -> String {
    Check::of(word).map_or(word, |check| check.zh()).to_owned()
}

/// 状态名称.
fn state_name(state: &str) -> &str {
    match state {
        "open" => "待处理",
        "confirmed" => "属实",
        "dismissed" => "已排除",
        "fixed" => "已归并",
        "gone" => "消失",
        other => other,
    }
}

fn decision_name(decision: &str) -> &str {
    match decision {
        "confirm" => "认定属实",
        "dismiss" => "排除",
        "reopen" => "重新打开",
        "assign" => "交办",
        "merge" => "归并",
        "split" => "拆分",
        other => other,
    }
}

fn moment(at: DateTime) -> String {
    at.strftime("%F %H:%M").to_string()
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A finding in a list.
pub fn finding(row: &FindingRow) -> Result<Finding, Error> {
    let told = Told::of(row)?;
    let name = |side: usize| {
        let fields = told.sides.get(side).map(|side| side.fields.as_slice());
        let mut fields = fields.unwrap_or_default().iter();
        fields
            .find(|(field, _)| field == "姓名")
            .map(|(_, value)| value.clone())
    };
    Ok(Finding {
        id: row.finding_id.clone(),
        check: row.check.clone(),
        check_name: check_name(&row.check),
        person_no: row.person_no.clone(),
        person_name: name(0).unwrap_or_default(),
        other_no: filled(&row.other_no),
        other_name: name(1),
        state: row.state.clone(),
        state_name: state_name(&row.state).to_owned(),
        score: (!row.other_no.is_empty()).then_some(row.score),
        assigned: filled(&row.assigned),
        summary: summary(row, &told),
        changed_at: moment(row.changed_at),
    })
}

fn summary(row: &FindingRow, told: &Told) -> String {
    if let Some(likeness) = &told.likeness {
        let same = likeness.fields.iter().filter(|field| field.score == 1000);
        let same: Vec<&str> = same.map(|field| field.field.as_str()).collect();
        let percent = likeness.score / 10;
        return match same.is_empty() {
            true => format!("相似度{percent}%"),
            false => format!("相似度{percent}%，{}相同", same.join("、")),
        };
    }
    match told.against.first() {
        // The number stands in the detail, whose reading is noted.
        Some(_) if row.check == Check::IdChecksum.word() => "证件号码不能成立".to_owned(),
        Some(one) => format!("{}：{}，{}", one.field, one.found, one.against),
        None => String::new(),
    }
}

/// How many findings stand.
pub fn count(row: CountRow) -> FindingCount {
    FindingCount {
        check_name: check_name(&row.check),
        state_name: state_name(&row.state).to_owned(),
        check: row.check,
        state: row.state,
        count: row.count,
    }
}

/// A finding with its evidence side by side.
pub fn detail(
    row: &FindingRow,
    told: &Told,
    history: &[FindingDecisionRow],
) -> Result<FindingDetail, Error> {
    let against = told.against.iter().map(|one| FindingEvidence {
        name: one.field.clone(),
        found: one.found.clone(),
        against: one.against.clone(),
    });
    let history = history.iter().map(|step| FindingStep {
        decision: step.decision.clone(),
        decision_name: decision_name(&step.decision).to_owned(),
        note: step.note.clone(),
        by: step.by_name.clone(),
        at: moment(step.decided_at),
    });
    Ok(FindingDetail {
        finding: finding(row)?,
        fields: fields(told),
        against: against.collect(),
        decisions: open_decisions(row),
        history: history.collect(),
    })
}

fn fields(told: &Told) -> Vec<FindingField> {
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in told.sides.iter().flat_map(|side| &side.fields) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let value = |side: usize, name: &String| {
        let side = told.sides.get(side)?;
        let found = side.fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.clone())
    };
    let likeness = |name: &String| {
        let fields = told.likeness.as_ref().map(|one| one.fields.as_slice());
        fields
            .unwrap_or_default()
            .iter()
            .find(|field| &field.field == name)
    };
    let fields = names.into_iter().map(|name| FindingField {
        name: name.clone(),
        one: value(0, name),
        two: value(1, name),
        score: likeness(name).map(|field| field.score),
        weight: likeness(name).map(|field| field.weight),
    });
    fields.collect()
}

fn open_decisions(row: &FindingRow) -> Vec<String> {
    let pair = !row.other_no.is_empty();
    let words: &[&str] = match (row.state.as_str(), pair) {
        ("open" | "gone", true) => &["confirm", "dismiss", "assign", "merge"],
        ("open" | "gone", false) => &["confirm", "dismiss", "assign"],
        ("confirmed", true) => &["dismiss", "assign", "merge", "reopen"],
        ("confirmed", false) => &["dismiss", "assign", "reopen"],
        ("fixed", true) => &["split"],
        _ => &["reopen"],
    };
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A cleaning run with its counts.
pub fn run(row: &CleaningRunRow) -> CleaningRun {
    let counts: serde_json::Value = serde_json::from_str(&row.counts).unwrap_or_default();
    let counts = counts.as_object().cloned().unwrap_or_default();
    let number = |value: &serde_json::Value, name: &str| value[name].as_i64().unwrap_or(0);
    CleaningRun {
        id: row.run_id.clone(),
        done: row.state == "done",
        people: row.people,
        by: row.by_name.clone(),
        started_at: moment(row.started_at),
        finished_at: row.finished_at.map(moment),
        counts: counts
            .into_iter()
            .map(|(check, value)| CleaningCount {
                check_name: check_name(&check),
                check,
                found: number(&value, "found"),
                new: number(&value, "new"),
                gone: number(&value, "gone"),
            })
            .collect(),
    }
}

/// An import.
pub fn import(row: ImportRow) -> Import {
    Import {
        id: row.import_id,
        file: row.file_name,
        done: row.state == "done",
        rows: row.total_rows,
        position: row.position,
        accepted: row.accepted,
        rejected: row.rejected,
        known: row.known,
        by: row.by_name,
        started_at: moment(row.started_at),
        moved_at: moment(row.moved_at),
    }
}

/// A group of people covered.
pub fn cover(row: &CoverCount) -> CoverageCount {
    let (scheme, category) = (row.scheme.as_str(), row.category.as_str());
    let state = row.state.as_str();
    CoverageCount {
        scheme_name: scheme
            .parse::<Scheme>()
            .map_or(scheme, |known| known.zh())
            .to_owned(),
        category_name: category
            .parse::<Category>()
            .map_or(category, |word| word.zh())
            .to_owned(),
        state_name: state
            .parse::<CoverState>()
            .map_or(state, |known| known.zh())
            .to_owned(),
        scheme: row.scheme.clone(),
        state: row.state.clone(),
        county: row.county.to_string(),
        count: row.count,
    }
}
