//! 交易登记：本系统受理的每个交易和它的文件，按编号排列。

use crate::ask::{Answering, Ask};
use crate::{
    t1101_person, t1901_dictionary, t2001_entitlement, t2101_presale, t2102_sale, t2103_sale_undo,
    t2201_visit, t2202_visit_undo, t2203_diagnosis, t2204_lines, t2205_lines_undo, t2206_rehearsal,
    t2207_settlement, t2208_settlement_undo, t2301_lines, t2302_lines_undo, t2303_rehearsal,
    t2304_settlement, t2305_settlement_undo, t2401_admission, t2402_discharge, t2403_change,
    t2404_admission_undo, t2405_discharge_undo, t2501_referral, t2502_referral_undo,
    t2503_recognition, t2504_recognition_undo, t2505_designation, t2506_designation_undo,
    t2507_accident, t2601_compensation, t3101_prompt, t3103_feedback, t3203_clearing,
    t3204_clearing_undo, t3501_count, t3502_change, t3503_purchase, t3504_purchase_return,
    t3505_goods_sale, t3506_goods_return, t3507_goods_delete, t3508_counts, t3509_changes,
    t3510_purchases, t3511_sales, t3512_boxes_in, t3513_boxes_sold, t3592b_made_code,
    t3605_drg_groups, t3606_dip_groups, t3607_quality, t3608_dip_region, t3609_dip_own,
    t3610_drg_region, t3611_drg_own, t4101_list, t4102_list_state, t4103_list_query,
    t4104_list_quality, t4105_list_count, t5201_visits, t5202_diagnoses, t5203_settlement,
    t5204_lines, t5205_medication, t5206_counters, t5301_diseases, t5302_designated,
    t5303_inpatients, t5304_referrals, t9001_sign_in, t9002_sign_out,
};

type Handler = for<'a> fn(&'a Ask<'a>) -> Answering<'a>;

