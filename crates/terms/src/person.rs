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
    /// What one person is to another (亲属关系).
    Relation "亲属关系" {
        Spouse = "spouse" "配偶",
        Parent = "parent" "父母",
        Child = "child" "子女",
        Sibling = "sibling" "兄弟姐妹",
        Grandparent = "grandparent" "祖父母、外祖父母",
        Grandchild = "grandchild" "孙子女、外孙子女",
        Other = "other" "其他亲属",
    }
}

impl Relation {
    /// What the second person is to the first, where the first is this to the second.
    ///
    /// ```
    /// use terms::Relation;
    /// assert_eq!(Relation::Parent.inverse(), Relation::Child);
    /// assert_eq!(Relation::Sibling.inverse(), Relation::Sibling);
    /// ```
    pub const fn inverse(self) -> Self {
        match self {
            Self::Parent => Self::Child,
            Self::Child => Self::Parent,
            Self::Grandparent => Self::Grandchild,
            Self::Grandchild => Self::Grandparent,
            same => same,
        }
    }

    /// The relation behind a word or a 中文 name, as registers hold either; 其他亲属 where neither.
    pub fn named(text: &str) -> Self {
        let known = Self::ALL.iter();
        let found = known
            .copied()
            .find(|one| one.word() == text || one.zh() == text);
        found.unwrap_or(Self::Other)
    }
}

vocabulary! {
    /// What a relative's account may pay for (共济用途).
    SharingPurpose "共济用途" {
        OwnShare = "own_share" "医疗费个人负担",
        Pharmacy = "pharmacy" "药店购药",
        ResidentPremium = "resident_premium" "居民医保缴费",
        LargeAmountPremium = "large_amount_premium" "大额医疗补助缴费",
        LongTermCarePremium = "long_term_care_premium" "长期护理保险缴费",
    }
}

vocabulary! {
    /// Sex as recorded in the register (性别).
    Sex "性别" {
        Male = "male" "男",
        Female = "female" "女",
    }
}

vocabulary! {
    /// What kind of document identifies a person (证件类型).
    DocumentKind "证件类型" {
        ResidentId = "resident_id" "居民身份证",
        ResidencePermit = "residence_permit" "港澳台居民居住证",
        ForeignerId = "foreigner_id" "外国人永久居留身份证",
        Passport = "passport" "护照",
        BirthCertificate = "birth_certificate" "出生医学证明",
        NewbornWithoutId = "newborn_without_id" "新生儿（尚无证件号码）",
    }
}
