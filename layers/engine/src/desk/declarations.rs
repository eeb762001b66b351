//! The window's TypeScript, from the wire types by ts-rs.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use ts_rs::{Config, TS, TypeVisitor};

/// The page being written: every type once, then the list of commands.
pub(super) struct Page {
    config: Config,
    seen: HashSet<TypeId>,
    declarations: BTreeMap<String, String>,
    commands: String,
    names: Vec<&'static str>,
}

impl Page {
    /// An empty page.
    pub fn new() -> Page {
        Page {
            config: Config::new().with_large_int("number"),
            seen: HashSet::new(),
            declarations: BTreeMap::new(),
            commands: String::new(),
            names: Vec::new(),
        }
    }

    /// Adds a command with the types it needs.
    pub fn command<Q: TS + 'static, A: TS + 'static>(&mut self, name: &'static str, doc: &[&str]) {
        self.visit::<Q>();
        self.visit::<A>();
        let doc = doc.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        let (request, answer) = (Q::name(&self.config), A::name(&self.config));
        // writing to a String does not fail
        let _ = writeln!(self.commands, "  /** {doc} */\n  {name}: {{ request: {request}; answer: {answer} }};");
        self.names.push(name);
    }

    /// The whole page.
    pub fn finish(self) -> String {
        let mut page = String::from(
            "// Generated from layers/engine/src/desk by `make types`. Do not edit: a test compares.\n\nimport type * as GeoJSON from \"geojson\";\n\n",
        );
        for declaration in self.declarations.values() {
            page.push_str(declaration);
            page.push('\n');
        }
        let names = self.names.iter().map(|n| format!("  \"{n}\",\n")).collect::<String>();
        let commands = &self.commands;
        let _ = write!(
            page,
            "/** Every command of the engine: what it is asked and what it answers. */\nexport interface Commands {{\n{commands}}}\n\n/** Their names. */\nexport const COMMANDS = [\n{names}] as const satisfies readonly (keyof Commands)[];\n"
        );
        page
    }
}

impl TypeVisitor for Page {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
        // primitives, lists and options have no declaration of their own
        if T::output_path().is_none() {
            return;
        }
        let doc = T::docs().unwrap_or_default();
        let declaration = format!("{doc}export {}\n", T::decl(&self.config));
        self.declarations.insert(T::ident(&self.config), declaration);
    }
}
