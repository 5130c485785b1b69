//! Folders of tables: a small good one, and every way it can be bad.

use std::fs;
use std::path::Path;

use lawbook::load_drg;

/// A scheme of two categories that has nothing wrong.
const FILES: [(&str, &str); 9] = [
    (
        "mdc.csv",
        "mdc,seq,name,rule,qy_rule\nMDCB,1,甲类,PDX(MDC),MAIN\n\
         MDCZ,2,创伤,PDX(MDC) & TRAUMA_SITES>=2,NONE\n",
    ),
    (
        "mdc_dx.csv",
        "mdc,site,dx\nMDCB,,B10.000\nMDCB,,B20.000\nMDCZ,头,S00.000\nMDCZ,手,S60.000\n",
    ),
    (
        "adrg.csv",
        "adrg,alt,mdc,seq,kind,name,rule,before_qy\nBB1,1,MDCB,1,surgical,手术,MAINPROC(P),1\n\
         BR1,1,MDCB,2,medical,内科,PDX(D),0\nZZ1,1,MDCZ,1,medical,创伤,TRUE,0\n",
    ),
    (
        "adrg_code.csv",
        "adrg,alt,list,code\nBB1,1,P,02.1000\nBR1,1,D,B10.000\nBR1,1,D,B20.000\n",
    ),
    (
        "drg.csv",
        "drg,adrg,seq,condition,name\nBB19,BB1,1,ALWAYS,手术\nBR11,BR1,1,MCC,内科甲\n\
         BR15,BR1,2,ALWAYS,内科乙\nZZ19,ZZ1,1,ALWAYS,创伤\n",
    ),
    ("mcc.csv", "dx,exclusion_group\nC10.000,1\n"),
    ("cc.csv", "dx,exclusion_group\nC20.000,1\n"),
    ("exclusion.csv", "principal_dx,exclusion_group\nB10.000,1\n"),
    ("valid_procedure.csv", "procedure,name\n02.1000,手术\n"),
];

/// What loading says after one file was changed: faults, or warnings when it loads.
fn said(file: &str, from: &str, to: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        let text = if name == file {
            assert!(text.contains(from), "{file} has no {from}");
            text.replace(from, to)
        } else {
            text.to_owned()
        };
        fs::write(folder.path().join(name), text).unwrap();
    }
    if !FILES.iter().any(|(name, _)| *name == file) {
        fs::write(folder.path().join(file), to).unwrap();
    }
    of(folder.path())
}

