//! 表名列名：国家接口的拼写换成本项目的词。

/// The house name of a table, from the stem of its file.
///
/// Months may follow the name (`lines-2025-01`, `lines_202501`): they name parts of one table.
pub fn table_name(stem: &str) -> String {
    let stem = stem.to_lowercase();
    let part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    let plain = stem.trim_end_matches(part);
    let name = if plain.is_empty() {
        stem.as_str()
    } else {
        plain
    };
    match name {
        "persons" => "people",
        "trac" | "trac_events" | "trace_event" | "trace_event_log" => "trace_events",
        "trac_inbound" => "trace_inbound",
        "trac_shipment" => "trace_shipment",
        "trac_lot" => "trace_lot",
        "staff_register" => "staff",
        "custody_register" => "custody",
        "exit" | "exit_register" => "abroad",
        "k_nocode_list" => "k_nocode",
        // The ten of ICD-10 was taken for a part above.
        "icd" | "k_icd" => "k_icd10",
        "calendar" => "k_holiday",
        "benefit_cap" | "benefit_caps" | "k_benefit_caps" => "k_benefit_cap",
        "resale_drugs" | "k_resale_drug" => "k_resale_drugs",
        "family_pooling" => "household",
        "death" => "death_register",
        "population" => "population_register",
        "terminal_geo" => "terminal_places",
        "stock_events" => "stock_event",
        "order" => "orders",
        "operation" => "operations",
        "reagents" => "reagent_ledger",
        "k_vbp" | "vbp_price" => "k_vbp_price",
        "k_dosform" => "k_dose_form",
        "k_price" => "k_price_ceiling",
        "k_ind" => "k_drug_indication",
        other => other,
    }
    .to_owned()
}

/// The house name of a column of a table.
pub fn column_name(table: &str, column: &str) -> String {
    let column = column.trim().trim_start_matches('\u{feff}').to_lowercase();
    let renamed = match (table, column.as_str()) {
        ("people", "insutype") | ("visits", "insutype") => Some("insurance"),
        ("trace_inbound", "inbound_time") => Some("time"),
        ("stock_event", "cnt") => Some("quantity"),
        _ => COLUMNS
            .iter()
            .find(|(wire, _)| *wire == column)
            .map(|(_, house)| *house),
    };
    renamed.map_or(column, str::to_owned)
}

