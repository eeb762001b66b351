//! A synthetic city at the founding plan's figures.