fn of(folder: &Path) -> Vec<String> {
    let faults = match load_drg(folder, None) {
        Ok(loaded) => loaded.warnings,
        Err(faults) => faults,
    };
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_good_folder_has_nothing_to_say() {
    assert_eq!(said("mdc.csv", "甲类", "甲类"), Vec::<String>::new());
}

#[test]
fn everything_wrong_is_named_with_file_and_row() {
    let cases = [
        (
            "adrg.csv",
            "MAINPROC(P)",
            "MAINPROC(P9)",
            "adrg.csv:2 [引用不存在] 规则引用的列表“P9”不存在",
        ),
        (
            "adrg.csv",
            "PDX(D)",
            "PDX(D",
            "adrg.csv:3 [语法错误] “PDX(D”：规则第6个字符处读不懂：此处应为“)”",
        ),
        (
            "adrg.csv",
            "PDX(D)",
            "PDY(D)",
            "adrg.csv:3 [语法错误] “PDY(D)”：规则第1个字符处读不懂：不认识“PDY”",
        ),
        (
            "adrg.csv",
            "BR1,1,MDCB",
            "BR1,1,MDCQ",
            "adrg.csv:3 [引用不存在] 核心病组“BR1”所属的“MDCQ”不存在",
        ),
        (
            "adrg.csv",
            "BR1,1,MDCB,2",
            "BR1,1,MDCB,二",
            "adrg.csv:3 seq [类型不对] “二”不是整数",
        ),
        (
            "adrg_code.csv",
            "BR1,1,D,B10.000\nBR1,1,D,B20.000",
            "BR1,1,D,@D",
            "adrg_code.csv:3 [循环引用] 列表“BR1/1/D”经引用又回到自己",
        ),
        (
            "adrg_code.csv",
            "BB1,1,P,02.1000",
            "BB1,1,P,",
            "adrg_code.csv:2 [空列表] 列表“P”的这一行没有编码",
        ),
        (
            "adrg_code.csv",
            "BB1,1,P,02.1000",
            "BB1,1,P,@Q",
            "adrg_code.csv:2 [引用不存在] 列表“BB1/1/P”引用的列表“Q”不存在",
        ),
        (
            "adrg_code.csv",
            "02.1000",
            "09.9000",
            "valid_procedure.csv [未知的词] 规则用到的手术操作不在有效手术操作表中：09.9000",
        ),
        (
            "adrg_code.csv",
            "BB1,1,P,02.1000",
            "BB1,1,P,02.1000\nBB1,1,P,02.1000",
            "adrg_code.csv:3 [重叠] 列表“BB1/1/P”里有编码写了不止一次：02.1000",
        ),
        (
            "adrg_code.csv",
            "BB1,1,P,02.1000",
            "BB1,1,P,02.1000\nBB7,1,P,02.1000",
            "adrg_code.csv:3 [没有用到] 列表“BB7/1/P”没有被任何规则用到",
        ),
        (
            "drg.csv",
            "BR15,BR1",
            "BR11,BR1",
            "drg.csv:4 [重叠] 细分组“BR11”重复，已见于drg.csv第3行",
        ),
        (
            "drg.csv",
            "BR11,BR1,1,MCC",
            "BR11,BR1,1,ALWAYS",
            "drg.csv:4 [无法到达] 细分组“BR15”排在“BR11”之后，永远轮不到",
        ),
        (
            "drg.csv",
            "ZZ19,ZZ1",
            "ZZ19,ZZ2",
            "drg.csv:5 [引用不存在] 细分组“ZZ19”所属的“ZZ2”不存在",
        ),
        (
            "drg.csv",
            "ZZ19,ZZ1",
            "ZZ19,ZZ2",
            "adrg.csv:4 [引用不存在] 核心病组“ZZ1”没有细分组",
        ),
        (
            "mdc_dx.csv",
            "MDCB,,B10.000\nMDCB,,B20.000",
            "MDCB,,B30.000",
            "adrg.csv:3 [无法到达] 核心病组“BR1”的编码都不在MDCB之内，或已被前面的病组占用，永远轮不到",
        ),
        (
            "adrg.csv",
            "BB1,1,MDCB,1,surgical,手术,MAINPROC(P),1",
            "BB1,1,MDCB,1,surgical,手术,TRUE,1",
            "adrg.csv:3 [无法到达] 核心病组“BR1”排在总是成立的“BB1”之后，永远轮不到",
        ),
        (
            "mdc_dx.csv",
            "MDCZ,头,S00.000\nMDCZ,手,S60.000\n",
            "MDCZ,,S00.000\n",
            "mdc.csv:3 [空列表] 规则要数创伤部位，但方案没有部位列表",
        ),
        (
            "cc.csv",
            "C20.000,1",
            "C10.000,1",
            "cc.csv:2 [重叠] “C10.000”同时列为MCC和CC",
        ),
        (
            "cc.csv",
            "C20.000,1",
            "C20.000,7",
            "cc.csv:2 [引用不存在] 排除组“7”没有主要诊断，1个合并症不会被它排除",
        ),
        (
            "exclusion.csv",
            "B10.000,1",
            "B10.000,1\nB10.000,8",
            "exclusion.csv:3 [没有用到] 排除组“8”没有被任何合并症用到",
        ),
        (
            "mcc.csv",
            "dx,",
            "code,",
            "mcc.csv:1 dx [缺少字段] 缺少这一列",
        ),
        (
            "mcc.csv",
            "C10.000,1",
            "C10.000",
            "mcc.csv:2 [语法错误] 应有2列，现有1列",
        ),
        (
            "scheme.yaml",
            "",
            "name: 示例\n",
            "scheme.yaml:1 [缺少字段] 缺少“version”",
        ),
        (
            "icd10.csv",
            "",
            "code,gray\nB10.000,0\n",
            "icd10.csv [未知的词] 规则用到的编码不在编码表中：B20.000、C10.000、C20.000等5个",
        ),
        (
            "map-icd10.csv",
            "",
            "clinical_code,yb_code\nB91,B92\nB91,B93\n",
            "map-icd10.csv:3 [重叠] 诊断编码“B91”对照到两个编码",
        ),
        (
            "weights.csv",
            "",
            "drg,weight\nBB19,-1\n",
            "weights.csv:2 weight [超出范围] 权重不能为负",
        ),
    ];
    for (file, from, to, wanted) in cases {
        let said = said(file, from, to);
        assert!(
            said.iter().any(|one| one == wanted),
            "{file} {to}: wanted {wanted}\n{said:#?}"
        );
    }
}

#[test]
fn missing_files_and_folders_are_named_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let said = of(folder.path());
    assert_eq!(said.len(), 9, "{said:?}");
    assert!(said.contains(&"adrg.csv [读取失败] 缺少这个文件".to_owned()));
    let nowhere = of(&folder.path().join("nothing"));
    let named = nowhere
        .iter()
        .any(|fault| fault.contains("没有这个方案目录"));
    assert!(named, "{nowhere:?}");
}

#[test]
fn the_hash_follows_the_content_and_nothing_else() {
    let hash = |extra: &str| {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in FILES {
            fs::write(
                folder.path().join(name),
                format!("{text}{}", if name == "cc.csv" { extra } else { "" }),
            )
            .unwrap();
        }
        fs::write(folder.path().join("readme.txt"), extra).unwrap();
        load_drg(folder.path(), None)
            .unwrap()
            .scheme
            .title()
            .hash
            .clone()
    };
    assert_eq!(hash(""), hash(""));
    assert_ne!(hash(""), hash("C30.000,1\n"));
    assert_eq!(hash("").len(), 64);
}
