use std::collections::BTreeMap;

use policy::{AreaPolicy, DateBasis, Level, PolicyBook, Source, Topic};
use serde::Serialize;
use terms::{AreaCode, Date, Scheme};

use crate::law::Kind;
use crate::render::{self, Legend, Rendered};

/// One rule of one area as people read it: what it says on a day, where that is written, and what
/// it said before (政策参数).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicView {
    /// The area.
    pub area: AreaCode,
    /// The area's 中文 name.
    pub area_name: String,
    /// The scheme.
    pub scheme: Scheme,
    /// The full key, such as `employee/inpatient/deductible`.
    pub key: String,
    /// The kind of rule.
    pub kind: Kind,
    /// The 中文 title.
    pub title: String,
    /// Which date of a case selects the version.
    pub selects_by: DateBasis,
    /// The day that was asked about.
    pub on: Date,
    /// Position in `history` of the version in force on that day.
    pub in_force: Option<usize>,
    /// Every version in order of effective date.
    pub history: Vec<VersionView>,
}

/// One version of a rule as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionView {
    /// First day on which it is law.
    pub effective: Date,
    /// Last day on which it is law, if a later version is known.
    pub until: Option<Date>,
    /// The value, or nothing from the day the rule was abolished.
    pub value: Option<Rendered>,
    /// The document.
    pub source: Source,
    /// The day somebody last compared the value with its document.
    pub checked: Date,
    /// Why the value is an assumption.
    pub assumed: Option<String>,
    /// What the file tells its readers (读者须知).
    pub note: Option<String>,
    /// 国家, 省 or 统筹区, in 中文.
    pub level: String,
    /// File and line.
    pub place: String,
}

impl TopicView {
    /// The version in force on the day that was asked about.
    pub fn current(&self) -> Option<&VersionView> {
        self.in_force
            .and_then(|position| self.history.get(position))
    }
}

impl VersionView {
    /// The value in one line; 废止 when there is none.
    pub fn text(&self) -> &str {
        self.value
            .as_ref()
            .map_or("废止", |value| value.text.as_str())
    }
}

/// One rule by its full key, or `None` when the area has no such rule.
pub fn explain(book: &PolicyBook, area: AreaCode, key: &str, on: Date) -> Option<TopicView> {
    let scheme: Scheme = key.split('/').next()?.parse().ok()?;
    let views = listed(book, area, scheme, on, false);
    views.into_iter().find(|view| view.key == key)
}

/// Every rule of a scheme in order of key.
pub fn tree(book: &PolicyBook, area: AreaCode, scheme: Scheme, on: Date) -> Vec<TopicView> {
    listed(book, area, scheme, on, false)
}

/// Every rule of a scheme, with keys beside the titles of what it refers to.
pub(crate) fn tree_with_keys(book: &PolicyBook, area: AreaCode, scheme: Scheme) -> Vec<TopicView> {
    listed(book, area, scheme, Date::MAX, true)
}

fn listed(
    book: &PolicyBook,
    area: AreaCode,
    scheme: Scheme,
    on: Date,
    with_keys: bool,
) -> Vec<TopicView> {
    let found = book
        .areas
        .get(&area)
        .and_then(|area| Some((area, area.schemes.get(&scheme)?)));
    let Some((area, scheme)) = found else {
        return Vec::new();
    };
    let legend = Legend {
        area,
        scheme,
        with_keys,
    };
    let mut views = views_of(book, legend, on);
    views.sort_by(|a, b| a.key.cmp(&b.key));
    views
}

/// Renders the topics of one scheme, kind by kind.
struct Lens<'a> {
    legend: Legend<'a>,
    notes: &'a BTreeMap<String, String>,
    on: Date,
}

