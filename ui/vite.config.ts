import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

// The page is served from the window's own scheme or from loopback, never from a folder of a site:
// relative addresses hold in both.
export default defineConfig({
  base: "./",
  plugins: [svelte(), svelteTesting()],
  build: { target: "es2022", outDir: "dist", emptyOutDir: true, chunkSizeWarningLimit: 1500, assetsInlineLimit: 0 },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"], setupFiles: [] },
});
