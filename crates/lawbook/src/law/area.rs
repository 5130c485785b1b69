use std::collections::BTreeMap;

use terms::{AreaCode, Scheme, Word};

use crate::fault::Faults;
use crate::yaml::{Fields, Node, Page};

/// What `area.yaml` says about a pooling area.
pub(crate) struct AreaFile {
    pub path: String,
    pub code: AreaCode,
    pub name: String,
    pub counties: BTreeMap<AreaCode, String>,
    pub treated_as_local: Vec<AreaCode>,
    pub schemes: Vec<Scheme>,
    pub words: BTreeMap<Word, String>,
}

/// Reads an `area.yaml`.
pub(crate) fn read_area(
    path: &str,
    code: AreaCode,
    root: &Node,
    faults: &Faults,
) -> Option<AreaFile> {
    let page = Page { file: path, faults };
    let fields = Fields::of(&page, root)?;
    let name = fields
        .need("name")
        .and_then(|node| page.text(node))
        .map(str::to_owned);
    let counties = fields
        .maybe("counties")
        .map(|node| read_counties(&page, node));
    let local = fields.maybe("treated_as_local");
    let treated_as_local = local.and_then(|node| page.each(node, |code| page.area(code)));
    let schemes = fields.need("schemes");
    let schemes = schemes.and_then(|node| page.each(node, |word| page.term::<Scheme>(word)));
    let words = fields.maybe("words").map(|node| read_word_map(&page, node));
    for remark in ["note", "source", "checked"] {
        fields.maybe(remark);
    }
    fields.finish();
    Some(AreaFile {
        path: path.to_owned(),
        code,
        name: name?,
        counties: counties.unwrap_or_default(),
        treated_as_local: treated_as_local.unwrap_or_default(),
        schemes: schemes?,
        words: words.unwrap_or_default(),
    })
}

/// Reads a `words.yaml`: words that every area below may use.
pub(crate) fn read_words(path: &str, root: &Node, faults: &Faults) -> BTreeMap<Word, String> {
    let page = Page { file: path, faults };
    let Some(fields) = Fields::of(&page, root) else {
        return BTreeMap::new();
    };
    let words = fields.need("words").map(|node| read_word_map(&page, node));
    for remark in ["note", "source", "checked"] {
        fields.maybe(remark);
    }
    fields.finish();
    words.unwrap_or_default()
}

fn read_word_map(page: &Page<'_>, node: &Node) -> BTreeMap<Word, String> {
    let mut words = BTreeMap::new();
    for (word, name) in page.entries(node).unwrap_or_default() {
        if let Some(name) = page.text(name) {
            words.insert(Word::new(word), name.to_owned());
        }
    }
    words
}

fn read_counties(page: &Page<'_>, node: &Node) -> BTreeMap<AreaCode, String> {
    let mut counties = BTreeMap::new();
    for (code, name) in page.entries(node).unwrap_or_default() {
        match (code.parse::<AreaCode>(), page.text(name)) {
            (Ok(code), Some(name)) => {
                counties.insert(code, name.to_owned());
            }
            (Err(error), _) => page.fault(name, crate::FaultKind::WrongType, error.to_string()),
            (Ok(_), None) => {}
        }
    }
    counties
}
