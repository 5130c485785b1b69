use app::filing::{Applied, Conclusion, Filing, FilingClass, FilingDetail, Injury, Named};
use terms::{Referral, Scheme};

use crate::Service;
use crate::api::door::Refused;
use crate::api::filing::{CounterFiling, FilingFact, FilingPlace, FilingStepView, FilingView};
use crate::api::read;
use crate::api::settlements::{institution_name, seconds};

/// A filing as the screen shows it.
pub fn filing(service: &Service, filing: &Filing) -> FilingView {
    let (row, detail) = (&filing.row, &filing.detail);
    let place = |code: &String| FilingPlace {
        code: code.clone(),
        name: institution_name(service, code),
    };
    let step = |step: &app::filing::FilingStep| FilingStepView {
        at: seconds(step.at),
        by: step.by.clone(),
        done: step.done.clone(),
        note: step.note.clone(),
    };
    let counter = row.institution.is_empty();
    FilingView {
        id: row.filing_id.clone(),
        class: filing.class.word().to_owned(),
        class_name: filing.class.zh().to_owned(),
        state: filing.state.word().to_owned(),
        state_name: filing.state.zh().to_owned(),
        reviewed: row.reviewed,
        person_no: row.person_no.clone(),
        person_name: row.person_name.clone(),
        institution: (!counter).then(|| row.institution.clone()),
        institution_name: match counter {
            true => "医保经办窗口".to_owned(),
            false => institution_name(service, &row.institution),
        },
        subject: row.subject.clone(),
        from: row.starts_on.to_string(),
        to: row.ends_on.map(|day| day.to_string()),
        filed_at: seconds(row.filed_at),
        institutions: detail.institutions.iter().map(place).collect(),
        facts: facts(detail),
        steps: detail.steps.iter().map(step).collect(),
    }
}

/// What the filing says, with 中文 names; nothing empty.
fn facts(detail: &FilingDetail) -> Vec<FilingFact> {
    let injury = detail.injury.clone().unwrap_or_default();
    let finding = detail.finding.clone().unwrap_or_default();
    let day = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
    let both = |named: &Named| format!("{} {}", named.code, named.name).trim().to_owned();
    let direction: Option<Referral> = detail.direction.parse().ok();
    let conclusion = Conclusion::of(&finding.conclusion).ok();
    let all = [
        ("险种", detail.scheme.map_or("", Scheme::zh).to_owned()),
        ("病种或诊断", both(&detail.subject)),
        ("鉴定机构", both(&detail.examined_at)),
        ("医师", both(&detail.doctor)),
        ("鉴定或转院日期", day(detail.decided_on)),
        ("转往机构", both(&detail.target)),
        ("转诊方向", direction.map_or("", Referral::zh).to_owned()),
        ("备案地", detail.destinations.join("、")),
        (
            "承诺制办理",
            if detail.promise { "是" } else { "" }.to_owned(),
        ),
        ("病情", detail.condition.clone()),
        ("原因", detail.reason.clone()),
        ("意见", detail.opinion.clone()),
        ("受伤日期", day(injury.on)),
        ("受伤地点", injury.place),
        ("致伤原因", injury.cause),
        ("入院日期", day(injury.admitted)),
        ("调查结论", conclusion.map_or("", Conclusion::zh).to_owned()),
        ("调查情况", finding.note),
        (
            "代办人",
            both(&Named::new(&detail.agent.name, &detail.agent.phone)),
        ),
        ("联系电话", detail.phone.clone()),
        ("联系地址", detail.address.clone()),
        ("备注", detail.note.clone()),
    ];
    let said = all.into_iter().filter(|(_, value)| !value.is_empty());
    let fact = |(name, value): (&str, String)| FilingFact {
        name: name.to_owned(),
        value,
    };
    said.map(fact).collect()
}

/// What a clerk files for somebody at the counter.
pub fn applied(asked: &CounterFiling) -> Result<Applied, Refused> {
    let class = FilingClass::of(&asked.class)?;
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |path: &str, text: &Option<String>| {
        let given = text.as_deref().filter(|text| !text.is_empty());
        given.map(|text| read::day(path, text)).transpose()
    };
    let scheme = asked.scheme.as_deref().filter(|text| !text.is_empty());
    let target = match class {
        FilingClass::Referral => asked.institutions.first().cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let injury = Injury {
        on: day("injured_on", &asked.injured_on)?,
        place: given(&asked.place),
        cause: given(&asked.reason),
        ..Injury::default()
    };
    Ok(Applied {
        class,
        from: read::day("from", &asked.from)?,
        to: day("to", &asked.to)?,
        detail: FilingDetail {
            scheme: scheme.map(|word| read::word("scheme", word)).transpose()?,
            kind: given(&asked.kind),
            subject: Named::new(given(&asked.code), given(&asked.name)),
            target: Named::new(target.clone(), target),
            institutions: match class {
                FilingClass::Referral => Vec::new(),
                _ => asked.institutions.clone(),
            },
            destinations: asked.destinations.clone(),
            order: asked.order.unwrap_or(1),
            promise: asked.promise,
            reason: given(&asked.reason),
            injury: (class == FilingClass::Accident).then_some(injury),
            note: given(&asked.note),
            ..FilingDetail::default()
        },
    })
}
