//! stub
pub enum Kind {
    Name,
    PartName,
    Sex,
    Age,
    Date,
    Place,
    Category,
    Id,
}
pub struct Field {
    pub name: String,
    pub kind: Kind,
}
pub struct Spec {
    pub fields: Vec<Field>,
}
pub enum Value {
    Text(String),
    Number(i64),
    Date(jiff::civil::Date),
}
pub struct Row {
    pub list: u32,
    pub values: Vec<Option<Value>>,
}
pub enum Verdict {
    Same,
    Different,
}
pub struct Ruling {
    pub a: u32,
    pub b: u32,
    pub verdict: Verdict,
}
#[derive(Default)]
pub struct Settings {}
pub struct Part {
    pub field: String,
    pub level: String,
    pub weight: f64,
}
pub struct Pair {
    pub a: u32,
    pub b: u32,
    pub probability: f64,
    pub weight: f64,
    pub parts: Vec<Part>,
}
pub struct Linked {
    pub clusters: Vec<u32>,
    pub joined: Vec<Pair>,
    pub open: Vec<Pair>,
    pub notes: Vec<String>,
}
pub fn link(_r: &[Row], _s: &Spec, _j: &[Ruling], _t: &Settings) -> Linked {
    panic!()
}
pub mod score {
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub struct Scores {
        pub precision: f64,
        pub recall: f64,
        pub f1: f64,
    }
    pub fn pairwise(_f: &[u32], _t: &[u32]) -> Scores {
        panic!()
    }
    pub fn b_cubed(_f: &[u32], _t: &[u32]) -> Scores {
        panic!()
    }
}
