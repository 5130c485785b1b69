//! 规则登记：每个类别一个目录，每条规则一个文件，名字说明它抓什么。

mod fraud;
mod management;
mod medical;
mod policy;
mod stock;
mod traceability;

use crate::Rule;

/// Every registered rule, in the order of the national catalogue (全部规则).
pub fn all_rules() -> Vec<&'static Rule> {
    let families = [
        policy::RULES,
        management::RULES,
        medical::RULES,
        fraud::RULES,
        traceability::RULES,
        stock::RULES,
    ];
    families.concat()
}

/// The rule with this id.
pub fn find_rule(id: &str) -> Option<&'static Rule> {
    all_rules().into_iter().find(|rule| rule.id == id)
}
