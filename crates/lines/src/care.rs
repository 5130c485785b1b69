use std::fmt;

/// How care was given, by the two digits of the national code (医疗类别).
///
/// The codes are kept as they come: which of them count as inpatient is a parameter of rules, the
/// usual sets stand here. Source: 国家医疗保障信息平台 医疗类别 code set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Care(pub u8);

impl Care {
    /// 普通门诊
    pub const OUTPATIENT: Self = Self(11);
    /// 急诊
    pub const EMERGENCY: Self = Self(13);
    /// 门诊慢特病
    pub const CHRONIC: Self = Self(14);
    /// 普通住院
    pub const INPATIENT: Self = Self(21);
    /// 定点药店购药
    pub const PHARMACY: Self = Self(41);
    /// 生育住院
    pub const DELIVERY: Self = Self(52);

    /// Reads two digits; anything else is unknown (0).
    pub fn parse(text: &str) -> Self {
        Self(
            text.trim()
                .get(..2)
                .and_then(|digits| digits.parse().ok())
                .unwrap_or(0),
        )
    }

    /// Whether it is a stay: 21, 22, 23, 24 or 52.
    pub fn is_stay(self) -> bool {
        matches!(self.0, 21..=24 | 52)
    }

    /// Whether it is emergency care.
    pub fn is_emergency(self) -> bool {
        self == Self::EMERGENCY
    }

    /// Whether it is maternity care: 51, 52 or 53.
    pub fn is_maternity(self) -> bool {
        matches!(self.0, 51..=53)
    }

    /// Whether it is known and no stay.
    pub fn is_ambulatory(self) -> bool {
        self.0 != 0 && !self.is_stay()
    }
}

impl fmt::Display for Care {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.0 {
            11 => "普通门诊",
            13 => "急诊",
            14 => "门诊慢特病",
            21 => "普通住院",
            22 => "外伤住院",
            23 => "转外诊治住院",
            24 => "急诊转住院",
            41 => "定点药店购药",
            51 => "生育门诊",
            52 => "生育住院",
            53 => "计划生育手术",
            other => return write!(f, "医疗类别{other:02}"),
        };
        f.write_str(name)
    }
}
