use terms::CareType;

use super::*;
use crate::tables::dictionary;

/// Every code of a mapping exists in its dictionary.
fn known<T>(name: &str, table: &[(&str, T)]) {
    let codes = dictionary(name).unwrap();
    for (code, _) in table {
        assert!(codes.holds(code), "{name} {code}");
    }
}

#[test]
fn every_mapped_code_exists() {
    known("insutype", SCHEMES);
    known("med_type", CARE_TYPES);
    known("list_type", ITEM_KINDS);
    known("chrgitm_lv", ITEM_CLASSES);
    known("fund_pay_type", FUNDS);
    known("psn_type", CATEGORIES);
    assert_eq!(
        fund_pay_type_name(PERSONAL_ACCOUNT_FUND),
        "城镇职工基本医疗保险个人账户基金"
    );
}

#[test]
fn every_care_type_of_the_dictionary_has_a_word() {
    for (code, name) in &dictionary("med_type").unwrap().entries {
        let care = care_type(code).unwrap_or_else(|| panic!("{code} {name}"));
        let stay = ["住院", "床", "日间", "新生儿抢救"]
            .iter()
            .any(|mark| name.contains(mark));
        assert_eq!(
            care.is_stay(),
            stay || code.starts_with("2106") || code.starts_with("2107")
        );
    }
}

#[test]
fn words_survive_a_round_trip() {
    for &word in Scheme::ALL {
        assert_eq!(scheme(insutype(word)), Some(word));
    }
    for &word in ItemKind::ALL {
        assert_eq!(item_kind(list_type(word)), Some(word));
    }
    for &word in ItemClass::ALL {
        assert_eq!(item_class(chrgitm_lv(word)), Some(word));
    }
    for &word in CareType::ALL {
        assert!(care_type(med_type(word)).is_some());
        assert!(
            dictionary("clr_type").unwrap().holds(clr_type(word)),
            "{word:?}"
        );
    }
    for &word in FundType::ALL {
        assert!(fund(fund_pay_type(word)).is_some());
    }
    for &word in Category::ALL {
        assert!(category(psn_type(word)).is_some());
    }
    for &word in CoverState::ALL {
        assert!(
            dictionary("psn_insu_stas")
                .unwrap()
                .holds(psn_insu_stas(word))
        );
    }
}

#[test]
fn certificates_are_cut_before_the_card_blob() {
    assert_eq!(certificate_number("42|AAAA|B"), "42");
    assert_eq!(certificate_number("42"), "42");
    assert_eq!(proof("03"), Some(Proof::SocialCard));
    assert_eq!(proof("04"), None);
}
