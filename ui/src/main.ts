import "./violations";
import { mount } from "svelte";
// before the components' own rules, which may depart from them
import "./tokens.css";
import "./base.css";
import App from "./App.svelte";

const target = document.getElementById("app");
// index.html holds it
if (target) mount(App, { target });
