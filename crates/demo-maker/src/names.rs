use terms::Sex;

use crate::Random;

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕\
    苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙";
const MALE: &str =
    "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林文武国建志永德庆海山仁义光启承";
const FEMALE: &str =
    "芳娜敏静丽艳娟霞秀燕玲桂英梅琳雪慧莉婷倩颖萍红玉兰凤洁云莲荣爱珍香月蓉琴瑶怡欣雅淑";
const EITHER: &str = "小晓子佳思嘉一天春秋明文玉金清新可若安世元景成家心长和永";

/// A surname (姓).
pub(crate) fn surname(random: &mut Random) -> char {
    pick(random, SURNAMES)
}

/// A surname with a given name of one or two characters (姓名); invented, and common on purpose.
pub(crate) fn full_name(random: &mut Random, surname: char, sex: Sex) -> String {
    let own = if sex == Sex::Male { MALE } else { FEMALE };
    let mut name = String::from(surname);
    if random.chance(820) {
        let first = if random.chance(500) { EITHER } else { own };
        name.push(pick(random, first));
    }
    name.push(pick(random, own));
    name
}

fn pick(random: &mut Random, from: &str) -> char {
    // Every character of these lists takes three bytes, so a position is a multiplication.
    let index = random.below(u32::try_from(from.len() / 3).expect("the lists are short")) as usize;
    from[index * 3..]
        .chars()
        .next()
        .expect("the position lies inside the list")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_takes_three_bytes() {
        for list in [SURNAMES, MALE, FEMALE, EITHER] {
            assert!(list.chars().all(|c| c.len_utf8() == 3), "{list}");
        }
    }
}
