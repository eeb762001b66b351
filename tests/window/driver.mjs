// Drives the window's program through tauri-driver and WebKitWebDriver, by the W3C protocol.
import { spawn } from "node:child_process";
import { createServer } from "node:net";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts the program in a driver of its own; a driver that ends leaves its program behind, so the
 *  whole group is ended with it. */
export async function start(application, args, env) {
  const [port, native] = [await freePort(), await freePort()];
  const driver = spawn("tauri-driver", ["--port", `${port}`, "--native-port", `${native}`], {
    env,
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const missing = new Promise((_, reject) => driver.once("error", reject));
  const end = () => {
    try {
      process.kill(-driver.pid, "SIGKILL");
    } catch {
      // gone already
    }
  };
  const ask = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  try {
    const capabilities = { alwaysMatch: { browserName: "wry", "tauri:options": { application, args } } };
    const { sessionId } = await Promise.race([missing, opened(ask, capabilities)]);
    return new Window(ask, `/session/${sessionId}`, end);
  } catch (error) {
    end();
    throw error;
  }
}

/** Both drivers listen a moment after they were started; until then the connection is refused, or cut off by
 *  the first where the second is late. */
async function opened(ask, capabilities) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask("POST", "/session", { capabilities });
    } catch (error) {
      const early = ["ECONNREFUSED", "ECONNRESET", "UND_ERR_SOCKET"].includes(error.cause?.code);
      if (tries > 100 || !early) throw error;
      await new Promise((resume) => setTimeout(resume, 100));
    }
  }
}

class Window {
  #ask;
  #session;
  #end;

  constructor(ask, session, end) {
    this.#ask = ask;
    this.#session = session;
    this.#end = end;
  }

  /** What a script in the page gives back. */
  run(script, ...args) {
    return this.#ask("POST", `${this.#session}/execute/sync`, { script, args });
  }

  /** The elements that carry this test id. */
  async all(id) {
    const found = await this.#ask("POST", `${this.#session}/elements`, {
      using: "css selector",
      value: `[data-testid="${id}"]`,
    });
    return found.map((element) => element[ELEMENT]);
  }

  /** Clicks as a person does: where the element is, and only if it can be clicked. */
  click(element) {
    return this.#ask("POST", `${this.#session}/element/${element}/click`, {});
  }

  /** Types into an element. */
  type(element, text) {
    return this.#ask("POST", `${this.#session}/element/${element}/value`, { text });
  }

  /** What the pointer and the keyboard do, in the protocol's own words. */
  act(...actions) {
    return this.#ask("POST", `${this.#session}/actions`, { actions });
  }

  /** The window as it looks, a PNG. */
  async screenshot() {
    return Buffer.from(await this.#ask("GET", `${this.#session}/screenshot`), "base64");
  }

  title() {
    return this.#ask("GET", `${this.#session}/title`);
  }

  /** Closes the program and its drivers. */
  async close() {
    await this.#ask("DELETE", this.#session).catch(() => {});
    this.#end();
  }
}