fn views_of(book: &PolicyBook, legend: Legend<'_>, on: Date) -> Vec<TopicView> {
    let scheme = legend.scheme;
    let notes = &book.notes;
    let lens = Lens { legend, notes, on };
    let mut views = vec![
        lens.view(Kind::Settings, &scheme.settings, |one| {
            render::settings(&legend, one)
        }),
        lens.view(Kind::Items, &scheme.items, |one| {
            render::items(&legend, one)
        }),
        lens.view(Kind::Waterfall, &scheme.waterfall, |one| {
            render::waterfall(&legend, one)
        }),
    ];
    let mut add = |more: Vec<TopicView>| views.extend(more);
    add(lens.views(Kind::Gates, &scheme.gates, |one| {
        render::gates(&legend, one)
    }));
    add(lens.views(Kind::Overlay, &scheme.overlays, |one| {
        render::overlay(&legend, one)
    }));
    add(lens.views(Kind::Amount, &scheme.amounts, |one| {
        render::amount(&legend, one)
    }));
    add(lens.views(Kind::Ratio, &scheme.ratios, |one| {
        render::ratio(&legend, one)
    }));
    add(lens.views(Kind::Scale, &scheme.scales, |one| {
        render::scale(&legend, one)
    }));
    add(lens.views(Kind::Deductible, &scheme.deductibles, |one| {
        render::deductible(&legend, one)
    }));
    add(lens.views(Kind::Layer, &scheme.layers, |one| {
        render::layer(&legend, one)
    }));
    add(lens.views(Kind::Account, &scheme.accounts, |one| {
        render::account(&legend, one)
    }));
    add(lens.views(Kind::Diseases, &scheme.diseases, render::diseases));
    add(lens.views(Kind::Series, &scheme.series, render::series));
    add(lens.views(Kind::Allowance, &scheme.allowances, |one| {
        render::allowance(&legend, one)
    }));
    add(of_enrolment(&lens, legend));
    views
}

/// Rules about people and the money they pay in.
fn of_enrolment(lens: &Lens<'_>, legend: Legend<'_>) -> Vec<TopicView> {
    let scheme = legend.scheme;
    let mut views = Vec::new();
    let mut add = |more: Vec<TopicView>| views.extend(more);
    add(
        lens.views(Kind::Contribution, &scheme.contributions, |one| {
            render::contribution(&legend, one)
        }),
    );
    add(lens.views(Kind::Waiting, &scheme.waitings, |one| {
        render::waiting(&legend, one)
    }));
    add(lens.views(Kind::Enrolment, &scheme.enrolments, |one| {
        render::enrolment(&legend, one)
    }));
    add(lens.views(Kind::AccountCredit, &scheme.credits, |one| {
        render::credit(&legend, one)
    }));
    add(lens.views(Kind::AccountInterest, &scheme.interests, render::interest));
    add(lens.views(Kind::FamilySharing, &scheme.sharings, render::sharing));
    add(lens.views(Kind::AccountExit, &scheme.exits, render::exit));
    add(lens.views(Kind::Difficulty, &scheme.difficulties, |one| {
        render::difficulty(&legend, one)
    }));
    add(lens.views(Kind::Watch, &scheme.watches, |one| {
        render::watch(&legend, one)
    }));
    let funds = &scheme.provider_funds;
    add(lens.views(Kind::ProviderFunds, funds, render::provider_funds));
    add(lens.views(Kind::Filing, &scheme.filings, render::filing));
    add(lens.views(Kind::Doubts, &scheme.doubts, render::doubts));
    add(lens.views(Kind::Trace, &scheme.traces, render::trace));
    views
}

impl Lens<'_> {
    fn note_of(&self, place: &str) -> Option<String> {
        let (file, _) = place.rsplit_once(':')?;
        self.notes.get(file).cloned()
    }

    fn views<T>(
        &self,
        kind: Kind,
        topics: &[Topic<T>],
        render: impl Fn(&T) -> Rendered,
    ) -> Vec<TopicView> {
        topics
            .iter()
            .map(|topic| self.view(kind, topic, &render))
            .collect()
    }

    fn view<T>(&self, kind: Kind, topic: &Topic<T>, render: impl Fn(&T) -> Rendered) -> TopicView {
        let ends = topic
            .versions
            .iter()
            .skip(1)
            .map(|next| next.from.yesterday().ok());
        let ends = ends.chain([None]);
        let history: Vec<VersionView> = topic
            .versions
            .iter()
            .zip(ends)
            .map(|(version, until)| VersionView {
                effective: version.from,
                until,
                value: version.value.as_ref().map(&render),
                source: version.provenance.source.clone(),
                checked: version.provenance.checked,
                assumed: version.provenance.assumed.clone(),
                note: self.note_of(&version.provenance.place),
                level: level_text(self.legend.area, version.provenance.level),
                place: version.provenance.place.clone(),
            })
            .collect();
        TopicView {
            area: self.legend.area.code,
            area_name: self.legend.area.name.clone(),
            scheme: self.legend.scheme.scheme,
            key: topic.key.to_string(),
            kind,
            title: topic.title.clone(),
            selects_by: topic.selects_by,
            on: self.on,
            in_force: history
                .iter()
                .rposition(|version| version.effective <= self.on),
            history,
        }
    }
}

fn level_text(area: &AreaPolicy, level: Level) -> String {
    match level {
        Level::National => "国家".to_owned(),
        Level::Province(code) => format!("省（{code}）"),
        Level::Area(_) => format!("统筹区（{}）", area.name),
    }
}
