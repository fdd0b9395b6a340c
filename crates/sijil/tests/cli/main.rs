//! The program as a user runs it: one module a promise.

mod article;
mod bad_input;
mod examples;
mod fixture;
mod kill;
mod register;
mod report;
