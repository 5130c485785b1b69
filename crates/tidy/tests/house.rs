//! The house rules, one test each, on this repository.

use tidy::rules::{
    abbreviations, documents, doors, edges, floats, glossary, migrations, purity, sizes,
    unfinished, unused,
};
use tidy::{Offence, Tree, house};

/// Fails with every offence on a line of its own.
fn expect_none(mut offences: Vec<Offence>) {
    offences.sort();
    let lines: Vec<String> = offences.iter().map(Offence::to_string).collect();
    assert!(
        lines.is_empty(),
        "\n{} offences:\n{}\n",
        lines.len(),
        lines.join("\n")
    );
}

fn tree() -> Tree {
    Tree::of_this_repository().expect("the repository can be read")
}

#[test]
fn crates_point_only_where_the_table_allows() {
    expect_none(edges::check(&tree(), &house::edges()));
}

#[test]
fn rooms_touch_nothing_outside_their_arguments() {
    expect_none(purity::check(&tree(), &house::edges()));
}

#[test]
fn no_floating_point_on_a_money_path() {
    expect_none(floats::check(&tree(), &house::edges()));
}

#[test]
fn interface_abbreviations_stay_in_wire() {
    expect_none(abbreviations::check(&tree(), &house::abbreviations()));
}

#[test]
fn files_functions_and_lines_fit() {
    expect_none(sizes::check(&tree(), &house::sizes().offender));
}

#[test]
fn every_crate_has_a_door() {
    expect_none(doors::check(&tree()));
}

#[test]
fn the_glossary_knows_every_term_and_refusal() {
    expect_none(glossary::check(&tree()));
}

#[test]
fn migrations_exist_for_both_engines() {
    expect_none(migrations::check(&tree()));
}

#[test]
fn every_dependency_is_used() {
    expect_none(unused::check(&tree()));
}

#[test]
fn nothing_is_left_unfinished() {
    expect_none(unfinished::check(&tree()));
}

#[test]
fn documents_name_only_what_exists() {
    expect_none(documents::check(&tree()));
}
