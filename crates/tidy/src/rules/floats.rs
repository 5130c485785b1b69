//! 钱款路径无浮点：金额是整数分，比例是精确分数。
//!
//! Binary fractions cannot hold a tenth, so a float anywhere between a bill and its ledger rows may
//! move a fen. The types are banned, and in pure crates the literals too.

use crate::house::Edges;
use crate::rust::{code_of, without_tests};
use crate::{File, Offence, Tree};

/// Crates of the corridor and workshop on the path of money, beside all pure ones.
const ON_THE_PATH: [&str; 5] = ["lawbook", "store", "app", "wire", "golden"];

/// Every floating-point type or literal on the path of money.
pub fn check(tree: &Tree, edges: &Edges) -> Vec<Offence> {
    let on_the_path = |file: &&File| {
        let Some(name) = file.crate_name() else {
            return false;
        };
        let pure = edges
            .crates
            .get(name)
            .is_some_and(|row| row.floor.is_pure());
        file.is_rust_source() && (pure || ON_THE_PATH.contains(&name))
    };
    tree.files
        .iter()
        .filter(on_the_path)
        .flat_map(check_file)
        .collect()
}

fn check_file(file: &File) -> Vec<Offence> {
    let code = without_tests(&code_of(&file.text));
    let mut found = Vec::new();
    let mut naming = false;
    for (index, line) in code.lines().enumerate() {
        // A reader must name every type that serde knows, to say that it reads none of them so.
        naming = line.contains("forward_to_deserialize_any!") || (naming && !line.contains('}'));
        if naming {
            continue;
        }
        let tokens = line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
        for token in tokens.filter(|token| is_float(token)) {
            let message = format!("floating point `{token}` on a money path; use Fen and Ratio");
            found.push(Offence::new(&file.path, index + 1, message));
        }
    }
    found
}

/// `f64`, `1.5`, `2.`, `1e9`, `3_f64`, `x as f32`; not `1..5`, `pair.0.1` or `0x1e9`.
fn is_float(token: &str) -> bool {
    if token.ends_with("f64") || token.ends_with("f32") {
        let stem = token[..token.len() - 3].trim_end_matches('_');
        return stem
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.' || c == '_');
    }
    if !token.starts_with(|c: char| c.is_ascii_digit()) || token.contains("..") {
        return false;
    }
    let numeric = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '_');
    match (token.split_once('.'), token.split_once(['e', 'E'])) {
        (Some((whole, part)), _) => numeric(whole) && numeric(part),
        (None, Some((whole, power))) => numeric(whole) && !power.is_empty() && numeric(power),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house;

    fn offences(text: &str) -> usize {
        let tree = Tree::of(&[("crates/money/src/fen.rs", text)]);
        check(&tree, &house::edges()).len()
    }

    #[test]
    fn float_types_and_literals_are_found() {
        for text in [
            "a as f64",
            "let x: f32;",
            "1.5 * x",
            "0.85",
            "1e9",
            "3_f64",
            "f64::MAX",
        ] {
            assert_eq!(offences(text), 1, "{text}");
        }
    }

    #[test]
    fn the_types_a_reader_passes_on_are_no_arithmetic() {
        let list = "forward_to_deserialize_any! {\n    u8 f32 f64\n}\nlet x: f64;\n";
        assert_eq!(offences(list), 1);
    }

    #[test]
    fn integers_ranges_fields_and_hexadecimals_are_not_floats() {
        for text in [
            "1..5", "pair.0.1", "x.0", "0x1e9", "100_i64", "1_000", "\"0.85\"", "0..=9",
        ] {
            assert_eq!(offences(text), 0, "{text}");
        }
    }
}
