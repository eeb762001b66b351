// First of all scripts: whatever the content security policy stops is kept for the end-to-end tests
// to see, and shown in the console.
declare global {
  var redlineCspViolations: string[];
}

globalThis.redlineCspViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  globalThis.redlineCspViolations.push(`${event.violatedDirective}: ${event.blockedURI}`);
});

export {};
