use super::*;

const SERVED: &str = "9001 9002 1101 1901 2001 2101 2102 2103 2201 2202 2203 2203A 2204 \
    2205 2206 2206A 2207 2207A 2208 2301 2302 2303 2304 2305 2401 2402 2403 2404 2405 2501 \
    2502 2503 2504 2505 2506 2507 2601 3101 3102 3103 3203 3204 5201 5202 5203 5204 5205 5206 \
    3501 3501A \
    3502 3502A 3503 3503A 3504 3504A 3505 3505A 3506 3506A 3507 3507A 3508 3509 3510 3511 3512 \
    3513 3592B 3605 3606 3607 3608 3609 3610 3611 4101 4101A 4102 4103 4104 4105 5301 5302 5303 \
    5304";

/// Transactions that answer nothing but success.
const SILENT: &str = "2202 2203 2203A 2205 2302 2402 2403 2404 2405 2502 2504 2506 3501 \
    3501A 3502 3503 3504 3505 3506 3507 2601 3103 3204 4102";

#[test]
fn every_served_transaction_has_its_tables() {
    for number in SERVED.split_whitespace() {
        let found = transaction(number).unwrap();
        assert!(found.supported, "{number}");
        assert!(!found.input.is_empty(), "{number} input");
        let silent = SILENT.split_whitespace().any(|other| other == number);
        assert_eq!(found.output.is_empty(), silent, "{number} output");
    }
    let served = transactions().iter().filter(|t| t.supported).count();
    assert_eq!(served, SERVED.split_whitespace().count());
    assert_eq!(transactions().len(), 249);
}

#[test]
fn variants_share_the_tables_of_their_family() {
    let names = |number: &str| -> Vec<_> {
        let found = transaction(number).unwrap();
        found
            .output
            .iter()
            .chain(&found.input)
            .flat_map(|node| &node.fields)
            .collect::<Vec<_>>()
    };
    assert_eq!(names("2207").len(), names("2207A").len());
    assert_eq!(transaction("2207A").unwrap().family(), "2207");
    assert_eq!(transaction("2207A").unwrap().name_zh, "门诊结算A");
}

#[test]
fn the_settlement_output_is_complete() {
    for number in ["2102", "2207", "2304"] {
        let node = transaction(number)
            .unwrap()
            .output_node("setlinfo")
            .unwrap();
        for field in [
            "setl_id",
            "hifp_pay",
            "hifdm_pay",
            "hosp_part_amt",
            "acct_mulaid_pay",
        ] {
            assert!(node.position(field).is_some(), "{number} {field}");
        }
        let mut names: Vec<_> = node.fields.iter().map(|field| field.name).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{number} has a field twice");
    }
}

#[test]
fn nested_nodes_lie_in_their_rows() {
    let lines = transaction("2102")
        .unwrap()
        .input_node("drugdetail")
        .unwrap();
    assert_eq!(
        lines.fields.last().map(|field| field.kind),
        Some(Kind::Nested)
    );
    assert_eq!(lines.nested[0].name, "durg_trac_info");
    assert_eq!(lines.nested[0].fields.len(), 3);
}

#[test]
fn every_dictionary_a_field_names_is_held() {
    for found in transactions() {
        for node in found.input.iter().chain(&found.output) {
            for field in &node.fields {
                if let Some(name) = field.dictionary {
                    assert!(
                        dictionary(name).is_some(),
                        "{} {}",
                        found.number,
                        field.name
                    );
                }
            }
        }
    }
    assert_eq!(name_of("insutype", "310"), Some("职工基本医疗保险"));
    assert_eq!(name_of("insutype", "311"), None);
    assert!(dictionary("Vali_Flag").is_some());
}

#[test]
fn paths_lead_to_their_transactions() {
    for known in transactions() {
        if let Some(path) = known.path {
            assert_eq!(
                transaction_at(path).map(|t| t.number),
                Some(known.number),
                "{path}"
            );
        }
    }
    assert_eq!(
        transactions().iter().filter(|t| t.path.is_some()).count(),
        75
    );
}

#[test]
fn every_kind_of_field_occurs() {
    let kinds: Vec<_> = transactions()
        .iter()
        .flat_map(|t| t.input.iter().chain(&t.output))
        .flat_map(|node| &node.fields)
        .map(|field| field.kind)
        .collect();
    assert!(kinds.contains(&Kind::Decimal {
        digits: 16,
        places: 2
    }));
    assert!(kinds.contains(&Kind::Whole(30)));
    assert!(kinds.contains(&Kind::Extension(4000)));
    assert!(kinds.contains(&Kind::Raw));
}

#[test]
fn no_two_fields_of_a_node_differ_only_in_case_or_underscores() {
    for found in transactions() {
        for node in found.input.iter().chain(&found.output) {
            for (at, field) in node.fields.iter().enumerate() {
                let twin = node.fields[..at]
                    .iter()
                    .find(|earlier| crate::json::same_name(earlier.name, field.name));
                assert!(
                    twin.is_none(),
                    "{} {} {}",
                    found.number,
                    node.name,
                    field.name
                );
            }
        }
    }
}
