use money::Fen;

/// What an answer says about who pays (结算金额).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amounts {
    /// 医疗费总额.
    pub total: Fen,
    /// 全自费金额.
    pub not_covered: Fen,
    /// 超限价自费.
    pub over_limit: Fen,
    /// 先行自付.
    pub prior_share: Fen,
    /// 符合政策范围金额.
    pub in_scope: Fen,
    /// 基金支付总额.
    pub funds: Fen,
    /// The sum of what the single funds pay; `None` where the answer lists none.
    pub funds_listed: Option<Fen>,
    /// 个人负担总金额.
    pub personal: Fen,
    /// 个人账户支出.
    pub account: Fen,
    /// 个人现金支出.
    pub cash: Fen,
    /// 医院负担金额.
    pub institution: Fen,
}

impl Amounts {
    /// The identities of the interface that do not hold, in 中文; empty when all is well.
    pub fn violations(&self) -> Vec<&'static str> {
        let parts = self.not_covered + self.over_limit + self.prior_share + self.in_scope;
        let payers = self.funds + self.personal + self.institution;
        let listed = self.funds_listed.unwrap_or(self.funds);
        let checks = [
            (self.total == payers, "总额不等于基金、个人、医院之和"),
            (self.total == parts, "总额不等于四个组成部分之和"),
            (
                self.personal == self.account + self.cash,
                "个人负担不等于账户与现金之和",
            ),
            (self.funds == listed, "基金支付总额不等于各项基金之和"),
        ];
        let broken = checks.into_iter().filter(|(holds, _)| !holds);
        broken.map(|(_, what)| what).collect()
    }
}
