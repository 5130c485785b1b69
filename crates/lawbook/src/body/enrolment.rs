use policy::{
    Absence, After, ArrearsRule, DoubleCover, EarlyStart, Elsewhere, EnrolmentRule, Keeps, LastDay,
    MissingYears, RetirementRule, Season, SeasonExtension, SwitchingRule, Transition, YearDay,
};
use terms::Scheme;

use super::Desk;
use super::contribution::read_within;
use super::person::read_person_condition;
use super::waiting::read_starts;
use crate::fault::FaultKind;
use crate::yaml::{Fields, Node};

const FORMS: [&str; 8] = [
    "season",
    "season_extension",
    "leaving",
    "arrears",
    "retirement",
    "absences",
    "switching",
    "double_cover",
];
const LAST_DAYS: [(&str, LastDay); 2] = [("month_end", LastDay::MonthEnd), ("day", LastDay::Day)];
const MISSING: [(&str, MissingYears); 2] = [
    ("suspend", MissingYears::Suspend),
    ("keep_contributing", MissingYears::KeepContributing),
];
const KEEPS: [(&str, Keeps); 3] = [
    ("here", Keeps::Here),
    ("there", Keeps::There),
    ("later", Keeps::Later),
];
/// No such span is longer.
const MOST_MONTHS: i32 = 120;