const COLUMNS: [(&str, &str); 119] = [
    ("adm_dept_name", "department"),
    ("allowed_gend", "sex"),
    ("begin_qty", "opening"),
    ("begndate", "from"),
    ("begntime", "begin"),
    ("bilg_dept_codg", "department_code"),
    ("bilg_dept_name", "department"),
    ("bilg_dr_code", "doctor"),
    ("bkkp_sn", "line"),
    ("brdy", "birth"),
    ("chrgitm_lv", "charge_level"),
    ("claimed_codg", "claimed"),
    ("cnt", "count"),
    ("death_date", "death"),
    ("dept_name_regex", "department_names"),
    ("det_item_fee_sumamt", "amount"),
    ("diag_codes", "diagnoses"),
    ("diag_name_regex", "diagnosis_names"),
    ("diag_names", "diagnosis_names"),
    ("dise_codg", "disease"),
    ("drug_prefix", "item_prefix"),
    ("drug_trac_codg", "trace_code"),
    ("dscg_maindiag_code", "diagnoses"),
    ("dscg_tkdrug_flag", "take_home"),
    ("end_qty", "closing"),
    ("enddate", "until"),
    ("endtime", "end"),
    ("exempt_dept_set", "exempt_departments"),
    ("exempt_diag_set", "exempt_diagnoses"),
    ("fee_ocur_time", "time"),
    ("fixmedins_code", "provider"),
    ("fixmedins_type", "kind"),
    ("gend", "sex"),
    ("hosp_lv", "level"),
    ("in_qty", "bought"),
    ("inscp_amt", "in_scope"),
    ("insutype", "insurances"),
    ("invoice_no", "invoice"),
    ("lat", "latitude"),
    ("list_type", "kind"),
    ("lon", "longitude"),
    ("main_codg", "main"),
    ("mdtrt_id", "visit"),
    ("mdtrt_mode", "mode"),
    ("med_list_codg", "item"),
    ("med_list_name", "item_name"),
    ("med_type", "care"),
    ("med_type_set", "cares"),
    ("min_hosp_lv", "min_level"),
    ("other_out_qty", "other_out"),
    ("panel_codg", "panel"),
    ("part_codg", "part"),
    ("part_codgs", "parts"),
    ("prd_days", "supply_days"),
    ("pric", "price"),
    ("pric_uplmt_amt", "limit"),
    ("psn_no", "person"),
    ("qty", "quantity"),
    ("refd_flag", "reversed"),
    ("rx_drord_no", "prescription"),
    ("setl_id", "settlement"),
    ("setl_time", "settled"),
    ("settled_qty", "settled"),
    ("sin_dos", "dose"),
    ("split_flag", "split"),
    ("surcharge_codg", "surcharge"),
    ("susp_from", "suspended_from"),
    ("susp_to", "suspended_until"),
    ("tel", "phone"),
    ("to", "until"),
    ("whole_codg", "whole"),
    ("dosform", "form"),
    ("finl_trns_pric", "price"),
    ("return_qty", "returned"),
    ("limit_yuan", "limit"),
    ("max_price", "limit"),
    ("purc_invo_no", "invoice"),
    ("purc_retn_cnt", "quantity"),
    ("purc_retn_stoin_time", "time"),
    ("rel_ttp_flag", "third_party"),
    ("spler_name", "supplier"),
    ("standard_per_day", "limit"),
    ("used_frqu", "frequency"),
    ("winning_price", "limit"),
    ("begn_date", "from"),
    ("end_date", "until"),
    ("fee_date", "time"),
    ("adm_cond_code", "critical"),
    ("drord_dr_profttl", "title"),
    ("dscg_way", "discharge_way"),
    ("oprn_oprt_date", "date"),
    ("oprn_oprt_endtime", "end"),
    ("pro_tech_duty", "title"),
    ("ship_to", "provider"),
    ("parent_codg", "parent"),
    ("acct_pay", "paid"),
    ("addr", "address"),
    ("balc", "balance_after"),
    ("certno", "id_number"),
    ("device_id", "device"),
    ("dosunt", "dose_unit"),
    ("expy_end", "expiry"),
    ("family_id", "household"),
    ("inv_chg_time", "time"),
    ("inv_chg_type", "event"),
    ("is_holiday", "holiday"),
    ("is_workday", "workday"),
    ("lot_no", "lot"),
    ("manu_date", "produced"),
    ("manu_lotnum", "lot"),
    ("openid", "device"),
    ("oprn_endtime", "end"),
    ("psn_cert_type", "id_kind"),
    ("sin_dosunt", "dose_unit"),
    ("sinc_heal_lv_code", "incision_healing"),
    ("term_id", "terminal"),
    ("test_cnt", "tests"),
    ("test_qty", "tests"),
    ("trdn_flag", "split"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_table_are_one_table() {
        for stem in ["lines", "lines-2025-01", "Lines_202501", "lines.2"] {
            assert_eq!(table_name(stem), "lines", "{stem}");
        }
        assert_eq!(table_name("trac"), "trace_events");
        assert_eq!(table_name("staff_register"), "staff");
        assert_eq!(table_name("k_icd10"), "k_icd10");
    }

    #[test]
    fn columns_take_the_words_of_the_house() {
        assert_eq!(column_name("lines", "\u{feff}BKKP_SN"), "line");
        assert_eq!(column_name("people", "insutype"), "insurance");
        assert_eq!(column_name("k_drug_level", "insutype"), "insurances");
        assert_eq!(column_name("stock_event", "cnt"), "quantity");
        assert_eq!(column_name("lines", "anything"), "anything");
    }
}
