use grouping::tables::{DipSettings, Preference, SchemeTitle, TreatmentClass};

use super::folder::Folder;
use super::settings::{FILE, read_title};
use crate::fault::{FaultKind, Faults};
use crate::yaml::{Fields, Node, Page, parse};

const PREFERENCES: [(&str, Preference); 4] = [
    ("more_terms", Preference::MoreTerms),
    ("more_matches", Preference::MoreMatches),
    ("nearest_cost", Preference::NearestCost),
    ("higher_class", Preference::HigherClass),
];

/// Most decimals of a score.
const MOST_PLACES: u32 = 6;

/// Reads `scheme.yaml` of a directory; a folder without one has the usual settings.
pub(super) fn read(folder: &Folder, title: &mut SchemeTitle, faults: &Faults) -> DipSettings {
    let mut settings = DipSettings::default();
    title.name = folder.name();
    let Some(text) = folder.text(FILE, faults) else {
        return settings;
    };
    match parse(FILE, &text) {
        Ok(root) => {
            let page = Page { file: FILE, faults };
            if let Some(fields) = Fields::of(&page, &root) {
                read_title(&page, &fields, title);
                read_fields(&page, &fields, &mut settings);
                fields.finish();
            }
        }
        Err(fault) => faults.add(fault),
    }
    settings
}

fn read_fields(page: &Page<'_>, fields: &Fields<'_>, settings: &mut DipSettings) {
    let text = |node: &Node| page.text(node).map(str::to_owned);
    if let Some(stages) = fields
        .maybe("stages")
        .and_then(|node| page.each(node, text))
    {
        settings.stages = stages;
    }
    let classes = fields.maybe("classes");
    let classes = classes.and_then(|node| page.each(node, |one| class(page, one)));
    if let Some(classes) = classes {
        settings.classes = classes;
    }
    let preferences = fields.maybe("preferences");
    let one = |node: &Node| page.choice(node, "选择次序", &PREFERENCES);
    if let Some(preferences) = preferences.and_then(|node| page.each(node, one)) {
        settings.preferences = preferences;
    }
    let flag = |name: &'static str, usual: bool| {
        fields
            .maybe(name)
            .and_then(|node| page.flag(node))
            .unwrap_or(usual)
    };
    settings.drop_unclassed = flag("drop_unclassed", settings.drop_unclassed);
    settings.main_only = flag("main_procedure_only", settings.main_only);
    let conservative = settings.excluded_main_is_conservative;
    settings.excluded_main_is_conservative = flag("excluded_main_is_conservative", conservative);
    if let Some(node) = fields.maybe("score_places") {
        let places = page
            .whole(node)
            .and_then(|places| u32::try_from(places).ok());
        match places.filter(|places| *places <= MOST_PLACES) {
            Some(places) => settings.score_places = places,
            None => page.fault(node, FaultKind::OutOfUnit, "分值小数位数应为0至6"),
        }
    }
    if settings.classes.is_empty() || settings.stages.is_empty() {
        let message = "stages 和 classes 不能为空";
        page.faults
            .add_heading(FILE, "", FaultKind::MissingField, message);
    }
}

fn class(page: &Page<'_>, node: &Node) -> Option<TreatmentClass> {
    let fields = Fields::of(page, node)?;
    let word = fields.need("word").and_then(|node| page.text(node));
    let name = fields.need("name").and_then(|node| page.text(node));
    fields.finish();
    Some(TreatmentClass {
        word: word?.to_owned(),
        name: name?.to_owned(),
    })
}
