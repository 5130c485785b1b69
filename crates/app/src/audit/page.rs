/// What a rule says of itself, for those who judge its findings (规则说明).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePage {
    /// 规则编号.
    pub id: String,
    /// 规则名称.
    pub name: String,
    /// 类别.
    pub category: &'static str,
    /// Version of its logic.
    pub version: i64,
    /// What it finds.
    pub finds: &'static str,
    /// Why that is wrong.
    pub why: &'static str,
    /// The clause it rests on.
    pub clause: &'static str,
    /// Known false alarms.
    pub false_alarms: &'static str,
    /// Parameters: key, default, meaning.
    pub parameters: Vec<[&'static str; 3]>,
}

/// The page of a rule; nothing where no rule has this number.
pub fn rule_page(id: &str) -> Option<RulePage> {
    let rule = ::audit::find_rule(id)?;
    Some(RulePage {
        id: rule.id.to_owned(),
        name: rule.name.to_owned(),
        category: rule.category.name(),
        version: i64::from(rule.version),
        finds: rule.finds,
        why: rule.why,
        clause: rule.clause,
        false_alarms: rule.false_alarms,
        parameters: rule
            .parameters
            .iter()
            .map(|one| [one.key, one.default, one.meaning])
            .collect(),
    })
}
