use grouping::tables::{Check, DrgSettings, SchemeTitle, Ventilation};
use terms::Sex;

use super::folder::Folder;
use crate::fault::Faults;
use crate::yaml::{Fields, Node, Page, parse};

pub(super) const FILE: &str = "scheme.yaml";

const CHECKS: [(&str, Check); 3] = [
    ("refuse", Check::Refuse),
    ("note", Check::Note),
    ("ignore", Check::Ignore),
];

/// Reads `scheme.yaml`; a folder without one goes by its name and the usual settings.
pub(super) fn read(folder: &Folder, title: &mut SchemeTitle, faults: &Faults) -> DrgSettings {
    let mut settings = DrgSettings::default();
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

/// Name, version and remarks.
pub(super) fn read_title(page: &Page<'_>, fields: &Fields<'_>, title: &mut SchemeTitle) {
    if let Some(name) = fields.need("name").and_then(|node| page.text(node)) {
        name.clone_into(&mut title.name);
    }
    if let Some(version) = fields.need("version").and_then(|node| page.text(node)) {
        version.clone_into(&mut title.version);
    }
    fields.maybe("note");
    fields.maybe("source");
}

fn read_fields(page: &Page<'_>, fields: &Fields<'_>, settings: &mut DrgSettings) {
    const WORDS: [(&str, bool); 2] = [("stop", false), ("next", true)];
    let node = fields.maybe("category_without_group");
    let choice = node.and_then(|node| page.choice(node, "大类无组时的做法", &WORDS));
    settings.try_next_category = choice.unwrap_or(settings.try_next_category);
    let node = fields.maybe("pre_categories");
    let texts = node.and_then(|node| page.each(node, |one| page.text(one).map(str::to_owned)));
    if let Some(texts) = texts {
        settings.pre_categories = texts;
    }
    if let Some(fields) = fields
        .maybe("checks")
        .and_then(|node| Fields::of(page, node))
    {
        read_checks(page, fields, settings);
    }
    let node = fields.maybe("sex_of_category");
    if let Some(entries) = node.and_then(|node| page.entries(node)) {
        let each = entries.iter().filter_map(|(mdc, node)| {
            let sex = page.term::<Sex>(node)?;
            Some((mdc.clone(), sex))
        });
        settings.sex_of_category = each.collect();
    }
    let node = fields.maybe("ventilation");
    let claims = node.and_then(|node| page.each(node, |one| ventilation(page, one)));
    settings.ventilation = claims.unwrap_or_default();
}

fn read_checks(page: &Page<'_>, fields: Fields<'_>, settings: &mut DrgSettings) {
    let places: [(&'static str, &mut Check); 6] = [
        ("unknown_sex", &mut settings.unknown_sex),
        (
            "newborn_without_weight",
            &mut settings.newborn_without_weight,
        ),
        ("gray_principal", &mut settings.gray_principal),
        ("gray_main_procedure", &mut settings.gray_main_procedure),
        ("unknown_principal", &mut settings.unknown_principal),
        ("sex_conflict", &mut settings.sex_conflict),
    ];
    for (name, place) in places {
        let node = fields.maybe(name);
        if let Some(check) = node.and_then(|node| page.choice(node, "核查结果", &CHECKS)) {
            *place = check;
        }
    }
    fields.finish();
}

fn ventilation(page: &Page<'_>, node: &Node) -> Option<Ventilation> {
    let fields = Fields::of(page, node)?;
    let hours = |node| page.whole(node).and_then(|hours| u32::try_from(hours).ok());
    let procedure = fields.need("procedure").and_then(|node| page.text(node));
    let from_hours = fields.maybe("from_hours").and_then(hours);
    let below_hours = fields.maybe("below_hours").and_then(hours);
    fields.finish();
    Some(Ventilation {
        procedure: procedure?.to_owned(),
        from_hours: from_hours.unwrap_or(0),
        below_hours,
    })
}
