use std::fmt::Write;

use super::{Item, ItemPeriod};

const HEADER: &str = "code,name,kind,class,prior_percent,ceiling_yuan,from,to,schemes,grades,\
    groups,charge_category,unit,specification,restriction_note,restriction\n";

/// The catalogue as `items.csv`, one row for each item and period (目录文件).
pub fn items_csv(items: &[Item]) -> String {
    let mut text = String::from(HEADER);
    for item in items {
        for period in &item.periods {
            row(&mut text, item, period);
        }
    }
    text
}

fn row(text: &mut String, item: &Item, period: &ItemPeriod) {
    let (note, condition) = item.limitation.map_or(("", ""), |l| (l.note, l.condition));
    let fields = [
        item.code.clone(),
        quoted(&item.name),
        item.kind.word().to_owned(),
        period.class.word().to_owned(),
        period.prior_percent.to_string(),
        period
            .ceiling
            .map_or_else(String::new, |ceiling| ceiling.to_string()),
        period.from.to_string(),
        period.to.map_or_else(String::new, |to| to.to_string()),
        joined(period.schemes.iter().map(|scheme| scheme.word())),
        joined(period.grades.iter().map(|grade| grade.word())),
        joined(item.groups.iter().map(terms::Word::as_str)),
        item.charge_category.to_owned(),
        item.unit.clone(),
        quoted(&item.specification),
        note.to_owned(),
        condition.to_owned(),
    ];
    let _ = writeln!(text, "{}", fields.join(","));
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(";")
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CATALOGUE_SEED, CATALOGUE_SIZE, catalogue};
    use super::*;

    #[test]
    fn the_committed_catalogue_is_what_the_generator_makes() {
        let made = items_csv(&catalogue(CATALOGUE_SEED, CATALOGUE_SIZE));
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../catalogues/example/items.csv"
        );
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap();
        let differs = made
            .lines()
            .zip(committed.lines())
            .find(|(made, there)| made != there);
        assert_eq!(differs, None, "run the test with UPDATE=1 to write it anew");
        assert_eq!(made.len(), committed.len());
    }

    #[test]
    fn every_row_has_sixteen_fields() {
        let text = items_csv(&catalogue(1, 2000));
        for line in text.lines().filter(|line| !line.contains('"')) {
            assert_eq!(line.split(',').count(), 16, "{line}");
        }
    }
}
