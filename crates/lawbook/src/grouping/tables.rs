use grouping::Severity;
use grouping::tables::{
    AdrgRow, Ambiguity, ComplicationRow, DrgRow, DrgTables, ExclusionRow, ListRow, MdcRow,
    RowResult, SiteRow,
};
use money::Ratio;
use std::collections::{BTreeMap, BTreeSet};

use super::folder::Folder;
use super::grid::Row;
use crate::fault::{FaultKind, Faults};

const AMBIGUITIES: [(&str, Ambiguity); 4] = [
    ("", Ambiguity::None),
    ("NONE", Ambiguity::None),
    ("MAIN", Ambiguity::Main),
    ("ANY", Ambiguity::Any),
];

/// Reads the folder form of a scheme.
pub(super) fn read(folder: &Folder, faults: &Faults) -> DrgTables {
    let mut tables = DrgTables::default();
    let mdcs = folder.need("mdc.csv", faults);
    tables.mdcs = mdcs
        .rows(&["mdc", "seq", "name", "rule"])
        .filter_map(mdc)
        .collect();
    let adrgs = folder.need("adrg.csv", faults);
    let columns = ["adrg", "mdc", "seq", "name", "rule"];
    tables.adrgs = adrgs.rows(&columns).filter_map(adrg).collect();
    let weights = weights(folder, faults);
    let drgs = folder.need("drg.csv", faults);
    let columns = ["drg", "adrg", "seq", "condition", "name"];
    let drg = |row: Row<'_>| drg(row, &weights);
    tables.drgs = drgs.rows(&columns).filter_map(drg).collect();
    lists(folder, &mut tables, faults);
    complications(folder, &mut tables, faults);
    tables
}

fn mdc(row: Row<'_>) -> Option<MdcRow> {
    let (code, order) = (row.need("mdc"), row.whole("seq"));
    let ambiguity = row.choice("qy_rule", &AMBIGUITIES);
    Some(MdcRow {
        place: row.place(),
        code: code?,
        order: order?,
        name: row.own("name"),
        rule: row.own("rule"),
        ambiguity: ambiguity?,
    })
}

fn adrg(row: Row<'_>) -> Option<AdrgRow> {
    let (code, mdc) = (row.need("adrg"), row.need("mdc"));
    let (order, rule) = (row.whole("seq"), row.need("rule"));
    let alternative = match row.text("alt") {
        "" => "1".to_owned(),
        alternative => alternative.to_owned(),
    };
    Some(AdrgRow {
        place: row.place(),
        code: code?,
        alternative,
        mdc: mdc?,
        order: order?,
        name: row.own("name"),
        rule: rule?,
        before_ambiguous: row.flag("before_qy"),
        result: RowResult::Group,
    })
}

fn drg(row: Row<'_>, weights: &BTreeMap<String, Ratio>) -> Option<DrgRow> {
    let (code, adrg) = (row.need("drg"), row.need("adrg"));
    let (order, condition) = (row.whole("seq"), row.need("condition"));
    let code = code?;
    Some(DrgRow {
        place: row.place(),
        weight: weights.get(&code).copied(),
        code,
        adrg: adrg?,
        order: order?,
        condition: condition?,
        name: row.own("name"),
    })
}

/// `weights.csv`, where an operator has put one beside the tables.
fn weights(folder: &Folder, faults: &Faults) -> BTreeMap<String, Ratio> {
    let mut found = BTreeMap::new();
    let Some(grid) = folder.maybe("weights.csv", faults) else {
        return found;
    };
    for row in grid.rows(&["drg", "weight"]) {
        let weight = row.decimal("weight", Ratio::from_factor_text);
        if weight.is_some_and(|weight| weight < Ratio::ZERO) {
            row.fault("weight", FaultKind::OutOfUnit, "权重不能为负");
        }
        if let (Some(drg), Some(weight)) = (row.need("drg"), weight) {
            found.insert(drg, weight);
        }
    }
    found
}

fn lists(folder: &Folder, tables: &mut DrgTables, faults: &Faults) {
    let mut listed = BTreeSet::new();
    let grid = folder.need("mdc_dx.csv", faults);
    for row in grid.rows(&["mdc", "dx"]) {
        let site = row.text("site");
        if !site.is_empty() {
            tables.sites.push(SiteRow {
                site: site.to_owned(),
                diagnosis: row.own("dx"),
            });
        }
        // An injury of two sites stands in two rows, and is in the list of its category once.
        if site.is_empty() || listed.insert((row.own("mdc"), row.own("dx"))) {
            tables.lists.push(common(row, "mdc", "dx"));
        }
    }
    let grid = folder.need("adrg_code.csv", faults);
    for row in grid.rows(&["adrg", "list", "code"]) {
        let alternative = row.text("alt");
        let alternative = if alternative.is_empty() {
            "1"
        } else {
            alternative
        };
        let Some(whose) = row.need("adrg") else {
            continue;
        };
        tables.lists.push(ListRow {
            place: row.place(),
            scope: format!("{whose}/{alternative}"),
            list: row.own("list"),
            code: row.own("code"),
        });
    }
    let grid = folder.need("valid_procedure.csv", faults);
    for row in grid.rows(&["procedure"]) {
        tables.lists.push(ListRow {
            place: row.place(),
            scope: String::new(),
            list: "VALID".to_owned(),
            code: row.own("procedure"),
        });
    }
}

fn common(row: Row<'_>, list: &str, code: &str) -> ListRow {
    ListRow {
        place: row.place(),
        scope: String::new(),
        list: row.own(list),
        code: row.own(code),
    }
}

fn complications(folder: &Folder, tables: &mut DrgTables, faults: &Faults) {
    for (file, severity) in [("mcc.csv", Severity::Mcc), ("cc.csv", Severity::Cc)] {
        let grid = folder.need(file, faults);
        let rows = grid.rows(&["dx", "exclusion_group"]).filter_map(|row| {
            Some(ComplicationRow {
                place: row.place(),
                diagnosis: row.need("dx")?,
                severity,
                exclusion: row.own("exclusion_group"),
            })
        });
        tables.complications.extend(rows);
    }
    let grid = folder.need("exclusion.csv", faults);
    let rows = grid
        .rows(&["principal_dx", "exclusion_group"])
        .filter_map(|row| {
            Some(ExclusionRow {
                place: row.place(),
                principal: row.need("principal_dx")?,
                group: row.need("exclusion_group")?,
            })
        });
    tables.exclusions = rows.collect();
}
