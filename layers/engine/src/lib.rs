//! The commands every front calls.
