use std::collections::BTreeMap;

use app::discharge::{self as lists, DischargeFile, KeptCase, ListState};
use grouping::SchemeKind;
use grouping::quality::Check;
use store::{DischargeRow, GroupRow, GroupTally, QualityRow};
use terms::{CareType, Scheme};

use crate::Service;
use crate::api::discharges::{
    BoardFinding, BoardGroups, BoardList, CaseFact, DischargeLine, DischargeView, GroupView,
    ListedCode, QualityBoard, QualityView,
};
use crate::api::settlements::{institution_name, seconds};

/// A list as a line.
pub fn line(service: &Service, row: &DischargeRow) -> DischargeLine {
    let scheme = row.scheme.parse::<Scheme>();
    let care = row.care_type.parse::<CareType>();
    DischargeLine {
        id: row.list_id.clone(),
        settlement: row.settlement_id.clone(),
        visit: row.visit_id.clone(),
        state: row.state.clone(),
        state_name: state_name(&row.state),
        institution: row.institution.clone(),
        institution_name: institution_name(service, &row.institution),
        person_no: row.person_no.clone(),
        person_name: row.person_name.clone(),
        scheme_name: scheme.map_or("", Scheme::zh).to_owned(),
        care_name: care.map_or("", CareType::zh).to_owned(),
        admitted_on: row.admitted_on.map(|day| day.to_string()),
        discharged_on: row.discharged_on.to_string(),
        settled_on: row.settled_on.to_string(),
        principal: row.principal.clone(),
        total: row.total.into(),
        fund: row.fund.into(),
        errors: row.errors,
        warnings: row.warnings,
        uploads: row.uploads,
        received_at: seconds(row.received_at),
    }
}

fn state_name(word: &str) -> String {
    ListState::of(word).map_or_else(|_| word.to_owned(), |state| state.zh().to_owned())
}

/// A list with everything known of it.
pub fn whole(service: &Service, file: &DischargeFile) -> DischargeView {
    let list = &file.kept.list;
    let diagnosis = |one: &lists::ListDiagnosis| ListedCode {
        code: one.code.clone(),
        name: one.name.clone(),
        main: one.main,
        kind: match one.traditional {
            true => "中医诊断".to_owned(),
            false => "西医诊断".to_owned(),
        },
        on: None,
    };
    let procedure = |one: &lists::ListProcedure| ListedCode {
        code: one.code.clone(),
        name: one.name.clone(),
        main: one.main,
        kind: "手术操作".to_owned(),
        on: one.on.map(|day| day.to_string()),
    };
    DischargeView {
        list: line(service, &file.row),
        diagnoses: list.diagnoses.iter().map(diagnosis).collect(),
        procedures: list.procedures.iter().map(procedure).collect(),
        facts: facts(&file.kept.case),
        findings: file.findings.iter().map(finding).collect(),
        groups: file.groups.iter().map(|one| group(service, one)).collect(),
    }
}

/// What the case was grouped by; nothing unknown.
fn facts(case: &KeptCase) -> Vec<CaseFact> {
    let number = |value: Option<u32>, unit: &str| value.map(|value| format!("{value}{unit}"));
    let told = [
        ("性别", case.sex.map(|sex| sex.zh().to_owned())),
        ("年龄", number(case.age_years.map(u32::from), "岁")),
        ("日龄", number(case.age_days, "天")),
        ("出生体重", number(case.birth_weight_g, "克")),
        ("住院天数", case.stay_days.map(|days| format!("{days}天"))),
        ("呼吸机使用", number(case.ventilator_hours, "小时")),
        ("主要诊断", case.principal.clone()),
        ("总费用", case.total_cost.map(|cost| format!("{cost}元"))),
    ];
    let known = told.into_iter().filter_map(|(name, value)| {
        let (name, value) = (name.to_owned(), value?);
        Some(CaseFact { name, value })
    });
    known.collect()
}

fn finding(row: &QualityRow) -> QualityView {
    QualityView {
        check: row.check.clone(),
        check_name: check_name(&row.check),
        severity: row.severity.clone(),
        severity_name: match row.severity.as_str() {
            "error" => "差错".to_owned(),
            _ => "提示".to_owned(),
        },
        field: row.field.clone(),
        value: row.value.clone(),
        message: row.message.clone(),
    }
}

fn check_name(word: &str) -> String {
    Check::of(word).map_or_else(|| word.to_owned(), |check| check.zh().to_owned())
}

fn group(service: &Service, row: &GroupRow) -> GroupView {
    let app = &service.app;
    let kind = SchemeKind::ALL
        .into_iter()
        .find(|kind| kind.word() == row.kind);
    let used = kind.and_then(|kind| app.edition_used(app.home, kind, row.discharged_on));
    let reason: serde_json::Value = serde_json::from_str(&row.reason).unwrap_or_default();
    let said = reason["said"].as_array().into_iter().flatten();
    GroupView {
        kind: row.kind.clone(),
        scheme: row.scheme.clone(),
        scheme_hash: row.scheme_hash.clone(),
        used: used.as_ref() == Some(&row.scheme),
        at: seconds(row.grouped_at),
        upload: row.upload,
        mdc: row.mdc.clone(),
        adrg: row.adrg.clone(),
        code: row.code.clone(),
        name: row.name.clone(),
        weight: row.weight.clone(),
        grouped: row.is_grouped(),
        outcome: row.outcome.clone(),
        note: row.note.clone(),
        said: said
            .filter_map(|one| one.as_str().map(str::to_owned))
            .collect(),
    }
}

/// The numbers of the board.
pub fn board(service: &Service, board: &lists::QualityBoard) -> QualityBoard {
    let list = |one: &store::ListTally| BoardList {
        institution: one.institution.clone(),
        institution_name: institution_name(service, &one.institution),
        state: one.state.clone(),
        state_name: state_name(&one.state),
        lists: one.lists,
        faulty: one.faulty,
        doubtful: one.doubtful,
        total: one.total.into(),
    };
    let finding = |one: &store::FindingTally| BoardFinding {
        check: one.check.clone(),
        check_name: check_name(&one.check),
        severity: one.severity.clone(),
        lists: one.lists,
    };
    let mut groups = by_institution(service, "drg", &board.drg);
    groups.extend(by_institution(service, "dip", &board.dip));
    QualityBoard {
        settled: board.settled,
        lists: board.lists.iter().map(list).collect(),
        findings: board.findings.iter().map(finding).collect(),
        groups,
    }
}

fn by_institution(service: &Service, kind: &str, tallies: &[GroupTally]) -> Vec<BoardGroups> {
    let mut sums: BTreeMap<&str, BoardGroups> = BTreeMap::new();
    for one in tallies {
        let sum = sums.entry(&one.institution).or_insert_with(|| BoardGroups {
            kind: kind.to_owned(),
            institution: one.institution.clone(),
            institution_name: institution_name(service, &one.institution),
            groups: 0,
            grouped: 0,
            ungrouped: 0,
        });
        if one.outcome == "grouped" {
            sum.groups += 1;
            sum.grouped += one.lists;
        } else {
            sum.ungrouped += one.lists;
        }
    }
    sums.into_values().collect()
}
