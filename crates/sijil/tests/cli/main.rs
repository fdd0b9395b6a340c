//! The program as a user runs it, one module a promise; and in `tidy` the house it is built in.

mod article;
mod bad_input;
mod bundle;
mod columns;
mod editions;
mod encryption;
mod examples;
mod exchange;
mod faults;
mod fixture;
mod forgery;
mod formats;
mod history;
mod judge;
mod kill;
mod link;
mod lists;
mod names;
mod register;
mod report;
mod search;
mod stamps;
mod tidy;
mod use_cases;
mod verdicts;
