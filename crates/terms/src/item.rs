use crate::vocabulary::vocabulary;

vocabulary! {
    /// The class of an item in the insurance catalogue (甲乙丙类).
    ItemClass "收费项目等级" {
        A = "A" "甲类",
        B = "B" "乙类",
        C = "C" "丙类（自费）",
    }
}

vocabulary! {
    /// The catalogue an item belongs to (目录类别).
    ItemKind "目录类别" {
        Drug = "drug" "药品",
        Service = "service" "医疗服务项目",
        Supply = "supply" "医用耗材",
    }
}
