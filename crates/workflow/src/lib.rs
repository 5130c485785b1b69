//! 经办业务流转：一件事现在在哪一步、谁可以办、什么时候到期。
//!
//! A matter that passes through several hands is a table of states and moves: who may make a move,
//! what it must carry, and until when. The room is pure: the day is an argument, terms come from
//! policy, who did what before is part of the facts.
//!
//! Where to add: a kind of matter is a folder with its states, its moves and its refusals.

pub mod doubt;
