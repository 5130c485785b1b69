use grouping::Side;
use grouping::tables::{
    AuxiliaryKind, AuxiliaryRow, ClassRow, ComorbidityRow, ComprehensiveRow, DipRow, DipTables,
    ExcludedRow, ListRow,
};
use money::{Fen, Ratio};

use super::folder::Folder;
use super::grid::{Grid, Row};
use crate::fault::{FaultKind, Faults};

/// Reads the tables of a directory; all but `core.csv` may be absent.
pub(super) fn read(folder: &Folder, faults: &Faults) -> DipTables {
    let mut tables = DipTables::default();
    let core = folder.need("core.csv", faults);
    tables.rows = core
        .rows(&["dip", "dx", "procedure", "name"])
        .filter_map(row)
        .collect();
    if let Some(grid) = folder.maybe("comprehensive.csv", faults) {
        let rows = grid.rows(&["dip", "dx", "class", "name"]);
        tables.comprehensive = rows.filter_map(comprehensive).collect();
    }
    tables.classes = folder
        .maybe("procedure_class.csv", faults)
        .map(|grid| classes(&grid))
        .unwrap_or_default();
    tables.excluded = folder
        .maybe("excluded.csv", faults)
        .map(|grid| excluded(&grid))
        .unwrap_or_default();
    if let Some(grid) = folder.maybe("auxiliary.csv", faults) {
        let rows = grid.rows(&["kind", "code", "condition", "factor", "name"]);
        tables.auxiliary = rows.filter_map(auxiliary).collect();
    }
    if let Some(grid) = folder.maybe("comorbidity.csv", faults) {
        let rows = grid.rows(&["dx", "points"]).filter_map(|row| {
            Some(ComorbidityRow {
                diagnosis: row.need("dx")?,
                points: row.whole("points")?,
            })
        });
        tables.comorbidity = rows.collect();
    }
    if let Some(grid) = folder.maybe("lists.csv", faults) {
        let rows = grid.rows(&["list", "code"]).filter_map(|row| {
            Some(ListRow {
                place: row.place(),
                scope: String::new(),
                list: row.need("list")?,
                code: row.own("code"),
            })
        });
        tables.lists = rows.collect();
    }
    tables
}

fn row(row: Row<'_>) -> Option<DipRow> {
    let stage = match row.text("stage") {
        "" => "core",
        stage => stage,
    };
    Some(DipRow {
        place: row.place(),
        code: row.need("dip")?,
        stage: stage.to_owned(),
        diagnosis: row.own("dx"),
        procedure: row.own("procedure"),
        related: row.own("related"),
        condition: row.own("condition"),
        name: row.own("name"),
        primary_care: row.flag("primary_care"),
        score: score(row),
        mean_cost: row.decimal("mean_cost", Fen::from_yuan_text),
    })
}

fn score(row: Row<'_>) -> Option<Ratio> {
    let score = row.decimal("score", Ratio::from_factor_text)?;
    if score < Ratio::ZERO {
        row.fault("score", FaultKind::OutOfUnit, "分值不能为负");
        return None;
    }
    Some(score)
}

fn comprehensive(row: Row<'_>) -> Option<ComprehensiveRow> {
    let (code, diagnosis) = (row.need("dip"), row.need("dx"));
    let class = row.need("class");
    Some(ComprehensiveRow {
        place: row.place(),
        code: code?,
        diagnosis: diagnosis?,
        class: class?,
        name: row.own("name"),
        score: score(row),
    })
}

/// `procedure_class.csv`: `procedure,class`.
pub(super) fn classes(grid: &Grid<'_>) -> Vec<ClassRow> {
    let rows = grid.rows(&["procedure", "class"]).filter_map(|row| {
        let (procedure, class) = (row.need("procedure"), row.need("class"));
        Some(ClassRow {
            place: row.place(),
            procedure: procedure?,
            class: class?,
        })
    });
    rows.collect()
}

/// `excluded.csv`: `side,code`.
pub(super) fn excluded(grid: &Grid<'_>) -> Vec<ExcludedRow> {
    const SIDES: [(&str, Side); 2] = [
        ("diagnosis", Side::Diagnosis),
        ("procedure", Side::Procedure),
    ];
    let rows = grid.rows(&["side", "code"]).filter_map(|row| {
        let (side, code) = (row.choice("side", &SIDES), row.need("code"));
        Some(ExcludedRow {
            side: side?,
            code: code?,
        })
    });
    rows.collect()
}

fn auxiliary(row: Row<'_>) -> Option<AuxiliaryRow> {
    let kinds = AuxiliaryKind::ALL.map(|(kind, word, _)| (word, kind));
    let (kind, code) = (row.choice("kind", &kinds), row.need("code"));
    let condition = row.need("condition");
    let factor = match row.text("factor") {
        "" => Some(Ratio::ONE),
        _ => row.decimal("factor", Ratio::from_factor_text),
    };
    if factor.is_some_and(|factor| factor <= Ratio::ZERO) {
        row.fault("factor", FaultKind::OutOfUnit, "系数应大于零");
    }
    Some(AuxiliaryRow {
        place: row.place(),
        kind: kind?,
        code: code?,
        condition: condition?,
        factor: factor?,
        name: row.own("name"),
    })
}
