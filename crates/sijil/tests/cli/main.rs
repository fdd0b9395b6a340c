//! The program as a user runs it, one module a promise; and in `tidy` the house it is built in.

mod article;
mod bad_input;
mod columns;
mod examples;
mod fixture;
mod forgery;
mod kill;
mod link;
mod lists;
mod names;
mod register;
mod report;
mod search;
mod tidy;