/// Reads a rule about cover: exactly one of its forms.
pub(crate) fn read_enrolment(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<EnrolmentRule> {
    let (form, node) = fields.one_of(&FORMS)?;
    match form {
        "leaving" => {
            let day = desk.page.choice(node, "停保截止", &LAST_DAYS);
            return day.map(EnrolmentRule::Leaving);
        }
        "absences" => {
            let read = |one: &Node| desk.page.choice(one, "暂停情形", &Absence::ALL);
            return desk.page.each(node, read).map(EnrolmentRule::Absences);
        }
        _ => {}
    }
    let inner = Fields::of(&desk.page, node)?;
    let rule = match form {
        "season" => read_season(desk, node, &inner).map(EnrolmentRule::Season),
        "season_extension" => read_extension(desk, &inner).map(EnrolmentRule::SeasonExtension),
        "arrears" => read_arrears(desk, &inner).map(EnrolmentRule::Arrears),
        "retirement" => read_retirement(desk, &inner).map(EnrolmentRule::Retirement),
        "switching" => read_switching(desk, &inner).map(EnrolmentRule::Switching),
        _ => read_double(desk, node, &inner).map(EnrolmentRule::DoubleCover),
    };
    inner.finish();
    rule
}

fn read_season(desk: &Desk<'_>, node: &Node, fields: &Fields<'_>) -> Option<Season> {
    let day = |name| fields.need(name).and_then(|node| read_year_day(desk, node));
    let (opens, closes) = (day("opens"), day("closes"));
    let early = fields.maybe("early").map_or(Some(Vec::new()), |node| {
        desk.page.each(node, |one| read_early(desk, one))
    });
    let (opens, closes) = (opens?, closes?);
    if opens.of(2024) > closes.of(2024) {
        let message = "opens 应早于 closes";
        desk.page.fault(node, FaultKind::OutOfUnit, message);
        return None;
    }
    Some(Season {
        opens,
        closes,
        early: early?,
    })
}

fn read_year_day(desk: &Desk<'_>, node: &Node) -> Option<YearDay> {
    let fields = Fields::of(&desk.page, node)?;
    let within = |name, low, high| {
        let node = fields.need(name);
        node.and_then(|node| read_within(desk, node, low, high))
    };
    let (years, month, day) = (
        within("years", -1, 1),
        within("month", 1, 12),
        within("day", 1, 31),
    );
    fields.finish();
    Some(YearDay {
        years: i16::try_from(years?).ok()?,
        month: i8::try_from(month?).ok()?,
        day: i8::try_from(day?).ok()?,
    })
}

fn read_early(desk: &Desk<'_>, node: &Node) -> Option<EarlyStart> {
    let fields = Fields::of(&desk.page, node)?;
    let title = fields.need("title").and_then(|node| desk.page.text(node));
    let condition = read_person_condition(desk, node, &fields);
    let after = fields.need("after").and_then(|node| read_after(desk, node));
    let from = fields
        .need("from")
        .and_then(|node| read_year_day(desk, node));
    fields.finish();
    Some(EarlyStart {
        title: title?.to_owned(),
        condition: condition?,
        after: after?,
        from: from?,
    })
}

/// Reads what must have happened shortly before.
pub(super) fn read_after(desk: &Desk<'_>, node: &Node) -> Option<After> {
    let fields = Fields::of(&desk.page, node)?;
    let what = fields.need("what");
    let what = what.and_then(|node| desk.page.choice(node, "过渡情形", &Transition::ALL));
    let months = fields.need("months");
    let months = months.and_then(|node| read_within(desk, node, 0, MOST_MONTHS));
    fields.finish();
    Some(After {
        what: what?,
        months: months?,
    })
}

fn read_extension(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<SeasonExtension> {
    let year = fields.need("year");
    let year = year.and_then(|node| read_within(desk, node, 1990, 2999));
    let closes = fields.need("closes").and_then(|node| desk.page.date(node));
    Some(SeasonExtension {
        year: i16::try_from(year?).ok()?,
        closes: closes?,
    })
}

fn read_arrears(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<ArrearsRule> {
    let months = fields.need("months");
    let months = months.and_then(|node| read_within(desk, node, 1, MOST_MONTHS));
    let restored = read_starts(desk, fields, "restored");
    let retroactive = fields.maybe("retroactive_months");
    let retroactive = retroactive.map_or(Some(0), |node| read_within(desk, node, 0, MOST_MONTHS));
    Some(ArrearsRule {
        months: months?,
        restored: restored?,
        retroactive_months: retroactive?,
    })
}

fn read_retirement(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<RetirementRule> {
    let from = read_starts(desk, fields, "from");
    let missing = fields.need("missing");
    let missing = missing.and_then(|node| desk.page.choice(node, "年限不足", &MISSING));
    let restored = read_starts(desk, fields, "restored");
    Some(RetirementRule {
        from: from?,
        missing: missing?,
        restored: restored?,
    })
}

fn read_switching(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<SwitchingRule> {
    let within = |name| {
        let node = fields.need(name);
        node.and_then(|node| read_within(desk, node, 0, MOST_MONTHS))
    };
    let (months, covered) = (within("months"), within("covered_months"));
    Some(SwitchingRule {
        months: months?,
        covered_months: covered?,
    })
}

fn read_double(desk: &Desk<'_>, node: &Node, fields: &Fields<'_>) -> Option<DoubleCover> {
    let order = fields.need("order");
    let order = order.and_then(|node| desk.page.each(node, |one| desk.page.term::<Scheme>(one)));
    let elsewhere = fields.maybe("elsewhere").map_or(Some(Vec::new()), |node| {
        desk.page.each(node, |one| read_elsewhere(desk, one))
    });
    let order = order?;
    let twice = |(at, one): (usize, &Scheme)| order[..at].contains(one);
    if order.len() < 2 || order.iter().enumerate().any(twice) {
        let message = "order 至少写两个险种，各写一次";
        desk.page.fault(node, FaultKind::Overlap, message);
        return None;
    }
    Some(DoubleCover {
        order,
        elsewhere: elsewhere?,
    })
}

fn read_elsewhere(desk: &Desk<'_>, node: &Node) -> Option<Elsewhere> {
    let fields = Fields::of(&desk.page, node)?;
    let scheme = |name| {
        fields
            .need(name)
            .and_then(|node| desk.page.term::<Scheme>(node))
    };
    let (there, here) = (scheme("there"), scheme("here"));
    let keeps = fields.need("keeps");
    let keeps = keeps.and_then(|node| desk.page.choice(node, "保留", &KEEPS));
    fields.finish();
    Some(Elsewhere {
        there: there?,
        here: here?,
        keeps: keeps?,
    })
}
