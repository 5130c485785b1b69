//! A trial as it is asked for, and examples to begin with.

use ::policy::{AreaPolicy, CaseDates};
use app::App;
use app::office::{Clerk, Trial, TrialLine, TrialPerson, TrialPlace};
use jiff::Span;
use settlement::{Counter, CounterKey, Counters, PeriodKey};
use terms::{
    CareType, Date, Grade, InstitutionKind, Locality, Referral, Registration, Scheme, Word,
};

use super::super::door::Refused;
use super::super::read;
use super::super::trial::{self as wanted, TrialExample, TrialRequest};
use super::super::yuan::Yuan;
use super::{catalogue, counters};

/// Most lines a trial may have.
const MOST_LINES: usize = 500;

/// The trial a request asks for.
pub fn trial(app: &App, clerk: &Clerk, request: &TrialRequest) -> Result<Trial, Refused> {
    let scheme: Scheme = read::word("scheme", &request.scheme)?;
    let admission = read::day("from", &request.from)?;
    let discharge = read::day("to", &request.to)?;
    if discharge < admission {
        return Err(Refused::field("to", "结束日期早于开始日期"));
    }
    let dates = CaseDates {
        admission,
        discharge,
        settlement: discharge,
    };
    Ok(Trial {
        scheme,
        person: person(app, clerk, request, scheme, &dates)?,
        place: place(app, request)?,
        care: read::word("care_type", &request.care_type)?,
        disease: request
            .disease
            .as_deref()
            .filter(|code| !code.is_empty())
            .map(Word::new),
        referral: read::word_or("referral", request.referral.as_deref(), Referral::None)?,
        registration: read::word_or(
            "registration",
            request.registration.as_deref(),
            Registration::None,
        )?,
        dates,
        use_account: request.use_account,
        lines: lines(app, request)?,
    })
}

fn person(
    app: &App,
    clerk: &Clerk,
    request: &TrialRequest,
    scheme: Scheme,
    dates: &CaseDates,
) -> Result<TrialPerson, Refused> {
    if let Some(number) = request
        .person_no
        .as_ref()
        .filter(|number| !number.is_empty())
    {
        return Ok(TrialPerson::Known(number.clone()));
    }
    let facts = request.person.as_ref();
    let facts = facts.ok_or_else(|| Refused::field("person", "请指定参保人，或填写人员情况"))?;
    let law = app.law.scheme(clerk.area, scheme)?;
    let year = PeriodKey::Year(dates.settlement.year());
    let mut so_far = Vec::with_capacity(facts.counters.len());
    for counter in &facts.counters {
        let path = format!("person.counters.{}", counter.code);
        let known = counters::named(law, &counter.code, dates.settlement)
            .ok_or_else(|| Refused::field(&path, format!("没有累计项“{}”", counter.code)))?;
        let value = known
            .read(&counter.value)
            .filter(|value| *value >= 0)
            .ok_or_else(|| {
                Refused::field(&path, format!("“{}”不是{}的值", counter.value, known.name))
            })?;
        let key = CounterKey {
            name: Word::new(&counter.code),
            period: year.clone(),
            subject: None,
        };
        so_far.push(Counter { key, value });
    }
    Ok(TrialPerson::Imagined {
        category: read::word("person.category", &facts.category)?,
        age: i16::from(facts.age),
        identities: facts
            .identities
            .iter()
            .map(|word| Word::new(word))
            .collect(),
        enrolled_years: i32::try_from(facts.enrolled_years).unwrap_or(i32::MAX),
        balance: read::yuan("person.account_balance", &facts.account_balance.0)?,
        counters: Counters(so_far),
    })
}