/// Every transaction served, by number.
const REGISTER: &[(&str, Handler)] = &[
    ("1101", |ask| Box::pin(t1101_person::answer(ask))),
    ("1901", |ask| Box::pin(t1901_dictionary::answer(ask))),
    ("2001", |ask| Box::pin(t2001_entitlement::answer(ask))),
    ("2101", |ask| Box::pin(t2101_presale::answer(ask))),
    ("2102", |ask| Box::pin(t2102_sale::answer(ask))),
    ("2103", |ask| Box::pin(t2103_sale_undo::answer(ask))),
    ("2201", |ask| Box::pin(t2201_visit::answer(ask))),
    ("2202", |ask| Box::pin(t2202_visit_undo::answer(ask))),
    ("2203", |ask| Box::pin(t2203_diagnosis::answer(ask))),
    ("2203A", |ask| Box::pin(t2203_diagnosis::answer(ask))),
    ("2204", |ask| Box::pin(t2204_lines::answer(ask))),
    ("2205", |ask| Box::pin(t2205_lines_undo::answer(ask))),
    ("2206", |ask| Box::pin(t2206_rehearsal::answer(ask))),
    ("2206A", |ask| Box::pin(t2206_rehearsal::answer(ask))),
    ("2207", |ask| Box::pin(t2207_settlement::answer(ask))),
    ("2207A", |ask| Box::pin(t2207_settlement::answer(ask))),
    ("2208", |ask| Box::pin(t2208_settlement_undo::answer(ask))),
    ("2301", |ask| Box::pin(t2301_lines::answer(ask))),
    ("2302", |ask| Box::pin(t2302_lines_undo::answer(ask))),
    ("2303", |ask| Box::pin(t2303_rehearsal::answer(ask))),
    ("2304", |ask| Box::pin(t2304_settlement::answer(ask))),
    ("2305", |ask| Box::pin(t2305_settlement_undo::answer(ask))),
    ("2401", |ask| Box::pin(t2401_admission::answer(ask))),
    ("2402", |ask| Box::pin(t2402_discharge::answer(ask))),
    ("2403", |ask| Box::pin(t2403_change::answer(ask))),
    ("2404", |ask| Box::pin(t2404_admission_undo::answer(ask))),
    ("2405", |ask| Box::pin(t2405_discharge_undo::answer(ask))),
    ("2501", |ask| Box::pin(t2501_referral::answer(ask))),
    ("2502", |ask| Box::pin(t2502_referral_undo::answer(ask))),
    ("2503", |ask| Box::pin(t2503_recognition::answer(ask))),
    ("2504", |ask| Box::pin(t2504_recognition_undo::answer(ask))),
    ("2505", |ask| Box::pin(t2505_designation::answer(ask))),
    ("2506", |ask| Box::pin(t2506_designation_undo::answer(ask))),
    ("2507", |ask| Box::pin(t2507_accident::answer(ask))),
    ("2601", |ask| Box::pin(t2601_compensation::answer(ask))),
    ("3101", |ask| Box::pin(t3101_prompt::before(ask))),
    ("3102", |ask| Box::pin(t3101_prompt::during(ask))),
    ("3103", |ask| Box::pin(t3103_feedback::answer(ask))),
    ("3203", |ask| Box::pin(t3203_clearing::answer(ask))),
    ("3204", |ask| Box::pin(t3204_clearing_undo::answer(ask))),
    ("3501", |ask| Box::pin(t3501_count::answer(ask))),
    ("3501A", |ask| Box::pin(t3501_count::batch(ask))),
    ("3502", |ask| Box::pin(t3502_change::answer(ask))),
    ("3502A", |ask| Box::pin(t3502_change::batch(ask))),
    ("3503", |ask| Box::pin(t3503_purchase::answer(ask))),
    ("3503A", |ask| Box::pin(t3503_purchase::batch(ask))),
    ("3504", |ask| Box::pin(t3504_purchase_return::answer(ask))),
    ("3504A", |ask| Box::pin(t3504_purchase_return::batch(ask))),
    ("3505", |ask| Box::pin(t3505_goods_sale::answer(ask))),
    ("3505A", |ask| Box::pin(t3505_goods_sale::batch(ask))),
    ("3506", |ask| Box::pin(t3506_goods_return::answer(ask))),
    ("3506A", |ask| Box::pin(t3506_goods_return::batch(ask))),
    ("3507", |ask| Box::pin(t3507_goods_delete::answer(ask))),
    ("3507A", |ask| Box::pin(t3507_goods_delete::batch(ask))),
    ("3508", |ask| Box::pin(t3508_counts::answer(ask))),
    ("3509", |ask| Box::pin(t3509_changes::answer(ask))),
    ("3510", |ask| Box::pin(t3510_purchases::answer(ask))),
    ("3511", |ask| Box::pin(t3511_sales::answer(ask))),
    ("3512", |ask| Box::pin(t3512_boxes_in::answer(ask))),
    ("3513", |ask| Box::pin(t3513_boxes_sold::answer(ask))),
    ("3592B", |ask| Box::pin(t3592b_made_code::answer(ask))),
    ("3605", |ask| Box::pin(t3605_drg_groups::answer(ask))),
    ("3606", |ask| Box::pin(t3606_dip_groups::answer(ask))),
    ("3607", |ask| Box::pin(t3607_quality::answer(ask))),
    ("3608", |ask| Box::pin(t3608_dip_region::answer(ask))),
    ("3609", |ask| Box::pin(t3609_dip_own::answer(ask))),
    ("3610", |ask| Box::pin(t3610_drg_region::answer(ask))),
    ("3611", |ask| Box::pin(t3611_drg_own::answer(ask))),
    ("4101", |ask| Box::pin(t4101_list::answer(ask))),
    ("4101A", |ask| Box::pin(t4101_list::answer(ask))),
    ("4102", |ask| Box::pin(t4102_list_state::answer(ask))),
    ("4103", |ask| Box::pin(t4103_list_query::answer(ask))),
    ("4104", |ask| Box::pin(t4104_list_quality::answer(ask))),
    ("4105", |ask| Box::pin(t4105_list_count::answer(ask))),
    ("5201", |ask| Box::pin(t5201_visits::answer(ask))),
    ("5202", |ask| Box::pin(t5202_diagnoses::answer(ask))),
    ("5203", |ask| Box::pin(t5203_settlement::answer(ask))),
    ("5204", |ask| Box::pin(t5204_lines::answer(ask))),
    ("5205", |ask| Box::pin(t5205_medication::answer(ask))),
    ("5206", |ask| Box::pin(t5206_counters::answer(ask))),
    ("5301", |ask| Box::pin(t5301_diseases::answer(ask))),
    ("5302", |ask| Box::pin(t5302_designated::answer(ask))),
    ("5303", |ask| Box::pin(t5303_inpatients::answer(ask))),
    ("5304", |ask| Box::pin(t5304_referrals::answer(ask))),
    ("9001", |ask| Box::pin(t9001_sign_in::answer(ask))),
    ("9002", |ask| Box::pin(t9002_sign_out::answer(ask))),
];

/// Who answers a transaction.
pub(crate) fn handler(number: &str) -> Option<Handler> {
    let found = REGISTER.binary_search_by(|(known, _)| (*known).cmp(number));
    found.ok().map(|at| REGISTER[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::transactions;

    #[test]
    fn the_register_is_sorted_and_holds_what_the_table_promises() {
        assert!(REGISTER.is_sorted_by_key(|(number, _)| *number));
        for transaction in transactions() {
            assert_eq!(
                handler(transaction.number).is_some(),
                transaction.supported,
                "{}",
                transaction.number
            );
        }
    }
}
