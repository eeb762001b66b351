//! What a person can choose from: rule books, activities, stages, industries.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;
use redline_wording::Text;
use redline_zoning::{Activities, RuleBook, Stage};

/// Built-in books, and the book of the city's own that the workspace names, where it does.
pub(super) fn choices(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Choices, EngineError> {
    let mut books: Vec<BookChoice> = crate::rule_books().iter().map(|b| book(b, b.id())).collect();
    if let Some(named) = desk.city().ok().and_then(|city| city.settings().rule_book.clone())
        && !books.iter().any(|b| b.id == named)
    {
        books.insert(0, book(&crate::load_rules(&named)?, &named));
    }
    let stages = Stage::ALL.iter().map(|&stage| StageChoice { stage, name: stage.word() }).collect();
    Ok(Choices { books, stages, industries: industries() })
}

fn book(book: &RuleBook, id: &str) -> BookChoice {
    let activities = Activities::with_book(book).iter().map(|a| ActivityChoice {
        code: a.code.clone(),
        name: a.name(),
        group: a.group.clone(),
        group_name: redline_zoning::group_word(&a.group),
        ten_kind: a.ten_kind,
        major: a.major,
    });
    BookChoice {
        id: id.to_string(),
        title: book.title().to_string(),
        version: book.version().to_string(),
        valid_from: book.valid_from().to_string(),
        valid_to: book.valid_to().map(|d| d.to_string()),
        activities: activities.collect(),
    }
}

/// The sections of GB/T 4754-2017, and the divisions that rules speak of.
fn industries() -> Vec<(String, Text)> {
    [
        ("A", "农、林、牧、渔业", "Agriculture, forestry, husbandry, fishing"),
        ("A03", "畜牧业", "Animal husbandry"),
        ("B", "采矿业", "Mining"),
        ("C", "制造业", "Manufacturing"),
        ("D", "电力、热力、燃气及水生产和供应业", "Electricity, heat, gas and water supply"),
        ("E", "建筑业", "Construction"),
        ("F", "批发和零售业", "Wholesale and retail"),
        ("G", "交通运输、仓储和邮政业", "Transport, storage and post"),
        ("H", "住宿和餐饮业", "Accommodation and catering"),
        ("I", "信息传输、软件和信息技术服务业", "Information and software"),
        ("J", "金融业", "Finance"),
        ("K", "房地产业", "Real estate"),
        ("L", "租赁和商务服务业", "Leasing and business services"),
        ("M", "科学研究和技术服务业", "Research and technical services"),
        ("N", "水利、环境和公共设施管理业", "Water, environment and public facilities"),
        ("O", "居民服务、修理和其他服务业", "Household and repair services"),
        ("P", "教育", "Education"),
        ("Q", "卫生和社会工作", "Health and social work"),
        ("R", "文化、体育和娱乐业", "Culture, sports and entertainment"),
        ("S", "公共管理、社会保障和社会组织", "Public administration and social organisations"),
        ("T", "国际组织", "International organisations"),
    ]
    .map(|(code, zh, en)| (code.to_string(), Text::new(zh, en)))
    .to_vec()
}