fn place(app: &App, request: &TrialRequest) -> Result<TrialPlace, Refused> {
    if let Some(code) = request.institution.as_ref().filter(|code| !code.is_empty()) {
        return Ok(TrialPlace::Known(app.institution(code)?));
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Ok(TrialPlace::Imagined {
        kind: read::word("institution_kind", &text(&request.institution_kind))?,
        grade: read::word("institution_grade", &text(&request.institution_grade))?,
        locality: read::word_or(
            "locality",
            request.locality.as_deref(),
            Locality::SameCounty,
        )?,
    })
}

fn lines(app: &App, request: &TrialRequest) -> Result<Vec<TrialLine>, Refused> {
    if request.lines.len() > MOST_LINES {
        return Err(Refused::field(
            "lines",
            format!("费用明细超过{MOST_LINES}行"),
        ));
    }
    let line = |(index, line): (usize, &wanted::TrialLine)| {
        let path = |field: &str| format!("lines[{index}].{field}");
        let item =
            match line.code.as_deref().filter(|code| !code.is_empty()) {
                Some(code) => Some(app.law.item(code).cloned().ok_or_else(|| {
                    Refused::field(&path("code"), format!("目录中没有编码“{code}”"))
                })?),
                None => None,
            };
        Ok(TrialLine {
            item,
            name: line.name.clone(),
            class: read::word(&path("class"), &line.class)?,
            prior: read::percent(&path("prior_percent"), line.prior_percent.as_deref())?,
            price: read::price(&path("price"), &line.price)?,
            quantity: read::quantity(&path("quantity"), &line.quantity)?,
        })
    };
    request.lines.iter().enumerate().map(line).collect()
}

/// Examples that the law of the area can work out, so that a clerk sees a result at once.
pub fn examples(area: &AreaPolicy, today: Date) -> Vec<TrialExample> {
    let mut found = Vec::new();
    if area.schemes.contains_key(&Scheme::Employee) {
        found.push(example(
            "在职职工，三级医院住院",
            Example {
                scheme: Scheme::Employee,
                category: "active",
                age: 45,
                identities: Vec::new(),
                care: CareType::Inpatient,
                grade: Grade::Tertiary,
                costs: ["9800.00", "5600.00", "420.00"],
            },
            today,
        ));
        found.push(example(
            "退休职工，二级医院门诊",
            Example {
                scheme: Scheme::Employee,
                category: "retired",
                age: 67,
                identities: Vec::new(),
                care: CareType::GeneralOutpatient,
                grade: Grade::Secondary,
                costs: ["1260.00", "380.00", "45.00"],
            },
            today,
        ));
    }
    if area.schemes.contains_key(&Scheme::Resident) {
        let resident = |identities| Example {
            scheme: Scheme::Resident,
            category: "adult",
            age: 52,
            identities,
            care: CareType::Inpatient,
            grade: Grade::Secondary,
            costs: ["36000.00", "18000.00", "900.00"],
        };
        found.push(example(
            "成年居民，二级医院住院",
            resident(Vec::new()),
            today,
        ));
        let known = catalogue::identities(area, today);
        if let Some(word) = known.iter().find(|word| **word == *"dibao") {
            let name = area.words.get(word).map_or(word.as_str(), String::as_str);
            let title = format!("居民{name}，二级医院住院");
            found.push(example(&title, resident(vec![word.to_string()]), today));
        }
    }
    found
}

/// What an example varies.
struct Example {
    scheme: Scheme,
    category: &'static str,
    age: u8,
    identities: Vec<String>,
    care: CareType,
    grade: Grade,
    costs: [&'static str; 3],
}

fn example(title: &str, of: Example, today: Date) -> TrialExample {
    let days = if of.care.is_stay() { 9 } else { 0 };
    let from = today.checked_sub(Span::new().days(days)).unwrap_or(today);
    let classes = [
        ("甲类合计", "A", None),
        ("乙类合计", "B", Some("10")),
        ("丙类合计", "C", None),
    ];
    let line =
        |((name, class, prior), price): ((&str, &str, Option<&str>), &str)| wanted::TrialLine {
            code: None,
            name: name.to_owned(),
            class: class.to_owned(),
            prior_percent: prior.map(str::to_owned),
            price: price.to_owned(),
            quantity: "1".to_owned(),
        };
    TrialExample {
        title: title.to_owned(),
        request: TrialRequest {
            scheme: of.scheme.word().to_owned(),
            person_no: None,
            person: Some(wanted::TrialPerson {
                category: of.category.to_owned(),
                age: of.age,
                identities: of.identities,
                enrolled_years: 10,
                account_balance: Yuan("600.00".to_owned()),
                counters: Vec::new(),
            }),
            institution: None,
            institution_grade: Some(of.grade.word().to_owned()),
            institution_kind: Some(InstitutionKind::Hospital.word().to_owned()),
            care_type: of.care.word().to_owned(),
            disease: None,
            locality: None,
            registration: None,
            referral: None,
            from: from.to_string(),
            to: today.to_string(),
            use_account: true,
            lines: classes.into_iter().zip(of.costs).map(line).collect(),
        },
    }
}
