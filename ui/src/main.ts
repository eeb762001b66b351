import "./violations";
import { mount } from "svelte";
import App from "./App.svelte";
import "./tokens.css";
import "./base.css";

const target = document.getElementById("app");
// index.html holds it
if (target) mount(App, { target });
