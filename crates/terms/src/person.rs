use crate::vocabulary::vocabulary;

vocabulary! {
    /// The insurance a person is enrolled in (险种).
    Scheme "险种" {
        Employee = "employee" "职工基本医疗保险",
        Resident = "resident" "城乡居民基本医疗保险",
        RetiredCadre = "retired_cadre" "离休人员医疗保障",
        Maternity = "maternity" "生育保险",
        LongTermCare = "long_term_care" "长期护理保险",
    }
}

vocabulary! {
    /// How a person takes part in the scheme (人员类别).
    Category "人员类别" {
        Active = "active" "在职",
        Retired = "retired" "退休",
        Flexible = "flexible" "灵活就业",
        Unemployed = "unemployed" "领取失业金人员",
        Adult = "adult" "成年居民",
        Elderly = "elderly" "老年居民",
        Student = "student" "学生",
        Child = "child" "儿童",
        Newborn = "newborn" "新生儿",
        Cadre = "cadre" "离休",
        Veteran = "veteran" "伤残军人",
    }
}

vocabulary! {
    /// Whether cover gives benefits on a date (参保待遇状态).
    CoverState "待遇状态" {
        Active = "active" "正常享受",
        Waiting = "waiting" "待遇等待期",
        Suspended = "suspended" "暂停享受",
        Ended = "ended" "已终止",
        NotCovered = "not_covered" "未参保",
    }
}

vocabulary! {
    /// Which purse of a personal account (个人账户资金).
    AccountKind "个人账户资金" {
        CurrentYear = "current_year" "当年账户",
        Historic = "historic" "历年账户",
        Family = "family" "共济账户",
    }
}

vocabulary! {
    /// Sex as recorded in the register (性别).
    Sex "性别" {
        Male = "male" "男",
        Female = "female" "女",
    }
}
