/// A chronic or special disease that the area recognises for outpatient care (门诊慢特病病种).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disease {
    /// The code under which the shipped areas know it, invented.
    pub code: &'static str,
    /// 中文 name.
    pub name: &'static str,
    /// The diagnosis it is treated under.
    pub diagnosis: &'static str,
    /// How common it is among recognitions.
    pub weight: u32,
    /// What it is usually treated with, by name in the catalogue.
    pub treatment: &'static [&'static str],
}

/// The diseases of the demonstration, the most common first.
pub const DISEASES: &[Disease] = &[
    disease(
        "MB001",
        "高血压",
        "I10.x00",
        340,
        &["硝苯地平控释片", "缬沙坦胶囊", "酒石酸美托洛尔片"],
    ),
    disease(
        "MB002",
        "糖尿病",
        "E11.900",
        220,
        &["盐酸二甲双胍片", "格列美脲片", "甘精胰岛素注射液"],
    ),
    disease(
        "MB003",
        "冠心病",
        "I25.100",
        100,
        &["阿司匹林肠溶片", "阿托伐他汀钙片", "硝酸甘油片"],
    ),
    disease(
        "MB004",
        "脑卒中后遗症",
        "I69.400",
        70,
        &["硫酸氢氯吡格雷片", "瑞舒伐他汀钙片", "运动疗法"],
    ),
    disease(
        "MB005",
        "慢性阻塞性肺病",
        "J44.900",
        45,
        &["布地奈德吸入混悬液", "硫酸沙丁胺醇吸入气雾剂"],
    ),
    disease(
        "MB006",
        "类风湿关节炎",
        "M06.900",
        30,
        &["甲氨蝶呤片", "塞来昔布胶囊"],
    ),
    disease("MB007", "慢性乙型肝炎", "B18.100", 30, &["恩替卡韦分散片"]),
    disease(
        "MB008",
        "重性精神病",
        "F20.900",
        25,
        &["奥氮平片", "碳酸锂片"],
    ),
    disease("MB009", "帕金森病", "G20.x00", 15, &["多巴丝肼片"]),
    disease("MB010", "癫痫", "G40.900", 15, &["丙戊酸钠缓释片"]),
    disease("MB011", "结核病", "A16.200", 10, &["异烟肼片"]),
    disease("MB012", "系统性红斑狼疮", "M32.900", 10, &["醋酸泼尼松片"]),
    disease(
        "MT001",
        "恶性肿瘤门诊治疗",
        "C34.900",
        50,
        &["卡培他滨片", "肿瘤标志物联合检测"],
    ),
    disease(
        "MT002",
        "慢性肾功能衰竭透析",
        "N18.900",
        25,
        &["血液透析", "血液透析器", "血液透析管路"],
    ),
    disease(
        "MT003",
        "器官移植术后抗排异",
        "Z94.000",
        10,
        &["他克莫司胶囊"],
    ),
    disease("MT004", "血友病", "D66.x00", 5, &["血常规", "凝血四项"]),
];

const fn disease(
    code: &'static str,
    name: &'static str,
    diagnosis: &'static str,
    weight: u32,
    treatment: &'static [&'static str],
) -> Disease {
    Disease {
        code,
        name,
        diagnosis,
        weight,
        treatment,
    }
}

/// The position of the disease that has the code.
pub(crate) fn by_code(code: &str) -> Option<usize> {
    DISEASES.iter().position(|disease| disease.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_treatment_and_diagnosis_is_in_the_catalogue() {
        let items = crate::catalogue(1, 300);
        let diagnoses = crate::diagnoses();
        for disease in DISEASES {
            assert!(
                diagnoses.iter().any(|d| d.code == disease.diagnosis),
                "{}",
                disease.name
            );
            for name in disease.treatment {
                assert!(items.iter().any(|item| item.name == *name), "{name}");
            }
        }
    }
}
